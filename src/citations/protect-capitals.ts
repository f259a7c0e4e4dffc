/**
 * LaTeX with every word that holds a capital in braces, formulas among them, so that no style of BibTeX
 * lowers it. A group that begins with a command would still be lowered, so it gets two.
 */
export function protectCapitals(latex: string): string {
  return splitWords(latex)
    .map((word) => (/^ *$/.test(word) ? word : protectWord(word)))
    .join('');
}

/** Words and the blanks between them; blanks inside groups and formulas do not part. */
function splitWords(latex: string): string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  let isInFormula = false;
  for (const token of latex.match(/\\[A-Za-z]+ ?|\\?[\s\S]/g) ?? []) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    else if (token === '$') isInFormula = !isInFormula;
    if (token === ' ' && depth === 0 && !isInFormula) {
      words.push(word, ' ');
      word = '';
    } else word += token;
  }
  return [...words, word];
}

function protectWord(word: string): string {
  if (!/[\p{Lu}\p{Lt}]/u.test(word) || isWholeGroup(word)) return word;
  const [, before = '', core = word, after = ''] =
    /^([("'`“‘[]*)(.*?)([)"'”’\],.:;!?]*)$/s.exec(word) ?? [];
  // A mark behind a backslash is an accent or a sign, and belongs to the word.
  if (core.endsWith('\\')) return inBraces(word);
  return `${before}${inBraces(core)}${after}`;
}

function inBraces(text: string): string {
  return /^\\|\{\\/.test(text) ? `{{${text}}}` : `{${text}}`;
}

/** One group and nothing else, which does not begin with a command. */
function isWholeGroup(word: string): boolean {
  if (!/^\{[^\\]/.test(word)) return false;
  let depth = 0;
  for (let at = 0; at < word.length; at++) {
    if (word[at] === '{') depth += 1;
    else if (word[at] === '}') depth -= 1;
    if (depth === 0) return at === word.length - 1;
  }
  return false;
}
