// What readers choose for themselves.
export const look = {
  heading: 'Look of these pages',
  names: { density: 'List', theme: 'Colours', contrast: 'Contrast', keys: 'Shortcuts' },
  values: {
    density: { comfortable: 'Comfortable', compact: 'Titles', reading: 'Reading' },
    theme: { auto: 'Auto', light: 'Light', dark: 'Dark' },
    contrast: { auto: 'Auto', more: 'More' },
    keys: { on: 'On', off: 'Off' },
  },
  refused: 'The form lacks what to choose: go back and press one of its buttons.',
};
