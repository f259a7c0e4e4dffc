/** What breaks parsers, and what stands between it. */
const PIECES = [
  ...['author:', 'au:', 'title:', 'ti:', 'cat:', 'year:', 'after:', 'before:', 'has:', 'votes:'],
  ...['-', 'AND', 'OR', 'NOT', 'AND NOT ', 'ANDNOT ', ':', '..', '>', '<=', '+', '*', '^2', '~'],
  ...['"', '“', '”', '„', '«', '(', ')', '[', ']', '{', '}', "'", '`', '&&', '||', '!', '\\', '/'],
  ...['$', '$x$', '\\textbf{', '\\"o', '\\alpha', '^', '_', '%', '#', "'; DROP TABLE papers; --"],
  ...[' ', ' ', ' ', ' ', '\t', '\n', '\u0000', '\u0007', '\ufeff', '\u200b', '\u202e', '\u00a0'],
  ...['\ud83d', '\ude00', '🤗', '❤️', '👩‍🔬', 'e\u0301', 'É', 'ß', 'ﬁ', '½', '\u0338', 'İ'],
  ...['شبكة عصبية', 'למידה', '扩散模型', 'かが', '신경망', 'กขค', 'x²', 'α'],
  ...['word', 'Words', 'the', 'of', 'cs.LG', 'code', '2024', '2024-02-30', '10', '99999999999'],
  ...['non-scaling', 'a', 'https://arxiv.org/abs/2502.01441', '10.1000/182', '<script>', '&amp;'],
  ...['<mark>', '</mark>', 'a<b', '<img src=x onerror="y">', "javascript:'", '<!--', ']]>'],
];

/** Numbers from 0 up to 1 that depend on the seed only (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** For tests: the same texts for the same seed, hostile to parsers of queries, TeX and HTML. */
export function randomTexts(seed: number, count: number, maxPieces = 24): string[] {
  const random = randomNumbers(seed);
  const pick = (below: number) => Math.floor(random() * below);
  return Array.from({ length: count }, () =>
    Array.from({ length: pick(maxPieces + 1) }, () => PIECES[pick(PIECES.length)]).join(''),
  );
}
