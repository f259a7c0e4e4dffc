import { describe, expect, it } from 'vitest';
import { hasTexMath, renderTexHtml, renderTexText } from './tex.ts';

/** What a reader sees of the HTML, formulas as their characters. */
function seen(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

const CYCLE: string[] = ['\\', '{', '}', '$', '$$', '^', '_', '~', '`', "'", '-', '\n', 'a', ' '];

describe('letters', () => {
  it.each([
    ['na\\"{\\i}vely', 'naïvely'],
    ['na\\"ive', 'naïve'],
    ["R\\'ev\\'esz and Sarantopoulos", 'Révész and Sarantopoulos'],
    ['Ne\\v{s}et\\v{r}il', 'Nešetřil'],
    ['\\v Cerenkov', 'Čerenkov'],
    ['fran\\c{c}aise, fran\\c caise, Lupa\\c{s}', 'française, française, Lupaş'],
    ["Erd\\H{o}s-R\\'enyi, Szeg\\H o", 'Erdős-Rényi, Szegő'],
    ['Wa\\.zewski, \\=a, \\u{g}, \\k{a}, \\r a', 'Ważewski, ā, ğ, ą, å'],
    ["{\\'e}l{\\`e}ve, \\^{\\i}le, Lema\\^itre", 'élève, île, Lemaître'],
    ['Pham \\d{H}oi, \\b{t}', 'Pham Ḥoi, ṯ'],
    ['Mu\\~noz, n\\~ao, Mari{\\~n}o', 'Muñoz, não, Mariño'],
    ['Kre\\u{\\i}n', 'Kreĭn'],
    ['Stra\\ss e, Wei{\\ss}, J\\o rgensen, Smal{\\o}', 'Straße, Weiß, Jørgensen, Smalø'],
    ["Pe{\\l}czy{\\'n}ski, \\L ojasiewicz", 'Pełczyński, Łojasiewicz'],
    ['\\AE ther, \\oe uvre, \\aa ngstr\\"om, \\th, \\dh', 'Æther, œuvre, ångström, þ, ð'],
    ['14.8 \\AA wide', '14.8 Å wide'],
    ['Nguy\\~{\\^e}n', 'Nguyễn'],
  ])('%s reads %s', (raw, expected) => {
    expect(renderTexText(raw)).toBe(expected);
    expect(renderTexHtml(raw)).toBe(expected);
  });

  it.each([
    ['TCR \\b{eta}-chain', 'TCR β-chain'],
    ['(\\k{appa}=0.81)', '(κ=0.81)'],
    ['\\r{ho} = 0.3413', 'ρ = 0.3413'],
    ['\\c{hi}-separation', 'χ-separation'],
    ['10 {\\mu}m, 360{\\deg}', '10 μm, 360°'],
  ])('Greek that arXiv mangled, %s, reads %s', (raw, expected) => {
    expect(renderTexText(raw)).toBe(expected);
  });

  it('an escaped quotation mark is no umlaut', () => {
    expect(renderTexText('the term \\"The Turing test\\" is')).toBe(
      'the term "The Turing test" is',
    );
  });
});

describe('styles', () => {
  it('emphasis, weight and code become tags in HTML and vanish from text', () => {
    const raw = '{\\it without}, {\\em also}, \\emph{a}, \\textbf{b}, \\textit{c}, \\texttt{d}';
    expect(renderTexHtml(raw)).toBe(
      '<em>without</em>, <em>also</em>, <em>a</em>, <strong>b</strong>, <em>c</em>, <code>d</code>',
    );
    expect(renderTexText(raw)).toBe('without, also, a, b, c, d');
  });

  it('small capitals, families and underlining keep their text only', () => {
    const raw =
      '\\textsc{AlignX} \\textsf{MMS} \\textrm{r} {\\sc s} \\underline{\\textbf{Fed}}erated';
    expect(renderTexHtml(raw)).toBe('AlignX MMS r s <strong>Fed</strong>erated');
  });

  it('a switch lasts to the end of its group', () => {
    expect(renderTexHtml('a {b \\bf c} d')).toBe('a b <strong>c</strong> d');
    expect(renderTexHtml('{\\bf 2\\(\\times\\)} speedup')).toBe('<strong>2×</strong> speedup');
  });

  it('raised and lowered text', () => {
    expect(renderTexHtml('PM\\textsuperscript{4}Bench, CO\\textsubscript{2}')).toBe(
      'PM<sup>4</sup>Bench, CO<sub>2</sub>',
    );
    expect(renderTexText('the 5\\textsuperscript{th} of 10^{-3}')).toBe('the 5th of 10^-3');
  });

  it('braces that protect case disappear, braces of a set stay', () => {
    expect(renderTexText('{BERT}: {Deep} Transformers')).toBe('BERT: Deep Transformers');
    expect(renderTexText('over {0,1} and {1,...,n}')).toBe('over {0,1} and {1,...,n}');
    expect(renderTexText('10{,}000 trips')).toBe('10,000 trips');
  });

  it('colours are dropped', () => {
    expect(renderTexText('{\\color[RGB]{175,36,67}{LCLM}} \\textcolor{red}{x}')).toBe('LCLM x');
  });
});

describe('signs and spaces', () => {
  it.each([
    ['50\\% \\& \\$5 \\#1 a\\_b \\{c\\}', '50% & $5 #1 a_b {c}'],
    ['about 50% of it % not a comment', 'about 50% of it % not a comment'],
    ['Theorem~1 by Li~et~al.\\@~\\cite{Li21}', 'Theorem 1 by Li et al. [Li21]'],
    ['of ~1.5B (~50%) by ~ 5x over 10~40 MeV', 'of ~1.5B (~50%) by ~ 5x over 10~40 MeV'],
    ['pages 3--5 --- and A--B', 'pages 3–5 — and A–B'],
    ['run it with --flag or --dry-run', 'run it with --flag or --dry-run'],
    ["``quotes'' and `single' ones, Peng's", "“quotes” and ‘single’ ones, Peng's"],
    [
      'e.g.\\ rain, 14\\,FPS, hom\\-o\\-morphism, i.i.d.\\@ data',
      'e.g. rain, 14 FPS, homomorphism, i.i.d. data',
    ],
    ['\\LaTeX and \\TeX{}, \\copyright, \\S 3, \\dag', 'LaTeX and TeX, ©, § 3, †'],
    ['1, \\dots, n \\textendash\\ \\textgreater 3', '1, …, n – > 3'],
    ['\\textasciitilde50,000 it\\textquotesingle s', "~50,000 it's"],
    [
      'strategies (\\eg, average pool), \\ie, the rest \\etc.',
      'strategies (e.g., average pool), i.e., the rest etc.',
    ],
    ['  two\nlines   here ', 'two lines here'],
  ])('%s reads %s', (raw, expected) => {
    expect(renderTexText(raw)).toBe(expected);
  });

  it('a tie is a no-break space in HTML', () => {
    expect(renderTexHtml('Theorem~1')).toBe('Theorem\u00a01');
  });

  it('a path and an escaped character are no commands', () => {
    expect(renderTexText('in C:\\Users\\me\\file.txt')).toBe('in C:\\Users\\me\\file.txt');
    expect(renderTexText('split at "\\n" only')).toBe('split at "\\n" only');
  });
});

describe('paragraphs and lists', () => {
  it('an empty line and a line that begins with two blanks start a paragraph', () => {
    expect(renderTexHtml('One.\n\nTwo.\n  Three\nfour.')).toBe(
      'One.<br><br>Two.<br><br>Three four.',
    );
    expect(renderTexText('One.\n\nTwo.', { breaks: true })).toBe('One.\n\nTwo.');
    expect(renderTexText('One.\n\nTwo.')).toBe('One. Two.');
  });

  it('a title wrapped by arXiv stays on one line', () => {
    expect(renderTexHtml('A title\n  goes on', { breaks: false })).toBe('A title goes on');
  });

  it('a double backslash breaks the line', () => {
    expect(renderTexHtml('corpora. \\\\ \\textbf{Results}')).toBe(
      'corpora.<br><strong>Results</strong>',
    );
  });

  it('lists become lines with bullets or numbers', () => {
    const raw = 'We \\begin{itemize}\\item see \\item go\\end{itemize} on.';
    expect(renderTexHtml(raw)).toBe('We<br>• see<br>• go<br>on.');
    expect(renderTexText(raw, { breaks: true })).toBe('We\n• see\n• go\non.');
    expect(renderTexText('\\begin{enumerate}\\item a \\item b\\end{enumerate}')).toBe('1. a 2. b');
  });
});

describe('formulas in running text', () => {
  it.each([
    ['L_{1} and d^{0.75}', 'L<sub>1</sub> and d<sup>0.75</sup>', 'L_1 and d^0.75'],
    [
      'O(n^2) in R^d, g_A',
      'O(n<sup>2</sup>) in R<sup>d</sup>, g<sub>A</sub>',
      'O(n^2) in R^d, g_A',
    ],
    ['10^{-3} x_{n+1}', '10<sup>−3</sup> x<sub>n+1</sub>', '10^-3 x_(n+1)'],
    ['Fe_{\\text{50}}', 'Fe<sub>50</sub>', 'Fe_50'],
    ['k \\geq 2, S \\times T', 'k ≥ 2, S × T', 'k ≥ 2, S × T'],
    ['\\beta-VAE \\sim 5 \\pm 1', 'β-VAE ~ 5 ± 1', 'β-VAE ~ 5 ± 1'],
    ['\\chi^2_\\nu, q^{\\pm 1}', 'χ<sup>2</sup><sub>ν</sub>, q<sup>± 1</sup>', 'χ^2_ν, q^(± 1)'],
    ['25^{\\circ}C, 90^\\circ', '25°C, 90°', '25°C, 90°'],
    ['A \\not\\in B, a \\not= b', 'A ∉ B, a ≠ b', 'A ∉ B, a ≠ b'],
  ])('%s', (raw, html, text) => {
    expect(renderTexHtml(raw)).toBe(html);
    expect(renderTexText(raw)).toBe(text);
  });

  it.each(['k_means', 'io_uring', 'arxiv2026_evaluation_meta', 'STT_MRAMs', 'P4_16', '__init__'])(
    'the identifier %s stays as it is',
    (name) => {
      expect(renderTexHtml(`see ${name} here`)).toBe(`see ${name} here`);
    },
  );

  it('structure outside dollars becomes a formula', () => {
    const raw = 'b\\log a<\\frac{4\\pi}{2n+\\alpha}, in \\mathbb{R}^d';
    expect(renderTexHtml(raw)).toContain('<mfrac>');
    expect(renderTexText(raw)).toBe('blog a<4π/(2n+α), in ℝ^d');
  });
});

describe('formulas', () => {
  it.each([
    ['$L_{1}$', 'L_1'],
    ['$\\mathcal{O}(n\\log n)$', 'O(n log n)'],
    ['$\\alpha$', 'α'],
    ['$x^2$', 'x^2'],
    ['$3\\times 3$', '3×3'],
    ['$a\\leq b$', 'a ≤ b'],
    ['$\\mathbb{R}^d$', 'ℝ^d'],
    ['$\\sqrt{n}$ and $\\frac{1}{2}$', '√n and 1/2'],
    ['$\\frac{a+b}{c}$', '(a+b)/c'],
    ['$\\text{TC}^0$', 'TC^0'],
    ['$\\hat{x}$', 'x̂'],
    ['$x_{n+1}$', 'x_(n+1)'],
    ['$A_2^{(1)}$', 'A_2^(1)'],
    ['$f\\colon X\\to Y$', 'f: X → Y'],
    ['\\(k\\) and \\[ E = mc^2 \\]', 'k and E = mc^2'],
    ['$90^\\circ$', '90°'],
    ['$\\left(\\frac{a}{b}\\right)$', '(a/b)'],
    ['$a\\,(b)$', 'a (b)'],
    ['$\\Hom(A,B)$', 'Hom(A,B)'],
    ['$5\\%$', '5%'],
  ])('%s is %s in text', (raw, expected) => {
    expect(renderTexText(raw)).toBe(expected);
  });

  it('MathML has no styles, no source and no wrapper', () => {
    const html = renderTexHtml(
      '$\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\color{red}{x}_i$',
    );
    expect(html).toMatch(/^<math><mrow>/);
    expect(html).not.toMatch(/ style=|class=|color=|annotation|semantics|<span/);
  });

  it('alphabets are characters, because browsers ignore mathvariant', () => {
    const html = renderTexHtml('$\\mathbb{R}\\mathcal{O}\\mathbf{x}\\mathfrak{g}\\mathcal{L}$');
    expect(seen(html)).toBe('ℝ𝒪𝐱𝔤ℒ');
    expect(html).not.toContain('mathvariant');
  });

  it('numbers and signs need no MathML', () => {
    expect(renderTexHtml('$50\\%$ and $2.5\\times$ at $\\sim$20, $-3$')).toBe(
      '50% and 2.5× at ~20, −3',
    );
    expect(renderTexHtml('Reading $\\neq$ Seeing, PM$_{2.5}$')).toBe(
      'Reading ≠ Seeing, PM<sub>2.5</sub>',
    );
    expect(renderTexHtml('cm$^2$, $^{87}$Rb, H$_2$O')).toBe(
      'cm<sup>2</sup>, <sup>87</sup>Rb, H<sub>2</sub>O',
    );
  });

  it('text between dollars is text', () => {
    expect(renderTexHtml('$\\textbf{first}$ and $\\textit{second}$')).toBe(
      '<strong>first</strong> and <em>second</em>',
    );
  });

  it('a displayed formula stands on its own, but not in a title', () => {
    for (const raw of ['$$x+y$$', '\\[x+y\\]', '\\begin{equation}x+y\\end{equation}']) {
      expect(renderTexHtml(raw)).toContain('<math display="block">');
      expect(renderTexHtml(raw, { breaks: false })).not.toContain('display="block"');
    }
    const aligned = '\\begin{align} a &= b \\label{1} \\\\ c &= d \\nonumber \\end{align}';
    expect(renderTexHtml(aligned)).toContain('<mtable');
    expect(renderTexHtml('\\begin{eqnarray} a &=& b \\end{eqnarray}')).toContain('<mtable');
  });

  it.each([
    '\\R^n \\RR \\cF \\bW \\bbZ',
    '\\mathbbm{1} \\mathds{R}',
    '\\textsc{Max} \\mbox{if } \\ensuremath{x} \\xspace',
    '\\Hom(A,B) \\poly(n) \\myOwnMacro',
    '5% of x',
    'x^a^b',
    '\\left( x',
    'a & b',
    '{a',
    '\\tilde \\mathbb{G}',
    '\\unicode{x2013}x',
    '\\eps \\to 0',
    's\\si_g',
    '\\H \\c \\d',
  ])('the author’s own %s is set by KaTeX', (source) => {
    const html = renderTexHtml(`$${source}$`);
    expect(html).toContain('<math>');
    expect(html).not.toContain('class="tex"');
    expect(seen(html)).not.toContain('\\');
  });

  it('what KaTeX refuses shows its source as code', () => {
    expect(renderTexHtml('$\\xymatrix{A \\ar[r] & B<}$')).toMatch(
      /<math>|<code class="tex">\\xymatrix\{A \\ar\[r\] &amp; B&lt;\}<\/code>/,
    );
    expect(renderTexHtml('$\\def\\a{b}\\a$')).toBe('<code class="tex">\\def\\a{b}\\a</code>');
  });
});

describe('dollars', () => {
  it.each([
    'it costs $5 for one',
    'costs $100 and $200 a month',
    'from $5/$10 to $15 per million tokens',
    'raised $148K in 2020 and $2M in 2021',
    'the native $ISEK token and nothing else',
    'US$ 5 and US$ 10 per hour',
  ])('the price stays: %s', (raw) => {
    expect(renderTexHtml(raw)).toBe(raw);
    expect(renderTexText(raw)).toBe(raw);
  });

  it('a price does not swallow the formulas behind it', () => {
    const html = renderTexHtml('it costs $5 in total, and $n$ or $\\$0.0007$ each, \\$3');
    expect(seen(html)).toBe('it costs $5 in total, and n or $0.0007 each, $3');
    expect(html.match(/<math>/g)).toHaveLength(1);
  });

  it('formulas that begin with a digit are formulas', () => {
    expect(renderTexHtml('$2^n$ and $3 mm$ and $1/t$')).not.toContain('$');
    expect(renderTexText('$\\sim$$20$')).toBe('~20');
  });
});

describe('links', () => {
  const link = (href: string, text = href) =>
    `<a href="${href}" rel="noopener nofollow">${text}</a>`;

  it('a bare address links without the punctuation around it', () => {
    expect(renderTexHtml('at https://a.org/x_y--z. (See http://b.org/f(1).)')).toBe(
      `at ${link('https://a.org/x_y--z')}. (See ${link('http://b.org/f(1)')}.)`,
    );
  });

  it('TeX inside an address is undone', () => {
    expect(renderTexHtml('https://g.com/SSL\\_C\\%20x/\\~{}me and http://v.edu/~jap/')).toBe(
      `${link('https://g.com/SSL_C%20x/~me')} and ${link('http://v.edu/~jap/')}`,
    );
    expect(renderTexHtml('\\url{https://g.com/a\\_b~c}')).toBe(link('https://g.com/a_b~c'));
  });

  it('href links its text, and a link within it does not nest', () => {
    expect(renderTexHtml('\\href{https://a.org}{\\textbf{here}}.')).toBe(
      `${link('https://a.org', '<strong>here</strong>')}.`,
    );
    expect(renderTexHtml('\\href{https://a.org/x_y}{\\texttt{https://a.org/x_y}}')).toBe(
      link('https://a.org/x_y', '<code>https://a.org/x_y</code>'),
    );
    expect(renderTexHtml('\\href{github.com/a/b}{code}')).toBe(
      link('https://github.com/a/b', 'code'),
    );
  });

  it('plain text keeps the address of a link that does not show it', () => {
    expect(renderTexText('\\href{https://a.org}{here}')).toBe('here (https://a.org)');
    expect(renderTexText('\\href{https://a.org/}{https://a.org}')).toBe('https://a.org');
  });

  it('links can be turned off', () => {
    expect(renderTexHtml('\\href{https://a.org}{a} https://b.org', { links: false })).toBe(
      'a https://b.org',
    );
  });

  it('a footnote goes into parentheses, a citation into brackets', () => {
    expect(renderTexText('public\\footnote{https://a.org/b}.')).toBe('public (https://a.org/b).');
    expect(renderTexText('by~\\citep{a, b} in \\cite{PZ1}')).toBe('by [a, b] in [PZ1]');
  });
});

describe('unknown commands', () => {
  it('an argument is kept, a bare name stands for the word it was', () => {
    expect(renderTexText('\\rev{41} participants use \\gls{clvqvae}')).toBe(
      '41 participants use clvqvae',
    );
    expect(renderTexText('we propose \\method, and \\ours{} is best')).toBe(
      'we propose method, and ours is best',
    );
    expect(renderTexText('{\\small \\noindent Fine}')).toBe('Fine');
  });
});

describe('hasTexMath', () => {
  it('is true only where KaTeX has to run', () => {
    expect(hasTexMath('$x^2$')).toBe(true);
    expect(hasTexMath('\\[x\\]')).toBe(true);
    expect(hasTexMath('\\frac{1}{2}')).toBe(true);
    for (const raw of ['plain', '$50\\%$', '\\textbf{b}', 'costs $5', "R\\'enyi", 'L_{1}']) {
      expect(hasTexMath(raw)).toBe(false);
    }
  });
});

describe('hostile input', () => {
  it.each([
    '<script>alert(1)</script>',
    '\\textbf{<img src=x onerror=alert(1)>}',
    '\\href{javascript:alert(1)}{x}',
    '\\href{ java\nscript:alert(1)}{x}',
    '\\href{data:text/html,<script>}{x}',
    '\\url{https://a.org/"onmouseover="alert(1)}',
    "\\url{https://a.org/'onmouseover='alert(1)}",
    'https://a.org/"><script>alert(1)</script>',
    '\\url{javascript:alert(1)}',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\htmlStyle{color:red}{x} \\htmlClass{a}{b}$',
    '$\\text{<script>}$ $\\includegraphics{javascript:x}$',
    '$<script>alert(1)</script>$',
    '\\cite{<b>} \\verb|<b>| \\footnote{<b>}',
    '$\\unicode{x3c}script\\unicode{x3e}$',
    '\\begin{<b>}x\\end{<b>}',
  ])('%s is harmless', (raw) => {
    const html = renderTexHtml(raw);
    const tags = html.match(/<\/?[a-z]+/gi) ?? [];
    const allowed =
      /^<\/?(?:em|strong|code|sup|sub|a|br|math|m(?:row|i|n|o|text|space|sup|sub|frac|style|table|tr|td|over|under))$/;
    for (const tag of tags) expect(tag).toMatch(allowed);
    expect(html.replace(/"[^"]*"/g, '')).not.toMatch(/<[^>]* (?:on[a-z]+|style)=/i);
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:/);
  });

  it('every pair and triple of special characters is taken', () => {
    for (const a of CYCLE) {
      for (const b of CYCLE) {
        for (const c of [...CYCLE, '\\"', '\\begin{', '\\(', '\\href{', 'https://']) {
          const raw = `x${a}${b}${c}y`;
          expect(() => [renderTexHtml(raw), renderTexText(raw), hasTexMath(raw)]).not.toThrow();
        }
      }
    }
  });

  it.each([
    ['braces', '{'.repeat(100_000)],
    ['nested braces', `${'{'.repeat(10_000)}x${'}'.repeat(10_000)}`],
    ['nested emphasis', `${'\\emph{'.repeat(10_000)}x${'}'.repeat(10_000)}`],
    ['nested fractions', `$${'\\frac{'.repeat(200)}x${'}'.repeat(200)}$`],
    ['nested text fractions', '\\frac{'.repeat(10_000)],
    ['dollars', '$'.repeat(10_001)],
    ['spaced dollars', '$ '.repeat(50_000)],
    ['formulas', '$x$ '.repeat(10_000)],
    ['failing formulas', '$\\frac$ '.repeat(2000)],
    ['backslashes', '\\'.repeat(100_000)],
    ['openers', '\\('.repeat(50_000)],
    ['environments', '\\begin{equation}'.repeat(6000)],
    ['different environments', Array.from({ length: 9 }, () => '\\begin{align}x').join('')],
    ['accents', "\\'".repeat(50_000)],
    ['accented braces', '\\"{'.repeat(30_000)],
    ['scripts', 'x^_'.repeat(30_000)],
    ['addresses', 'https://'.repeat(12_000)],
    ['words http', 'http '.repeat(20_000)],
    ['addresses in prose', 'http://a.org is '.repeat(6000)],
    ['brackets behind an address', `https://a.org/${')'.repeat(100_000)}`],
    ['backticks', '`'.repeat(99_999)],
    ['quotations', "`a'b ".repeat(20_000)],
    ['hyphens', 'a -- b'.repeat(16_000)],
    ['ties', '~'.repeat(100_000)],
    ['line ends', '\n'.repeat(100_000)],
    ['blanks', ' '.repeat(100_000)],
    ['blanks in a formula', `$x${' '.repeat(100_000)}$`],
    ['definitions', '$\\def\\a{\\a\\a}\\a$ '.repeat(2000)],
    ['items', '\\item '.repeat(16_000)],
    ['citations', '\\cite{a'.repeat(14_000)],
    ['styled formulas', `${'\\textbf{$x$'.repeat(8000)}`],
  ])('100 kB of %s render in linear time', (_, raw) => {
    const start = performance.now();
    const html = renderTexHtml(raw);
    renderTexText(raw);
    hasTexMath(raw);
    expect(performance.now() - start).toBeLessThan(1500);
    expect(html.length).toBeLessThan(raw.length * 20 + 1000);
  });

  it('beyond its allowance of formulas a text shows their sources', () => {
    const html = renderTexHtml('$x_y$ '.repeat(1000));
    expect(html.match(/<math>/g)).toHaveLength(400);
    expect(html.match(/<code class="tex">x_y<\/code>/g)).toHaveLength(600);
  });
});
