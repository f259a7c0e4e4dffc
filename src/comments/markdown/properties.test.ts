// What holds for every text that anyone can send.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findForbidden, textOfHtml } from '../../../tests/allowed-html.ts';
import { XSS_VECTORS } from '../../../tests/xss-vectors.ts';
import { excerptOf } from './excerpt.ts';
import { findReferences } from './references.ts';
import { renderMarkdown } from './render-markdown.ts';
import { sanitise } from './sanitise.ts';

const RUNS = { numRuns: 500 };
const NOBODY = { people: new Map(), papers: new Map() };
const PIECES = [
  ...[
    '*',
    '**',
    '_',
    '`',
    '```',
    '[',
    '](',
    ')',
    '![',
    '<',
    '>',
    '\n',
    '\n\n',
    '    ',
    '> ',
    '- ',
    '1. ',
  ],
  ...[
    '$',
    '$$',
    '\\(',
    '\\)',
    '\\[',
    '\\]',
    '\\',
    '{',
    '}',
    '\\frac',
    '^',
    '&',
    ';',
    '#',
    '|',
    '|-|',
    '~~',
  ],
  ...[
    '@ada',
    '2502.01441',
    'https://x.org',
    'javascript:',
    'a',
    ' ',
    '"',
    "'",
    '&#x202e;',
    '\u202e',
    '[a]: /b',
  ],
  ...[
    '<script>',
    '<img src=x onerror=alert(1)>',
    '<!--',
    '-->',
    '<math>',
    '<style>',
    '</p>',
    '\u0000',
    '\t',
  ],
];
const anything = fc.string({ unit: 'binary', maxLength: 200 });
const markdownLike = fc
  .array(
    fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));
const vectors = fc
  .array(fc.constantFrom(...XSS_VECTORS, ...PIECES), { maxLength: 8 })
  .map((parts) => parts.join(''));
const comment = fc.oneof(anything, markdownLike, vectors);

test('a comment holds only what is allowed, and the same each time', () => {
  fc.assert(
    fc.property(comment, (raw) => {
      const html = renderMarkdown(raw, NOBODY);
      expect(findForbidden(html)).toEqual([]);
      expect(renderMarkdown(raw, NOBODY)).toBe(html);
      expect(sanitise(html)).toBe(html);
    }),
    RUNS,
  );
});

test('an excerpt is one short line that says no more than the comment', () => {
  const bare = (text: string) => text.replace(/\s+/g, '');
  fc.assert(
    fc.property(comment, fc.integer({ min: 1, max: 300 }), (raw, maxLength) => {
      const excerpt = excerptOf(raw, maxLength);
      expect(excerpt.length).toBeLessThanOrEqual(maxLength);
      expect(excerpt).toBe(excerpt.replace(/\s+/g, ' ').trim());
      // Formulas read otherwise as text than as MathML.
      if (/[$]|\\[([]/.test(raw)) return;
      const text = textOfHtml(renderMarkdown(raw, NOBODY));
      expect(bare(excerptOf(raw, Number.MAX_SAFE_INTEGER))).toBe(bare(text));
    }),
    RUNS,
  );
});

test('every reference that is found becomes a link once it is known', () => {
  fc.assert(
    fc.property(comment, (raw) => {
      const { handles, paperIds } = findReferences(raw);
      const html = renderMarkdown(raw, {
        people: new Map(handles.map((handle) => [handle, { name: handle }])),
        papers: new Map(paperIds.map((id) => [id, { title: 'T' }])),
      });
      for (const handle of handles) expect(html).toContain(`href="/people/${handle}"`);
      expect(html.match(/class="paper-ref"/g)?.length ?? 0).toBeGreaterThanOrEqual(paperIds.length);
      expect(findForbidden(html)).toEqual([]);
    }),
    RUNS,
  );
});

test('whatever HTML the sanitiser is given, only what is allowed is left', () => {
  fc.assert(
    fc.property(comment, (html) => {
      expect(findForbidden(sanitise(html))).toEqual([]);
    }),
    RUNS,
  );
});
