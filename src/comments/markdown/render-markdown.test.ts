import { expect, test } from 'vitest';
import { findForbidden } from '../../../tests/allowed-html.ts';
import { renderMathml } from '../../base/tex/formula-mathml.ts';
import { renderMarkdown } from './render-markdown.ts';
import { sanitise } from './sanitise.ts';

const KNOWN = {
  people: new Map([
    ['ada', { name: 'Ada "L" <b>' }],
    ['a-b', { name: 'AB' }],
  ]),
  papers: new Map([
    ['2502.01441', { title: 'On $x^2$ & \\emph{you} <i>' }],
    ['hep-th/9901001', { title: 'Old' }],
    ['doi:10.1000/x', { title: 'Elsewhere' }],
  ]),
};
const REL = 'rel="nofollow ugc noopener"';
const ADA = '<a class="mention" href="/people/ada" title="Ada &quot;L&quot; &lt;b&gt;">';
const PAPER = '<a class="paper-ref" href="/papers/2502.01441">On x^2 &amp; you &lt;i&gt;</a>';
const OLD = '<a class="paper-ref" href="/papers/hep-th/9901001">Old</a>';

/** The inside of the only paragraph. */
function line(raw: string): string {
  return /^<p>([\s\S]*)<\/p>\n$/.exec(renderMarkdown(raw, KNOWN))?.[1] ?? 'no paragraph';
}

test.each([
  ['@ada', `${ADA}@ada</a>`],
  ['(@Ada!)', `(${ADA}@Ada</a>!)`],
  ['cc:@ada.', `cc:${ADA}@ada</a>.`],
  ['**@ada**', `<strong>${ADA}@ada</a></strong>`],
  ['@a-b', '<a class="mention" href="/people/a-b" title="AB">@a-b</a>'],
  ['@nobody', '@nobody'],
  ['x@ada', 'x@ada'],
  ['é@ada', 'é@ada'],
  ['@adaé', '@adaé'],
  ['@ada.org', '@ada.org'],
  ['@ada@example.org', '@ada@example.org'],
  ['me@ada.org', 'me@ada.org'],
  ['@@ada', '@@ada'],
  ['\\@ada', '@ada'],
  ['&#64;ada', '@ada'],
  ['a\\_@ada', 'a_@ada'],
  ['`@ada`', '<code>@ada</code>'],
  ['[@ada](https://x.org)', `<a href="https://x.org" ${REL}>@ada</a>`],
  ['https://x.org/@ada', `<a href="https://x.org/@ada" ${REL}>https://x.org/@ada</a>`],
  [`@${'a'.repeat(32)}`, `@${'a'.repeat(32)}`],
])('of %j, only whole names of known people become links', (raw, html) => {
  expect(line(raw)).toBe(html);
});

test.each([
  ['2502.01441', PAPER],
  ['see 2502.01441.', `see ${PAPER}.`],
  ['(arXiv:2502.01441v3)', `(${PAPER})`],
  ['ARXIV: 2502.01441', PAPER],
  ['arXiv:hep-th/9901001v1', OLD],
  ['hep-th/9901001', 'hep-th/9901001'],
  ['https://arxiv.org/abs/2502.01441v2', PAPER],
  ['<http://arxiv.org/pdf/2502.01441.pdf>', PAPER],
  ['arxiv.org/abs/hep-th/9901001', OLD],
  ['https://huggingface.co/papers/2502.01441,', `${PAPER},`],
  ['https://doi.org/10.1000/x', '<a class="paper-ref" href="/papers/doi:10.1000/x">Elsewhere</a>'],
  ['2502.09999', '2502.09999'],
  [
    'https://arxiv.org/abs/2502.09999',
    `<a href="https://arxiv.org/abs/2502.09999" ${REL}>https://arxiv.org/abs/2502.09999</a>`,
  ],
  [
    'https://arxiv.org/abs/2502.01441#S2',
    `<a href="https://arxiv.org/abs/2502.01441#S2" ${REL}>https://arxiv.org/abs/2502.01441#S2</a>`,
  ],
  [
    '[this](https://arxiv.org/abs/2502.01441)',
    `<a href="https://arxiv.org/abs/2502.01441" ${REL}>this</a>`,
  ],
  ['`2502.01441`', '<code>2502.01441</code>'],
  ['12502.01441', '12502.01441'],
  ['2502.014411', '2502.014411'],
  ['2502.01441.5', '2502.01441.5'],
  ['v2502.01441', 'v2502.01441'],
  ['2513.01441', '2513.01441'],
])('of %j, only names of known papers become links', (raw, html) => {
  expect(line(raw)).toBe(html);
});

