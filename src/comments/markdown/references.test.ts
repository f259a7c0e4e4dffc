import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';
import { findReferences } from './references.ts';

test('people and papers are found once each, in order', () => {
  const raw = `@Bob and @ada on 2502.01441v2, [x](https://y.org) arXiv:hep-th/9901001.

> - @bob: https://arxiv.org/abs/2502.01441 https://openreview.net/forum?id=AbC`;
  expect(findReferences(raw)).toEqual({
    handles: ['bob', 'ada'],
    paperIds: ['2502.01441', 'hep-th/9901001', 'openreview:AbC'],
  });
});

test('code, formulas, escapes and texts of links name nobody', () => {
  const raw =
    '`@one` $@two$ \\@three [@four 2502.01441](https://x.org) ![@five](https://x.org)\n\n' +
    '    @six\n\n```\n@seven 2502.01441\n```\n\n[a]: https://arxiv.org/abs/2502.01441 "@eight"\n';
  expect(findReferences(raw)).toEqual({ handles: [], paperIds: [] });
});

test('a comment names at most 20 people and 50 papers', () => {
  const raw = Array.from({ length: 100 }, (_, i) => `@p${i} 2502.${10_000 + i}`).join(' ');
  const { handles, paperIds } = findReferences(raw);
  expect([handles.length, paperIds.length]).toEqual([20, 50]);
  expect([handles.at(-1), paperIds.at(-1)]).toEqual(['p19', '2502.10049']);
});

test('an excerpt is the text alone, in one line', () => {
  const raw = `# A *title*

First [link](https://x.org) with \`code\`,\\
@ada 2502.01441 $x_1$ ![alt](https://x.org/i.png)

- one
- two

\`\`\`js
let <b>
\`\`\`

| a | b |
|---|---|
| 1 | 2 |
`;
  expect(excerptOf(raw, 500)).toBe(
    'A title First link with code, @ada 2502.01441 x_1 alt one two let <b> a b 1 2',
  );
  expect(excerptOf(raw, 20)).toBe('A title First link…');
  expect(excerptOf('a\u202eb&#x202e;c\u0000', 20)).toBe('abc');
  expect(excerptOf('', 20)).toBe('');
});
