import katex from 'katex';
import { styleLetter } from './formula-letters.ts';
import { FORMULA_MACROS } from './formula-macros.ts';
import { findUnknownCommand, mendFormula, prepareFormula, standIn } from './formula-source.ts';

/** One text's allowance of KaTeX runs; a formula that needs mending takes several. */
export const MAX_KATEX_RUNS = 400;
/** Longer ones show their source. */
const MAX_FORMULA_CHARS = 1500;
const MAX_RUNS_PER_FORMULA = 8;
const MAX_EXPANSIONS = 500;
const MAX_SIZE_EM = 10;
const MAX_MATHML_CHARS = 100_000;
/** KaTeX marks with this colour what it will not do for untrusted input. */
const REFUSED = '#c0ffee';
const DEFINITION =
  /\\(?:[gex]?def|let|futurelet|global|(?:re|provide)?newcommand|providecommand|renewcommand|char|htmlClass|htmlId|htmlStyle|htmlData)(?![A-Za-z])/;

export type Budget = { katexRuns: number };

/**
 * A formula as MathML without inline styles or source annotation; undefined where KaTeX refuses it
 * or the text has used up its budget, which the call reduces.
 */
export function renderMathml(
  source: string,
  isDisplay: boolean,
  budget: Budget,
): string | undefined {
  if (source.length > MAX_FORMULA_CHARS || DEFINITION.test(source)) return undefined;
  const macros: Record<string, string> = { ...FORMULA_MACROS };
  let text = prepareFormula(source);
  for (let run = 0; run < MAX_RUNS_PER_FORMULA && budget.katexRuns > 0; run += 1) {
    budget.katexRuns -= 1;
    try {
      return toMathml(renderKatex(text, isDisplay, macros), isDisplay);
    } catch (error) {
      if (!(error instanceof Error)) return undefined;
      const message = error.message.replace(/^KaTeX parse error: /, '').replace(/\u0332/g, '');
      const command = findUnknownCommand(message);
      if (command !== undefined && macros[command] !== standIn(command)) {
        macros[command] = standIn(command);
      } else {
        const mended = mendFormula(text, message);
        if (mended === undefined && !dropOwnMacros(macros, text)) return undefined;
        text = mended ?? text;
      }
    }
  }
  return undefined;
}

/** Where `\si` is no unit but some author's σ, its name is better than nothing; false if known. */
function dropOwnMacros(macros: Record<string, string>, source: string): boolean {
  let isChanged = false;
  for (const command of source.match(/\\[A-Za-z]+/g) ?? []) {
    if (!Object.hasOwn(FORMULA_MACROS, command) || macros[command] === standIn(command)) continue;
    macros[command] = standIn(command);
    isChanged = true;
  }
  return isChanged;
}

function renderKatex(source: string, isDisplay: boolean, macros: Record<string, string>): string {
  return katex.renderToString(source, {
    output: 'mathml',
    displayMode: isDisplay || source.includes('\\begin{'),
    throwOnError: true,
    errorColor: REFUSED,
    strict: 'ignore',
    trust: false,
    maxExpand: MAX_EXPANSIONS,
    maxSize: MAX_SIZE_EM,
    macros: { ...macros },
  });
}

const SEMANTICS = /<semantics>([\s\S]*?)<annotation [\s\S]*<\/semantics>/;
const INLINE_ATTRIBUTES = / (?:style|class|mathcolor|mathbackground|href|id)="[^"]*"/g;
const STYLED_TOKEN = /<(mi|mn|mo|mtext) mathvariant="([a-z-]+)"([^>]*)>([^<]*)</g;
const TEXT_STYLES: Record<string, string> = { bold: 'strong', italic: 'em', monospace: 'code' };

function toMathml(html: string, isDisplay: boolean): string | undefined {
  const body = SEMANTICS.exec(html)?.[1];
  if (body === undefined || body.includes(REFUSED) || body.length > MAX_MATHML_CHARS) {
    return undefined;
  }
  const clean = body.replace(INLINE_ATTRIBUTES, '').replace(STYLED_TOKEN, styleToken);
  return `<math${isDisplay ? ' display="block"' : ''}>${clean}</math>`;
}

function styleToken(
  whole: string,
  tag: string,
  variant: string,
  attributes: string,
  content: string,
): string {
  if (variant === 'normal') return whole;
  if (tag === 'mtext') {
    const style = TEXT_STYLES[variant];
    const styled = style ? `<${style}>${content}</${style}>` : content;
    return `<mtext${attributes}>${styled}<`;
  }
  const letters = content.replace(/&\w+;|[\s\S]/gu, (one) =>
    one.length > 2 ? one : styleLetter(one, variant),
  );
  return `<${tag}${attributes}>${letters}<`;
}