test.each([
  ['$5 and $6', '$5 and $6'],
  ['$5 and$6', '$5 and$6'],
  ['US$20,000 and US$30,000', 'US$20,000 and US$30,000'],
  ['$ x$', '$ x$'],
  ['$x $', '$x $'],
  ['$x$5', '$x$5'],
  ['\\$x$', '$x$'],
  ['$x', '$x'],
  ['$$', '$$'],
  ['\\( x', '( x'],
  ['`$x$`', '<code>$x$</code>'],
  ['$a `b$ c`', '$a <code>b$ c</code>'],
  ['$x$', '<math><mrow><mi>x</mi></mrow></math>'],
  ['\\(x\\)', '<math><mrow><mi>x</mi></mrow></math>'],
  ['$$x$$', '<math display="block"><mrow><mi>x</mi></mrow></math>'],
  ['\\[x\\]', '<math display="block"><mrow><mi>x</mi></mrow></math>'],
  ['a $$x$$ b', 'a <math display="block"><mrow><mi>x</mi></mrow></math> b'],
  ['$$\nx\n- y\n$$', '<math display="block"><mrow><mi>x</mi><mo>−</mo><mi>y</mi></mrow></math>'],
  ['\\[\nx\n\\]', '<math display="block"><mrow><mi>x</mi></mrow></math>'],
  ['$50\\%$', '50%'],
  ['$\\frac$', '<code class="tex">\\frac</code>'],
  ['$\\htmlId{a}{x}$', '<code class="tex">\\htmlId{a}{x}</code>'],
  ['$\\href{https://x.org}{x}$', '<math><mrow><mi>x</mi></mrow></math>'],
  ['$*a*$ *b*', '<math><mrow><mo>∗</mo><mi>a</mi><mo>∗</mo></mrow></math> <em>b</em>'],
])('%j is a formula only where it is meant as one', (raw, html) => {
  expect(line(raw)).toBe(html);
});

test('formulas stand in quotations and lists, and never in code', () => {
  const formula = '<p><math display="block"><mrow><mi>x</mi></mrow></math></p>';
  expect(renderMarkdown('> $$\n> x\n> $$', KNOWN)).toBe(
    `<blockquote>\n${formula}\n</blockquote>\n`,
  );
  expect(renderMarkdown('- $$\n  x\n  $$\n\n  a', KNOWN)).toContain(formula);
  expect(renderMarkdown('a\n$$\nx\n$$\nb', KNOWN)).toBe(`<p>a</p>\n${formula}\n<p>b</p>\n`);
  for (const code of ['    $$\n    x\n    $$', '```\n$$\nx\n$$\n```']) {
    expect(renderMarkdown(code, KNOWN)).toBe('<pre><code>$$\nx\n$$\n</code></pre>\n');
  }
  expect(renderMarkdown('$$\nx\n\ny\n$$', KNOWN)).toBe('<p>$$\nx</p>\n<p>y\n$$</p>\n');
});

