// MathML Core knows no `mathvariant` but "normal": the letters themselves must be the bold ones.

type Alphabet = { capital: number; small: number; digit?: number };

const ALPHABETS: Record<string, Alphabet> = {
  bold: { capital: 0x1d400, small: 0x1d41a, digit: 0x1d7ce },
  italic: { capital: 0x1d434, small: 0x1d44e },
  'bold-italic': { capital: 0x1d468, small: 0x1d482, digit: 0x1d7ce },
  script: { capital: 0x1d49c, small: 0x1d4b6 },
  'bold-script': { capital: 0x1d4d0, small: 0x1d4ea },
  fraktur: { capital: 0x1d504, small: 0x1d51e },
  'bold-fraktur': { capital: 0x1d56c, small: 0x1d586 },
  'double-struck': { capital: 0x1d538, small: 0x1d552, digit: 0x1d7d8 },
  'sans-serif': { capital: 0x1d5a0, small: 0x1d5ba, digit: 0x1d7e2 },
  'bold-sans-serif': { capital: 0x1d5d4, small: 0x1d5ee, digit: 0x1d7ec },
  'sans-serif-italic': { capital: 0x1d608, small: 0x1d622, digit: 0x1d7e2 },
  monospace: { capital: 0x1d670, small: 0x1d68a, digit: 0x1d7f6 },
};

/** Letters that had their place in Unicode before the alphabets came. */
const EARLIER: Record<string, string> = {
  'italic h': 'ℎ',
  'script B': 'ℬ',
  'script E': 'ℰ',
  'script F': 'ℱ',
  'script H': 'ℋ',
  'script I': 'ℐ',
  'script L': 'ℒ',
  'script M': 'ℳ',
  'script R': 'ℛ',
  'script e': 'ℯ',
  'script g': 'ℊ',
  'script o': 'ℴ',
  'fraktur C': 'ℭ',
  'fraktur H': 'ℌ',
  'fraktur I': 'ℑ',
  'fraktur R': 'ℜ',
  'fraktur Z': 'ℨ',
  'double-struck C': 'ℂ',
  'double-struck H': 'ℍ',
  'double-struck N': 'ℕ',
  'double-struck P': 'ℙ',
  'double-struck Q': 'ℚ',
  'double-struck R': 'ℝ',
  'double-struck Z': 'ℤ',
};

const GREEK_OFFSETS: Record<string, [capital: number, small: number]> = {
  bold: [0x1d6a8, 0x1d6c2],
  'bold-italic': [0x1d71c, 0x1d736],
  italic: [0x1d6e2, 0x1d6fc],
};

/** A letter or digit in a style named as `mathvariant` names it. */
export function styleLetter(letter: string, variant: string): string {
  const alphabet = ALPHABETS[variant];
  if (alphabet === undefined) return letter;
  const earlier = EARLIER[`${variant} ${letter}`];
  if (earlier !== undefined) return earlier;
  const code = letter.codePointAt(0) ?? 0;
  if (letter >= 'A' && letter <= 'Z') return String.fromCodePoint(alphabet.capital + code - 65);
  if (letter >= 'a' && letter <= 'z') return String.fromCodePoint(alphabet.small + code - 97);
  if (letter >= '0' && letter <= '9' && alphabet.digit) {
    return String.fromCodePoint(alphabet.digit + code - 48);
  }
  const greek = GREEK_OFFSETS[variant];
  if (greek && letter >= 'Α' && letter <= 'Ω') return String.fromCodePoint(greek[0] + code - 0x391);
  if (greek && letter >= 'α' && letter <= 'ω') return String.fromCodePoint(greek[1] + code - 0x3b1);
  return letter;
}
