// Mends a formula's source for KaTeX: abstracts hold TeX that no compiler has ever seen.

const MATHJAX_CHARACTER = /\\unicode\s*\{\s*x?([0-9A-Fa-f]{1,6})\s*\}/g;
const ENVIRONMENTS: readonly [RegExp, string][] = [
  [/\\(begin|end)\{(equation|align|gather|alignat|flalign)\}/g, '\\$1{$2*}'],
  [/\\(begin|end)\{flalign\*\}/g, '\\$1{align*}'],
  [/\\(begin|end)\{multline\*?\}/g, '\\$1{gather*}'],
  [/\\(begin|end)\{(?:displaymath|math|subequations)\}/g, ''],
  [/\\begin\{eqnarray\*?\}/g, '\\begin{array}{rcl}'],
  [/\\end\{eqnarray\*?\}/g, '\\end{array}'],
  [/\\(begin|end)\{inlinemath\}/g, ''],
];
const STRAY_SIGN = /(^|[^\\])([%#])/g;

/** `\tilde \mathbb{G}`: an accent takes one token only, which would be the font without its letter. */
const UNBRACED_FONT =
  /(\\(?:hat|tilde|bar|vec|dot|ddot|check|breve|acute|grave|wide(?:hat|tilde)|overline|underline))\s*(\\(?:math[a-z]+|bm|boldsymbol)\s*(?:\{[^{}]*\}|[A-Za-z]))/g;

/** The source with what can be told beforehand: a bare `%` is a sign here, not a comment. */
export function prepareFormula(source: string): string {
  let text = source.replace(MATHJAX_CHARACTER, (_, code: string) => characterOf(code));
  text = text.replace(STRAY_SIGN, '$1\\$2').replace(STRAY_SIGN, '$1\\$2');
  text = text.replace(/\n\s*\n/g, ' ').replace(UNBRACED_FONT, '$1{$2}');
  if (text.includes('\\begin')) {
    for (const [pattern, replacement] of ENVIRONMENTS) text = text.replace(pattern, replacement);
  }
  return text;
}

function characterOf(code: string): string {
  const point = Number.parseInt(code, 16);
  return point > 0x1f && point <= 0x10ffff ? String.fromCodePoint(point) : '';
}

/** The name of the command that KaTeX does not know, or knows for text only. */
export function findUnknownCommand(message: string): string | undefined {
  return /(?:Undefined control sequence: |Can't use function '|Expected 'EOF', got '|argument to '|Got function ')(\\(?:[A-Za-z@]+|.))/.exec(
    message,
  )?.[1];
}

/** What to show for an unknown command: one letter in italics, a word upright. */
export function standIn(command: string): string {
  const name = command.slice(1);
  if (/^[A-Za-z]$/.test(name)) return `{${name}}`;
  return /^[A-Za-z]+$/.test(name) ? `\\operatorname{${name}}` : '';
}

/** A repair for what KaTeX complained about; undefined where there is none. */
export function mendFormula(source: string, message: string): string | undefined {
  const mended = applyMend(source, message);
  return mended === source ? undefined : mended;
}

function applyMend(source: string, message: string): string {
  if (message.startsWith("Expected 'EOF', got '&'")) return source.replace(/(^|[^\\])&/g, '$1\\&');
  if (/^Double (?:super|sub)script/.test(message)) return separateScript(source, message);
  if (/\\left|\\right|delimiter/.test(message)) {
    return source.replace(/\\(?:left|right|middle)(?![A-Za-z])\s*\.?/g, '');
  }
  if (/^Limit controls/.test(message)) return source.replace(/\\(?:no)?limits(?![A-Za-z])/g, '');
  if (/^No such environment|\\begin|\\end/.test(message)) {
    return source.replace(/\\(?:begin|end)\s*\{[^{}]*\}(?:\{[lcr|]*\})?/g, '').replace(/&/g, '');
  }
  if (/^Expected group after '[\^_]'/.test(message)) {
    return source.replace(/([\^_])(?=\s*(?:$|[\^_)}\]]))/g, '$1{}');
  }
  if (/got '}'|'}', got 'EOF'|Unexpected end|end of input/.test(message)) return balance(source);
  return source.replace(/\\$/, '').replace(/(^|[^\\])\$/g, '$1');
}

function separateScript(source: string, message: string): string {
  const position = Number(/at position (\d+)/.exec(message)?.[1]);
  if (!Number.isInteger(position) || position < 1) return source;
  return `${source.slice(0, position - 1)}{}${source.slice(position - 1)}`;
}

/** Drops closing braces without an opening one and closes what is left open. */
function balance(source: string): string {
  let depth = 0;
  let text = '';
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] as string;
    if (character === '\\') {
      text += source.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (character === '{') depth += 1;
    if (character === '}') {
      if (depth === 0) continue;
      depth -= 1;
    }
    text += character;
  }
  return text + '}'.repeat(depth);
}