test('what KaTeX writes comes through the sanitiser as it is', () => {
  const formulas = [
    '\\frac{a}{b} \\sqrt[3]{x} \\binom{n}{k} \\genfrac{}{}{0pt}{}{a}{b}',
    '\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array}',
    '\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\begin{cases} a & b \\\\ c \\end{cases}',
    '\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}',
    '\\overline{x} \\underline{x} \\widehat{xyz} \\vec{x} \\overbrace{x+y}^n \\underbrace{x}_n',
    '\\left( \\sum_{i=0}^n x_i^2 \\right) \\int_0^1 \\lim_{x \\to 0} \\Bigl[ \\big| x \\Bigr]',
    '\\mathbb{R} \\mathcal{L} \\mathbf{x} \\mathrm{d} \\mathfrak{g} \\boldsymbol{\\theta}',
    '\\text{if } \\textbf{bold} \\quad \\! \\, \\phantom{x} \\smash{x} \\rule{1em}{1em}',
    '\\boxed{x} \\cancel{x} \\xrightarrow[a]{b} \\operatorname*{argmin}_x \\not= \\pmod n',
    '{\\displaystyle x} {\\scriptstyle x} \\Large x \\raisebox{1em}{x} \\mathllap{x} \\tag{1}',
    'a < b > c \\& "d" \\lt x',
  ];
  for (const source of formulas) {
    const mathml = renderMathml(source, true, { katexRuns: 8 }) ?? 'refused';
    expect(mathml).toContain('<math');
    const plain = (html: string) =>
      html.replaceAll('&quot;', '"').replaceAll('&nbsp;', '\u00a0').replaceAll('></mspace>', '/>');
    expect(plain(sanitise(mathml))).toBe(plain(mathml));
  }
});

test.each([
  ['[a](https://x.org "t")', `<a href="https://x.org" title="t" ${REL}>a</a>`],
  ['[a](mailto:a@x.org)', `<a href="mailto:a@x.org" ${REL}>a</a>`],
  ['[a](/papers)', '<a href="/papers">a</a>'],
  ['[a](papers)', 'a'],
  ['[a](#top)', 'a'],
  ['[a](//x.org)', 'a'],
  ['[a](ftp://x.org)', 'a'],
  ['[*a*](tel:1)', '<em>a</em>'],
  ['[](https://x.org)', `<a href="https://x.org" ${REL}>https://x.org</a>`],
  ['www.x.org', `<a href="https://www.x.org" ${REL}>www.x.org</a>`],
  ['http://x.org', `<a href="http://x.org" ${REL}>http://x.org</a>`],
  ['main.py ftp://x.org //x.org a@x.org', 'main.py ftp://x.org //x.org a@x.org'],
  ['![a *b*](https://x.org/i.png)', `<a href="https://x.org/i.png" ${REL}>a b</a>`],
  ['![](https://x.org/i.png)', `<a href="https://x.org/i.png" ${REL}>https://x.org/i.png</a>`],
  ['![a](data:image/png;base64,x)', 'a'],
  ['[![a](/i.png)](https://x.org)', `<a href="https://x.org" ${REL}>a</a>`],
  ['![![a](/i)](/j)', '<a href="/j">a</a>'],
])('%j leads to the web, mail or this instance, or nowhere', (raw, html) => {
  expect(line(raw)).toBe(html);
});

test('headings are lowered below those of the page, and tables say with a class how they align', () => {
  expect(renderMarkdown('# 1\n## 2\n### 3\n###### 6\n\nA\n=', KNOWN)).toBe(
    '<h4>1</h4>\n<h5>2</h5>\n<h6>3</h6>\n<h6>6</h6>\n<h4>A</h4>\n',
  );
  const table = renderMarkdown('|a|b|\n|-|-:|\n|1|2|', KNOWN);
  expect(table).toContain('<td>1</td>\n<td class="align-right">2</td>');
});

test('characters that cannot be seen are dropped, however they are written', () => {
  expect(line('a\u0000\u0007b\u202ec\u2066d&#x202e;e&#8297;f')).toBe('abcdef');
  expect(line('https://x.org/%E2%80%AEa')).toContain('>https://x.org/a</a>');
  expect(line('a\ud800b \u{1f600}')).toBe('a\ufffdb \u{1f600}');
  expect(line('שלום \u200f\u200e')).toBe('שלום \u200f\u200e');
  expect(findForbidden(renderMarkdown('[a](java\u0000script:x)', KNOWN))).toEqual([]);
});
