import { describe, expect, it } from 'vitest';
import { renderTexHtml } from '../../base/tex/tex.ts';
import { parseQuery } from '../query/parse-query.ts';
import { randomTexts } from '../query/random-texts.ts';
import { createHighlighter } from './highlight.ts';

/** The text with what is marked in square brackets. */
function marked(query: string, text: string): string {
  return createHighlighter(parseQuery(query))
    .parts(text)
    .map((part) => (part.type === 'highlight' ? `[${part.text}]` : part.text))
    .join('');
}

function markedHtml(query: string, html: string): string {
  return createHighlighter(parseQuery(query)).html(html);
}

/** The tags of HTML in order, and its texts; fails where a tag begins within another. */
function scan(html: string): { tags: string[]; texts: string[] } {
  const tags: string[] = [];
  const texts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open !== at) texts.push(html.slice(at, open < 0 ? html.length : open));
    if (open < 0) break;
    const close = html.indexOf('>', open);
    expect(close).toBeGreaterThan(open);
    const tag = html.slice(open, close + 1);
    expect(tag.lastIndexOf('<')).toBe(0);
    tags.push(tag);
    at = close + 1;
  }
  return { tags, texts };
}

/** Only marks were added, each opened and closed with nothing but text between, never within a formula. */
function expectOnlyMarks(before: string, after: string): void {
  expect(after.replaceAll('<mark>', '').replaceAll('</mark>', '')).toBe(before);
  const { tags, texts } = scan(after);
  expect(tags.filter((tag) => !/^<\/?mark>$/.test(tag))).toEqual(scan(before).tags);
  for (const [at, tag] of tags.entries()) {
    if (tag === '<mark>') expect(tags[at + 1]).toBe('</mark>');
  }
  for (const formula of after.match(/<math[\s\S]*?<\/math>/g) ?? []) {
    expect(formula).not.toContain('<mark>');
  }
  // A mark that cut an entity in two would leave a piece without its end.
  for (const text of texts) expect(text).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
}

describe('words', () => {
  it.each([
    ['models', 'A Model of modelling', 'A [Model] of [modelling]'],
    ['Erdos', 'The Erdős–Rényi graph', 'The [Erdős]–Rényi graph'],
    ['naïve', 'Naive Bayes', '[Naive] Bayes'],
    ['GPT-4', 'GPT-4, GPT 4, GPT4 and GPT-40', '[GPT-4], [GPT 4], GPT4 and GPT-40'],
    ['10', '10 of 100', '[10] of 100'],
    ['the state of', 'The state of the art', 'The [state] of the art'],
    ['to be or not', 'To be or not', 'To be or not'],
    [
      'non-scaling',
      'non-scaling, Non scaling, nonscaling, scaling',
      '[non-scaling], [Non scaling], nonscaling, scaling',
    ],
    ['state-of-the-art', 'the state of the art of', 'the [state of the art] of'],
    ["Adam's", 'Adam’s Adam', '[Adam]’s [Adam]'],
    ['graph network', 'graph networks', '[graph] [networks]'],
    ['title:mamba cat:cs.LG -graph', 'Mamba cs.LG graph', '[Mamba] cs.LG graph'],
    ['扩散模型', '基于扩散模型的方法', '基于[扩散模型]的方法'],
    ['למידה', 'על למידה עמוקה', 'על [למידה] עמוקה'],
    ['x²', 'x2 and x²', '[x2] and [x²]'],
    ['e\u0301tude', 'e\u0301tudes et études', '[e\u0301tudes] et [études]'],
    ['❤️', 'no word ❤️', 'no word ❤️'],
  ])('%s in "%s"', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected);
  });
});

