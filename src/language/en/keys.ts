// What the keyboard does.
export const keys = {
  heading: 'Keys',
  description: 'What the keyboard does on these pages.',
  link: 'Keys',
  intro:
    'They work on every page while no field is being written in. “Shortcuts” at the foot of the pages turns them off.',
  noScript: 'They need a browser that runs scripts.',
  groups: [
    {
      name: 'Papers',
      keys: [
        { keys: ['j'], does: 'Next paper, of the list or of the day' },
        { keys: ['k'], does: 'Previous paper' },
        { keys: ['o', 'Enter'], does: 'Open it' },
        { keys: ['u'], does: 'Vote for it, or take the vote back' },
        { keys: ['c'], does: 'Copy its citation as BibTeX' },
      ],
    },
    {
      name: 'Everywhere',
      keys: [
        { keys: ['/'], does: 'Search' },
        { keys: ['g d'], does: 'To the newest day' },
        { keys: ['g t'], does: 'To what is trending' },
        { keys: ['?'], does: 'Show these keys' },
        { keys: ['Esc'], does: 'Close what is open' },
      ],
    },
  ],
  or: 'or',
  close: 'Close',
};
