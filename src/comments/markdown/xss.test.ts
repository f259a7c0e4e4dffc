import { expect, test } from 'vitest';
import { findForbidden } from '../../../tests/allowed-html.ts';
import { HOSTILE_REFERENCES, XSS_VECTORS } from '../../../tests/xss-vectors.ts';
import { excerptOf } from './excerpt.ts';
import { renderMarkdown } from './render-markdown.ts';
import { ALLOWED, sanitise } from './sanitise.ts';

test('there are vectors of every class, each once', () => {
  expect(XSS_VECTORS).toHaveLength(275);
  expect(new Set(XSS_VECTORS).size).toBe(XSS_VECTORS.length);
});

test.each(XSS_VECTORS)('a comment of %j holds nothing that acts', (vector) => {
  for (const raw of [
    vector,
    `a ${vector} b`,
    `> - ${vector.replaceAll('\n', '\n>   ')}`,
    `**${vector}**`,
  ]) {
    expect(findForbidden(renderMarkdown(raw, HOSTILE_REFERENCES))).toEqual([]);
    expect(excerptOf(raw, 200).length).toBeLessThanOrEqual(200);
  }
});

test.each(XSS_VECTORS)('the sanitiser alone leaves nothing of %j that acts', (vector) => {
  expect(findForbidden(sanitise(vector))).toEqual([]);
});

test('all vectors in one comment hold nothing that acts', () => {
  expect(findForbidden(renderMarkdown(XSS_VECTORS.join('\n\n'), HOSTILE_REFERENCES))).toEqual([]);
  expect(findForbidden(renderMarkdown(XSS_VECTORS.join(' '), HOSTILE_REFERENCES))).toEqual([]);
});

test('the allow-list has no tag or attribute that loads, acts or styles', () => {
  const attributes = Object.values(ALLOWED.attributes).flat();
  expect(attributes.filter((name) => /^on|src|style|^id$|action|xlink|data/.test(name))).toEqual([
    'displaystyle',
  ]);
  const links = Object.entries(ALLOWED.attributes).filter(([, names]) => names.includes('href'));
  expect(links.map(([tag]) => tag)).toEqual(['a']);
  for (const tag of [
    'img',
    'svg',
    'style',
    'script',
    'mglyph',
    'maction',
    'semantics',
    'annotation',
    'annotation-xml',
  ]) {
    expect(ALLOWED.tags).not.toContain(tag);
  }
});
