// Titles and abstracts as publishers deliver them: HTML, JATS (https://jats.nlm.nih.gov) or MathML
// inside a text, entities once too often. Only tags that these use are taken for tags, because
// authors write `x < y` as well.

import { cleanText } from '../../base/text.ts';

const TAG =
  /<(\/?)((?:(?:jats|mml|m|ns\d+):[a-z-]+)|(?:p|br|i|b|u|em|strong|sub|sup|sc|span|div|section|sec|title|italic|bold|a|ul|ol|li|h[1-6]|tt|code|font|list|list-item|ext-link|xref|break|inline-formula|disp-formula|alternatives|tex-math|scp|math|mi|mo|mn|mrow|msub|msup))((?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*\/?>/gi;
const BLOCK = /^(?:p|br|break|div|section|sec|title|ul|ol|li|list|list-item|h[1-6])$/;
const HEADING = /^(?:[Aa]bstract|ABSTRACT|[Ss]ummary|SUMMARY)\s*[.:]?\s*(?=\n|\p{Lu})/u;
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  hellip: '…',
};
const MAX_LENGTH = 200_000;

/** The text without markup, a paragraph a line with an empty one between; TeX stays as it is. */
export function markupText(markup: string): string {
  const source = decodeEntities(markup.slice(0, MAX_LENGTH));
  let text = '';
  let end = 0;
  let alternatives: 'none' | 'open' | 'with TeX' = 'none';
  // A formula in several forms is taken once, as TeX.
  let skipped = 0;
  for (const match of source.matchAll(TAG)) {
    const isClosing = match[1] === '/';
    const name = (match[2] as string).toLowerCase().replace(/^.*:/, '');
    if (skipped === 0) text += source.slice(end, match.index);
    end = match.index + match[0].length;
    if (name === 'alternatives') alternatives = isClosing ? 'none' : 'open';
    else if (name === 'tex-math' && alternatives !== 'none') alternatives = 'with TeX';
    else if (name === 'math' && alternatives === 'with TeX') skipped = isClosing ? 0 : 1;
    else if (BLOCK.test(name)) text += '\n\n';
  }
  if (skipped === 0) text += source.slice(end);
  return cleanText(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n\n')
    .trim();
}

/** An abstract without the word that stands over it. */
export function abstractText(markup: string): string {
  return markupText(markup).replace(HEADING, '').trim();
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
