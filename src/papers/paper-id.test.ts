import { expect, test } from 'vitest';
import {
  findPaperId,
  homeUrlOf,
  isArxivId,
  parsePaperId,
  pathOfPaper,
  slugOf,
} from './paper-id.ts';

test.each([
  ['2502.01441', '2502.01441'],
  ['arXiv:2502.01441', '2502.01441'],
  ['arxiv: 2502.01441v2 [cs.LG]', '2502.01441'],
  ['https://arxiv.org/abs/2502.01441v3', '2502.01441'],
  ['http://www.arxiv.org/pdf/2502.01441v1.pdf', '2502.01441'],
  ['https://export.arxiv.org/html/2502.01441', '2502.01441'],
  ['https://ar5iv.labs.arxiv.org/html/2502.01441', '2502.01441'],
  ['https://www.alphaxiv.org/abs/2502.01441', '2502.01441'],
  ['https://huggingface.co/papers/2502.01441#comment', '2502.01441'],
  ['hf.co/papers/2502.01441', '2502.01441'],
  ['10.48550/arXiv.2502.01441', '2502.01441'],
  ['https://doi.org/10.48550/ARXIV.2502.01441', '2502.01441'],
  ['hep-th/9901001v2', 'hep-th/9901001'],
  ['arXiv:math.GT/0309136', 'math/0309136'],
  ['https://arxiv.org/abs/cond-mat/0207270', 'cond-mat/0207270'],
  ['0704.0001', '0704.0001'],
  ['1234.56789', '1234.56789'],
  ['doi:10.1000/XYZ.1', 'doi:10.1000/xyz.1'],
  ['https://dx.doi.org/10.1000/xyz', 'doi:10.1000/xyz'],
  ['https://openreview.net/forum?id=AbC_1-x', 'openreview:AbC_1-x'],
  ['https://aclanthology.org/2025.acl-long.1.pdf', 'acl:2025.acl-long.1'],
  ['page:some-title', 'page:some-title'],
])('%s is %s', (text, id) => {
  expect(parsePaperId(text).id).toBe(id);
});

test('the version is kept apart from the identity', () => {
  expect(parsePaperId('2502.01441v12')).toEqual({ id: '2502.01441', version: 12 });
});

test.each([
  '',
  'hello',
  'https://example.org/2502.01441',
  '2502.014',
  'https://arxiv.org/list/cs',
  '%%%',
  'x:\u0000',
])('"%s" is no identity', (text) => {
  expect(findPaperId(text)).toBeUndefined();
  expect(() => parsePaperId(text)).toThrow(/is not a paper's identifier/);
});

test('a page path leads back to the same identity', () => {
  for (const id of ['2502.01441', 'hep-th/9901001', 'doi:10.1000/a?b', 'page:x-y']) {
    expect(decodeURIComponent(pathOfPaper(id).slice('/papers/'.length))).toBe(id);
  }
});

test('only registries have a home page', () => {
  expect(homeUrlOf('2502.01441')).toBe('https://arxiv.org/abs/2502.01441');
  expect(homeUrlOf('page:x')).toBeUndefined();
  expect(isArxivId('page:x')).toBe(false);
});

test('a slug is short, plain, and different for titles that it had to cut', () => {
  expect(slugOf('Attention Is All You Need!')).toBe('attention-is-all-you-need');
  const long = 'A very long title '.repeat(20);
  expect(slugOf(`${long} one`).length).toBeLessThanOrEqual(80);
  expect(slugOf(`${long} one`)).not.toBe(slugOf(`${long} two`));
  expect(slugOf('量子計算')).toMatch(/^[0-9a-f]{10}$/);
  expect(slugOf('量子計算')).not.toBe(slugOf('機械学習'));
});