describe('phrases', () => {
  it.each([
    [
      '"state of the art"',
      'A state of the art. State of art.',
      'A [state of the art]. State of art.',
    ],
    [
      '"language models"',
      'language, models, a language model',
      '[language, models], a [language model]',
    ],
    ['"of the"', 'of the of', '[of the] of'],
    ['"language models" model', 'model of language models', '[model] of [language models]'],
    ['"a b" "b c"', 'a b c', '[a b c]'],
    ['"a b" "a b c"', 'a b c a b', '[a b c] [a b]'],
    ['title:"world model"', 'world models, the world', '[world models], the world'],
    ['-"world model" x', 'world model', 'world model'],
  ])('%s in "%s"', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected);
  });
});

describe('HTML', () => {
  it.each([
    [
      'amp lt gt quot 39 x',
      'a &amp; b &lt; x &gt; &quot;&#39;',
      'a &amp; b &lt; <mark>x</mark> &gt; &quot;&#39;',
    ],
    [
      'em code',
      '<em>em</em> <code class="tex">a</code>',
      '<em><mark>em</mark></em> <code class="tex">a</code>',
    ],
    [
      'href noopener example',
      '<a href="https://example.org/href" rel="noopener">an example</a>',
      '<a href="https://example.org/href" rel="noopener">an <mark>example</mark></a>',
    ],
    [
      'math mi x',
      '<math><mi>x</mi></math> x <math display="block"><mi>mi</mi></math>',
      '<math><mi>x</mi></math> <mark>x</mark> <math display="block"><mi>mi</mi></math>',
    ],
    ['"a b"', 'a <em>b</em> a b', 'a <em>b</em> <mark>a b</mark>'],
    ['"a b"', 'a &amp; b', '<mark>a &amp; b</mark>'],
    ['mark', '&lt;mark&gt; marks', '&lt;<mark>mark</mark>&gt; <mark>marks</mark>'],
  ])('%s in %s', (query, html, expected) => {
    expect(markedHtml(query, html)).toBe(expected);
    expectOnlyMarks(html, expected);
  });

  it.each([
    '<script>alert(1)</script>',
    '</a><img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>alert</a>",
    '&lt;script&gt;alert(1)&amp;amp; &#x3c;script',
    '<mark>alert</mark></mark><mark',
    '<math><mi>alert</math> \\href{javascript:alert(1)}{alert} $<script>alert$',
    'https://example.org/?script=alert&x="onload" alert',
    '<!-- alert --> <![CDATA[ alert ]]> a<b alert>c',
    '\\texttt{<script>alert} $\\alert{script}$ $\\frac{alert}{2}$ {\\em alert',
  ])('a hostile title %s stays text', (title) => {
    for (const query of [
      title,
      'alert',
      'script amp lt x',
      '"script alert"',
      'mark math mi a href',
    ]) {
      const html = renderTexHtml(title);
      expectOnlyMarks(html, markedHtml(query, html));
    }
  });

  it('what is no HTML of ours comes back whole', () => {
    for (const html of ['a < b', 'a <b', '<math> a', '&', 'a &amp', '< a', 'a > b']) {
      const after = markedHtml('a b amp math', html);
      expect(after.replaceAll('<mark>', '').replaceAll('</mark>', '')).toBe(html);
    }
  });
});

it('without words to look for, everything comes back as it is', () => {
  for (const query of ['', 'the of', 'cat:cs.LG', '-a', '???']) {
    const highlighter = createHighlighter(parseQuery(query));
    expect(highlighter.parts('the <b>text</b>')).toEqual([
      { type: 'text', text: 'the <b>text</b>' },
    ]);
    expect(highlighter.parts('')).toEqual([]);
    expect(highlighter.html('the <b>text</b>')).toBe('the <b>text</b>');
  }
});

it('any text keeps every character, whatever is asked', () => {
  const queries = randomTexts(2, 3_000);
  const texts = randomTexts(3, 3_000);
  for (const [at, query] of queries.entries()) {
    const text = texts[at] as string;
    const highlighter = createHighlighter(parseQuery(query));
    const parts = highlighter.parts(text);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.every((part) => part.text !== '')).toBe(true);
    const html = renderTexHtml(text);
    expectOnlyMarks(html, highlighter.html(html));
  }
});
