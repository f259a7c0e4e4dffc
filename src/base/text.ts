/** Text of a source with control characters dropped and white space at its ends cut; line breaks stay. */
export function cleanText(text: string): string {
  // Nearly all texts are clean, and large imports clean millions of them.
  if (!UNCLEAN.test(text)) return text.trim();
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff\ufeff\ufffe\uffff]/;
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\ufffe\uffff]/g;

/** One line: every run of white space becomes a space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** At most `max` characters, cut at a word where there is one near, with an ellipsis. */
export function truncateText(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  const space = cut.lastIndexOf(' ');
  const head = space > max * 0.7 ? cut.slice(0, space) : cut.replace(/[\ud800-\udbff]$/, '');
  return `${head.replace(/[\s.,;:]+$/, '')}…`;
}
