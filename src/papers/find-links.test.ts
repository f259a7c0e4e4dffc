import { expect, test } from 'vitest';
import { findLinks } from './find-links.ts';

const urls = (text: string) => findLinks(text, 'abstract').map(({ kind, url }) => `${kind} ${url}`);

test.each([
  ['Code: https://github.com/a/b.', ['code https://github.com/a/b']],
  ['see github.com/a/b)', ['code https://github.com/a/b']],
  ['(https://en.wikipedia.org/wiki/A_(b))', ['project https://en.wikipedia.org/wiki/A_(b)']],
  ['\\url{https://a.github.io/x\\_y/}', ['project https://a.github.io/x_y']],
  ['\\href{https://gitlab.com/a/b}{here}', ['code https://gitlab.com/a/b']],
  ['at https://huggingface.co/datasets/a/b', ['dataset https://huggingface.co/datasets/a/b']],
  ['at https://huggingface.co/a/b', ['model https://huggingface.co/a/b']],
  ['https://huggingface.co/spaces/a/b,', ['space https://huggingface.co/spaces/a/b']],
  ['https://zenodo.org/record/1', ['dataset https://zenodo.org/record/1']],
  ['https://arxiv.org/abs/2502.01441 again', []],
  ['no link, only e.g. and i.e.', []],
  ['https://x https://', []],
])('%s', (text, expected) => {
  expect(urls(text)).toEqual(expected);
});

test('an address counts once however it is written', () => {
  expect(urls('https://github.com/A/b and https://github.com/a/b/')).toHaveLength(1);
});

test('a text of nothing but links gives a bounded list', () => {
  const text = Array.from({ length: 500 }, (_, n) => `https://github.com/a/b${n}`).join(' ');
  expect(urls(text)).toHaveLength(20);
});
