// Comments that are made to cost: they end, and what comes out is not many times what went in.
import { expect, test } from 'vitest';
import { findForbidden } from '../../../tests/allowed-html.ts';
import { excerptOf } from './excerpt.ts';
import { MAX_COMMENT_CHARS } from './parse-markdown.ts';
import { findReferences } from './references.ts';
import { renderMarkdown } from './render-markdown.ts';

const MAX_HTML_CHARS = 25 * MAX_COMMENT_CHARS;
/** Of elements; a browser stops at 512. */
const MAX_DEPTH = 200;
const KNOWN = {
  people: new Map([['ab', { name: 'A name '.repeat(30) }]]),
  papers: new Map([['2502.01441', { title: 'A $x^2$ title '.repeat(30) }]]),
};

const SIGNS = [
  '*',
  '[',
  ']',
  '$',
  '>',
  '`',
  '_',
  '~',
  '!',
  '<',
  '(',
  '|',
  '\\',
  '#',
  '@',
  '&',
  '\n',
];
const PIECES = [
  ...[
    '![',
    '[](',
    '[a](',
    '[a](<',
    '[a](b "',
    '[[]',
    '[a][',
    '[a]:',
    '[a]: b\n',
    '[a]:\n',
    '[a\n',
    '[\\',
  ],
  ...['*a **b ', '_*', 'a**b_', '~~a', '`a``', '> ', '> >\n', '- ', '* - ', '1. ', '-\n', '\t\t- '],
  ...[
    '$a',
    '$a$',
    '$a $',
    '$$\n',
    '$$a\n',
    'a\n$$b\n',
    '\\(',
    '\\[',
    '\\[a\n',
    '$\\frac',
    '$x_1^2$ ',
  ],
  ...[
    '|a',
    '|-|\n',
    '|a|\n|-|\n',
    '<a',
    '<!--',
    '<http://',
    '&amp;',
    '&#1',
    'http://',
    'https://a.',
    'a.a.',
  ],
  ...[
    '@ab ',
    '@a-',
    '2502.01441 ',
    'arXiv:a-',
    'https://arxiv.org/abs/2502.01441 ',
    'a\n> b\n',
    'a\n=\n',
  ],
];
const address = 'https://x.org/y'.repeat(2000);
const formula = (piece: string, rest = '') =>
  fill(`$${fill(piece, 700)}${rest.repeat(700)}$ `.slice(0, 1500));

const SHAPES: Record<string, string> = {
  'runs of backticks': Array.from({ length: 360 }, (_, i) => '`'.repeat(i + 1)).join(' '),
  'brackets within brackets': '['.repeat(32_768) + ']'.repeat(32_768),
  'links within links': '['.repeat(13_000) + '](b)'.repeat(13_000),
  'images within images': '!['.repeat(10_000) + '](b)'.repeat(10_000),
  'emphasis within emphasis': '*a '.repeat(10_000) + 'b*'.repeat(10_000),
  'quotations within quotations': `${'>'.repeat(650)}\n`.repeat(100),
  'lists within lists': Array.from({ length: 350 }, (_, i) => `${' '.repeat(i)}- a\n`).join(''),
  'lists within quotations': `${'> - '.repeat(30)}a\n`.repeat(500),
  'one address for many links': `[a]: ${address}\n\n${'[a] '.repeat(8000)}`,
  'one address for many images': `[a]: ${address}\n\n${'![][a] '.repeat(5000)}`,
  'one bad address for many images': `[a]: data:image/png;${address}\n\n${'![][a] '.repeat(5000)}`,
  'one title for many links': `[a]: /b "${'&amp;'.repeat(6000)}"\n\n${'[a] '.repeat(8000)}`,
  'a wide table': `${'a|'.repeat(10_000)}\n${'-|'.repeat(10_000)}\n${'|a\n'.repeat(5000)}`,
  'an address without end': `http://${'a.'.repeat(30_000)}`,
  'an address of brackets': `x.com/${'(a'.repeat(30_000)}`,
  'roots within roots': formula('\\sqrt{', '}'),
  'matrices of nothing': formula('\\begin{matrix}&&&&&\\\\&&&&&\\\\', '\\end{matrix}'),
  'unknown commands': formula('\\qa\\qb\\qc\\qd\\qe\\qf\\qg\\qh\\qi'),
  'formulas that cannot be mended': fill('$\\qa\\qb\\qc\\qd\\qe\\qf\\qg\\qh\\qi\\qj{$ '),
};

function fill(piece: string, length = MAX_COMMENT_CHARS): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** How deep elements lie within each other. */
function depthOf(html: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of html.matchAll(/<\/?\w+(?: [^>]*)?>/g)) {
    if (/^<[bh]r /.test(tag)) continue;
    depth += tag.startsWith('</') ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const cases = [
  ...[...SIGNS, ...PIECES].map((piece) => [JSON.stringify(piece), fill(piece)] as const),
  ...Object.entries(SHAPES),
];

test.each(cases)('64 KiB of %s end in bounded work', (_name, raw) => {
  const html = renderMarkdown(raw, KNOWN);
  expect(html.length).toBeLessThan(MAX_HTML_CHARS);
  expect(depthOf(html)).toBeLessThanOrEqual(MAX_DEPTH);
  expect(findForbidden(html)).toEqual([]);
});

test.each(Object.entries(SHAPES))('%s are bounded for mails and mentions too', (_name, raw) => {
  expect(excerptOf(raw, 100).length).toBeLessThanOrEqual(100);
  const { handles, paperIds } = findReferences(raw);
  expect([handles.length <= 20, paperIds.length <= 50]).toEqual([true, true]);
});

test('what lies beyond the limit of a comment is not read', () => {
  const raw = `${'a '.repeat(MAX_COMMENT_CHARS / 2)}@ab`;
  expect(findReferences(raw).handles).toEqual([]);
  expect(renderMarkdown(raw, KNOWN)).not.toContain('@ab');
});
