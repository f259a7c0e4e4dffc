/** The styles whose CSL files come with Citation.js; it would print any other one as APA. */
export const STYLES = [
  { id: 'apa', name: 'APA', template: 'apa' },
  { id: 'vancouver', name: 'Vancouver', template: 'vancouver' },
  { id: 'harvard', name: 'Harvard', template: 'harvard1' },
] as const;
export type Style = (typeof STYLES)[number]['id'];
