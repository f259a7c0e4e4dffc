import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../base/errors.ts';
import { parsePasted } from './pasted-reference.ts';

test.each([
  '2502.01441',
  '2502.01441v2',
  ' arXiv:2502.01441v3 ',
  'arXiv: 2502.01441 [cs.LG]',
  '"2502.01441",',
  '<https://arxiv.org/abs/2502.01441>',
  'https://arxiv.org/abs/2502.01441v1',
  'http://www.arxiv.org/pdf/2502.01441v2.pdf',
  'https://export.arxiv.org/abs/2502.01441?context=cs',
  'https://arxiv.org/html/2502.01441v1#S2',
  'arxiv.org/abs/2502.01441.',
  'https://www.alphaxiv.org/abs/2502.01441',
  'https://www.alphaxiv.org/overview/2502.01441v2',
  'https://huggingface.co/papers/2502.01441',
  'https://hf.co/papers/2502.01441',
  '10.48550/arXiv.2502.01441',
  'https://doi.org/10.48550/arXiv.2502.01441',
])('%s is the arXiv paper', (text) => {
  expect(parsePasted(text)).toEqual({ kind: 'paper-id', id: '2502.01441' });
});

test('old arXiv ids and papers known by their title are understood', () => {
  expect(parsePasted('hep-th/9901001')).toEqual({ kind: 'paper-id', id: 'hep-th/9901001' });
  expect(parsePasted('page:some-title')).toEqual({ kind: 'paper-id', id: 'page:some-title' });
});

test.each([
  '10.1038/nature14539',
  'doi:10.1038/NATURE14539',
  'DOI: 10.1038/nature14539',
  'https://doi.org/10.1038/nature14539',
  'http://dx.doi.org/10.1038%2Fnature14539',
  'doi.org/10.1038/nature14539',
])('%s is the DOI', (text) => {
  const doi = '10.1038/nature14539';
  expect(parsePasted(text)).toEqual({ kind: 'doi', doi, id: `doi:${doi}` });
});

test.each([
  [
    'https://openreview.net/pdf?id=AbC-1_x',
    'https://openreview.net/forum?id=AbC-1_x',
    'openreview:AbC-1_x',
  ],
  ['openreview:AbC', 'https://openreview.net/forum?id=AbC', 'openreview:AbC'],
  [
    'https://aclanthology.org/2025.acl-long.1.pdf',
    'https://aclanthology.org/2025.acl-long.1',
    'acl:2025.acl-long.1',
  ],
  ['https://proceedings.mlr.press/v202/x23a.html', undefined, undefined],
  ['https://huggingface.co/blog/some-post', undefined, undefined],
  [
    'proceedings.mlr.press/v202/x23a.html',
    'https://proceedings.mlr.press/v202/x23a.html',
    undefined,
  ],
  ['http://preprints.internal:8080/12', undefined, undefined],
])('%s is a page to be fetched', (text, url, id) => {
  expect(parsePasted(text)).toEqual({ kind: 'url', url: url ?? text, ...(id ? { id } : {}) });
});

test.each([
  '',
  'attention',
  'Attention is all you need',
  'https://',
  'ftp://example.org/a',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://me:secret@example.org/',
  'https://example.org/a https://example.org/b',
  'foo:bar',
  `https://example.org/${'x'.repeat(2_000)}`,
])('%s names no paper, and the answer says what may be pasted', (text) => {
  expect(() => parsePasted(text)).toThrow(/paste an arXiv id such as 2502\.01441, a DOI/);
});

test('pages of arXiv that are no paper are not fetched', () => {
  expect(() => parsePasted('https://arxiv.org/list/cs.LG/recent')).toThrow(
    /names no paper of arXiv/,
  );
});

test('whatever is pasted is understood or refused in words', () => {
  const parts = fc.constantFrom(
    'https://',
    'arxiv.org/abs/',
    'doi:',
    '10.1/',
    '%',
    ':',
    '/',
    '[',
    'x.y',
    '2502.01441',
    ' ',
  );
  const pasted = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(parts).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(pasted, (text) => {
      try {
        expect(parsePasted(text)).toHaveProperty('kind');
      } catch (error) {
        if (!isAppError(error, 'invalid')) throw error;
      }
    }),
    { numRuns: 500 },
  );
});
