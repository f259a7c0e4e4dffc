// What public/passkeys.js says; it gets these texts with the page, with a name in braces where something is put in.
export const passkeys = {
  name: 'Passkey',
  openLocalhost: 'Browsers refuse passkeys at a number: open {address} instead.',
  openName: 'Browsers refuse passkeys at a number: reach this server by its name, with https.',
  httpsOnly: 'Browsers allow passkeys with https only, and this page came by {scheme}.',
  tooOld: 'This browser is too old for passkeys: bring it up to date.',
  noAnswer: 'The server did not answer.',
  closed: 'Nothing was done: the dialog was closed.',
  already: 'This device has a passkey of yours already.',
  signInAnew: 'You signed in long ago: sign out and in again, then add the passkey.',
  unknown: 'Nobody here has that passkey: sign in another way.',
  failed: 'That did not work: {reason}',
};
