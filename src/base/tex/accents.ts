import { GREEK } from './symbols.ts';

const COMBINING: Record<string, string> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  '"': '\u0308',
  u: '\u0306',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
  t: '\u0361',
};

export function isAccent(command: string): boolean {
  return command.length === 1 && COMBINING[command] !== undefined;
}

/**
 * A letter with the mark of `command` (`"`, `v`, `c` …); undefined where the two do not make a
 * letter that Unicode has, so that an escaped quotation mark can be told from an umlaut.
 */
export function composeAccent(command: string, base: string): string | undefined {
  const mark = COMBINING[command];
  const [first, ...rest] = base;
  if (mark === undefined || first === undefined || !/\p{L}/u.test(first)) return undefined;
  const letter = first === 'ı' ? 'i' : first === 'ȷ' ? 'j' : first;
  const composed = (letter + mark).normalize('NFC');
  if (command === '"' && [...composed].length > 1) return undefined;
  return composed + rest.join('');
}

/**
 * The Greek letter behind `\b{eta}`, `\r{ho}`, `\c{hi}`: arXiv's form turns a typed β into these,
 * because it takes the first letter of `\beta` for an accent.
 */
export function findBrokenGreek(command: string, argument: string): string | undefined {
  return argument.length > 1 ? GREEK.get(command + argument) : undefined;
}

/** The same mark over a formula's letter, for plain text: `\hat{x}` as x̂. */
const FORMULA_MARKS: Record<string, string> = {
  hat: '\u0302',
  widehat: '\u0302',
  check: '\u030c',
  tilde: '\u0303',
  widetilde: '\u0303',
  acute: '\u0301',
  grave: '\u0300',
  dot: '\u0307',
  ddot: '\u0308',
  breve: '\u0306',
  bar: '\u0304',
  overline: '\u0304',
  vec: '\u20d7',
  mathring: '\u030a',
};

export function isFormulaMark(name: string): boolean {
  return Object.hasOwn(FORMULA_MARKS, name);
}

/** One letter gets its mark; a longer term stays as it is. */
export function markFormulaLetter(name: string, term: string): string {
  const mark = Object.hasOwn(FORMULA_MARKS, name) ? FORMULA_MARKS[name] : undefined;
  return mark && /^\p{L}$/u.test(term) ? (term + mark).normalize('NFC') : term;
}
