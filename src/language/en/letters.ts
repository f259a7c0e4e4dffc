// Mails about a subscription itself.
export const letters = {
  confirm: 'Confirm',
  open: 'See what comes',
  openOneOf: (number: number) => `See what comes with digest ${number}`,
  orCopy: 'Or copy this address into a browser:',
};
