// The examples of the CommonMark specification, 0.31.2.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { findForbidden, textOfHtml } from '../../../tests/allowed-html.ts';
import { isAllowedHref } from './allowed-href.ts';
import { excerptOf } from './excerpt.ts';
import { MARKDOWN_VERSION, renderMarkdown } from './render-markdown.ts';
import { sanitise } from './sanitise.ts';

type Example = { number: number; markdown: string; html: string };

const require = createRequire(import.meta.url);
const { tests } = require('commonmark-spec') as { tests: Example[] };
/** The specification shows tabs as arrows. */
const examples = tests.map(({ number, markdown, html }) => ({
  number,
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t'),
}));
const NOBODY = { people: new Map(), papers: new Map() };
const SOMEBODY = {
  people: new Map([['ada', { name: 'Ada L.' }]]),
  papers: new Map([['2502.01441', { title: 'A $x^2$ Title' }]]),
};
const SAMPLE = String.raw`@ada 2502.01441 https://arxiv.org/abs/2502.01441 @none $x$ \(y\) $\frac$ ![i](/i "t")

| a | b |
|:--|--:|
| ~~c~~ | www.example.org |

$$
\begin{matrix} a & b \\ c & \overline{d} \end{matrix}
$$
`;
const commonmark = new MarkdownIt('commonmark');

/** What comments do otherwise on purpose: raw HTML is text, images are links. */
const comparable = examples.filter(({ markdown }) => {
  const types = commonmark
    .parse(markdown, {})
    .flatMap(({ type, children }) => [type, ...(children ?? []).map((child) => child.type)]);
  return !types.some((type) => /^html|^image/.test(type));
});

/** CommonMark's own HTML with headings lowered and links that lead nowhere safe as text. */
function adapt(html: string): string {
  return html
    .replace(
      /<(\/?)h([1-6])>/g,
      (_, slash, level) => `<${slash}h${Math.min(6, Number(level) + 3)}>`,
    )
    .replace(/<a href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (link, href, text) =>
      isAllowedHref(href) ? link : text,
    );
}

test.each(examples)('example $number yields nothing that is not allowed', ({ markdown }) => {
  expect(findForbidden(renderMarkdown(markdown, NOBODY))).toEqual([]);
  expect(excerptOf(markdown, 100).length).toBeLessThanOrEqual(100);
});

test('all but seven of the 558 examples without raw HTML and images are exactly as CommonMark has them', () => {
  const differing = (isSame: (ours: string, theirs: string) => boolean) =>
    comparable
      .filter(({ markdown, html }) => !isSame(renderMarkdown(markdown, NOBODY), html))
      .map(({ number }) => number);
  const texts = differing((ours, theirs) => textOfHtml(ours) === textOfHtml(theirs));
  const tags = differing((ours, theirs) => ours === sanitise(adapt(theirs)));
  expect([examples.length, comparable.length]).toEqual([652, 558]);
  // 12 escapes both brackets, which opens a formula; the others are line ends in empty quotations.
  expect(texts).toEqual([12, 218, 239, 240]);
  // The last three are addresses that we make links of, and CommonMark does not.
  expect(tags).toEqual([12, 218, 239, 240, 602, 608, 611]);
});

test('the version is raised whenever the rendering changes', () => {
  const hash = createHash('sha256');
  for (const { markdown } of examples) hash.update(renderMarkdown(markdown, NOBODY));
  hash.update(renderMarkdown(SAMPLE, SOMEBODY));
  expect([MARKDOWN_VERSION, hash.digest('base64url')]).toEqual([
    '1',
    'jMVDbMt-jNzMoaV_3ZD22uu-BwGW6kfGiiqIOHeqli8',
  ]);
});
