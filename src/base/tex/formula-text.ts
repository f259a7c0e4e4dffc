// A formula as readable text: for search, mail and the API, and on pages where it needs no MathML.
import { isFormulaMark, markFormulaLetter } from './accents.ts';
import { prepareFormula } from './formula-source.ts';
import {
  FUNCTIONS,
  findDoubleStruck,
  findMathSign,
  LETTERS,
  OPERATORS,
  RELATIONS,
  TEXT_SIGNS,
} from './symbols.ts';

const PLAIN_FORMULA =
  /^(?:[\d.,:+\-/%()\s<>=~×±≈≤≥→–−]|\\%|\\(?:times|sim|pm|approx|geq?|leq?|to|neq?|infty|dagger|l?dots|uparrow|downarrow|(?:left|right|leftright|Right)arrow)(?![A-Za-z])|\\[,;:! $#]|\{,\}|\^\{?\\circ\}?)+$/;

/** A formula of numbers and signs, `50\%`, `\sim 3.5\times`, as text; undefined for others. */
export function findPlainFormula(source: string): string | undefined {
  if (!PLAIN_FORMULA.test(source)) return undefined;
  return renderFormulaText(source).replace(/-/g, '−');
}

/** Deeper groups are read as if their braces were not there. */
const MAX_DEPTH = 40;
const TOKEN = /\\[A-Za-z]+\*?|\\[\s\S]|\s+|[\s\S]/uy;
const FONTS =
  /^(?:math(?:cal|bf|frak|scr|rm|sf|it|tt|ds|bbm|op|bin|rel|ord|normal)|boldsymbol|bm|pmb|frak|operatorname\*?|ensuremath|underline|overrightarrow|smash|Bbb|mathbb)$/;
const TEXTS = /^(?:text[a-z]*|mbox|hbox|emph|url|fbox)$/;
const IGNORED =
  /^(?:left|right|middle|[bB]igg?[lrm]?|displaystyle|textstyle|scriptstyle|limits|nolimits|rm|bf|it|tt|sf|sl|sc|cal|em|xspace|nonumber|notag|boldmath|mathstrut|protect|mit)$/;
const ARGUMENT_DROPPED = /^(?:label|tag|color|textcolor|hspace|vspace|mspace|mkern|kern)$/;

export function renderFormulaText(source: string): string {
  return new FormulaText(prepareFormula(source)).render();
}

class FormulaText {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  render(): string {
    let text = '';
    while (this.#at < this.#source.length) {
      text += this.#sequence();
      this.#at += 1;
    }
    return text.replace(/\s+/g, ' ').trim();
  }

  #peek(): string {
    TOKEN.lastIndex = this.#at;
    return TOKEN.exec(this.#source)?.[0] ?? '';
  }

  #take(): string {
    const token = this.#peek();
    this.#at += token.length;
    return token;
  }

  /** Up to the closing brace of the group, which stays. */
  #sequence(): string {
    const out = new Line();
    for (let token = this.#peek(); token !== '' && token !== '}'; token = this.#peek()) {
      this.#at += token.length;
      this.#append(out, token);
    }
    return out.text;
  }

  #append(out: Line, token: string): void {
    if (token === '{') out.add(this.#group());
    else if (token === '^' || token === '_') out.add(this.#script(token));
    else if (token.startsWith('\\')) this.#command(out, token.slice(1));
    else if (/^\s/.test(token)) out.blank();
    else if (token === '&' || token === '~') out.blank();
    else if (token !== '$') out.add(token);
  }

  /** The rest of a group whose brace has been read. */
  #group(): string {
    if (this.#depth >= MAX_DEPTH) return '';
    this.#depth += 1;
    const text = this.#sequence();
    this.#depth -= 1;
    if (this.#peek() === '}') this.#at += 1;
    return text.trim();
  }

  #argument(): string {
    let token = this.#take();
    if (/^\s/.test(token)) token = this.#take();
    if (token === '{') return this.#group();
    if (token === '}') {
      this.#at -= 1;
      return '';
    }
    if (this.#depth >= MAX_DEPTH) return '';
    const out = new Line();
    this.#depth += 1;
    this.#append(out, token);
    this.#depth -= 1;
    return out.text.trim();
  }

  #script(mark: string): string {
    const term = this.#argument();
    if (mark === '^' && term === '∘') return '°';
    if (mark === '^' && /^′+$/.test(term)) return term;
    return raiseText(mark, term);
  }

  #command(out: Line, name: string): void {
    const relation = RELATIONS.get(name);
    const operator = OPERATORS.get(name);
    if (TEXTS.test(name)) out.add(this.#text());
    else if (FONTS.test(name)) this.#font(out, name);
    else if (isFormulaMark(name)) out.add(markFormulaLetter(name, this.#argument()));
    else if (relation !== undefined) out.relation(relation);
    else if (operator !== undefined) this.#operator(out, operator);
    else if (FUNCTIONS.has(name)) out.word(name);
    else if (IGNORED.test(name)) this.#ignore(name);
    else {
      const sign = findMathSign(name) ?? LETTERS.get(name) ?? TEXT_SIGNS.get(name);
      if (sign !== undefined) out.add(sign);
      else this.#structure(out, name);
    }
  }

  #operator(out: Line, sign: string): void {
    if (/^\s/.test(this.#peek())) this.#take();
    out.operator(sign);
  }

  #font(out: Line, name: string): void {
    const term = this.#argument();
    if (/^(?:mathbb|Bbb|mathds|mathbbm)$/.test(name)) out.add(findDoubleStruck(term));
    else if (/^(?:operatorname|mathop)/.test(name) && /^[A-Za-z]{2}/.test(term)) out.word(term);
    else out.add(term);
  }

  #text(): string {
    const before = this.#at;
    const text = this.#argument();
    const source = this.#source.slice(before, this.#at);
    const lead = /^\s*\{\s/.test(source) ? ' ' : '';
    return lead + text + (/\s\}$/.test(source) ? ' ' : '');
  }

  #ignore(name: string): void {
    if (/^\s/.test(this.#peek())) this.#take();
    if (/^(?:left|right)$/.test(name) && this.#peek() === '.') this.#take();
  }

  #structure(out: Line, name: string): void {
    if (/^[dt]?frac$|^[sn]i?c?e?frac$/.test(name)) {
      out.add(`${bracketText(this.#argument())}/${bracketText(this.#argument())}`);
    } else if (name === 'sqrt') {
      this.#option();
      out.add(`√${bracketText(this.#argument())}`);
    } else if (/^[dt]?binom$/.test(name)) {
      out.add(`(${this.#argument()} choose ${this.#argument()})`);
    } else if (name === 'over') out.add('/');
    else if (name === 'choose') out.add(' choose ');
    else if (name === 'pmod') out.add(` (mod ${this.#argument()})`);
    else if (name === 'href') {
      this.#argument();
      out.add(this.#argument());
    } else if (/^x(?:right|left)arrow$/.test(name)) {
      this.#option();
      const label = this.#argument();
      out.relation(name === 'xrightarrow' ? '→' : '←');
      if (label !== '') out.add(`(${label}) `);
    } else if (/^(?:overset|underset|stackrel)$/.test(name)) {
      const label = this.#argument();
      out.add(`${this.#argument()}${label === '' ? '' : raiseText('^', label)}`);
    } else if (name === 'not') out.add(`${this.#argument()}\u0338`.normalize('NFC'));
    else if (name === 'begin' || name === 'end') {
      this.#argument();
      if (name === 'begin' && /^\{[lcr|@\s]*\}/.test(this.#source.slice(this.#at, this.#at + 20))) {
        this.#argument();
      }
      out.blank();
    } else if (ARGUMENT_DROPPED.test(name)) this.#argument();
    else this.#other(out, name);
  }

  #other(out: Line, name: string): void {
    if (name === '\\' || /^\s/.test(name)) out.blank();
    else if (/^q?quad$/.test(name) || name === 'space') out.blank();
    else if (/^[,;:>]$/.test(name)) out.blank();
    else if (name === '|') out.add('‖');
    else if (/^[%&$#_{}]$/.test(name)) out.add(name);
    else if (/^[A-Za-z]/.test(name)) {
      const hasArgument = this.#peek() === '{' && name.length > 2;
      if (hasArgument) out.add(this.#argument());
      else out.word(name.replace('*', ''));
    } else if (/^["'`^~=.]$/.test(name)) out.add(this.#argument());
  }

  #option(): void {
    if (this.#peek() !== '[') return;
    const end = this.#source.indexOf(']', this.#at);
    if (end > 0 && end - this.#at < 20) this.#at = end + 1;
  }
}

/** One level of a formula, with the blanks that make it readable. */
class Line {
  text = '';
  #isWord = false;
  #wantsBlank = false;

  add(term: string): void {
    if (term === '') return;
    if (this.#wantsBlank && !/^[\s),.;:\]}]/.test(term)) this.#space();
    else if (this.#isWord && /^[\p{L}\p{N}√]/u.test(term)) this.#space();
    this.#isWord = false;
    this.#wantsBlank = false;
    this.text += term;
  }

  blank(): void {
    if (this.text !== '') this.#space();
  }

  relation(sign: string): void {
    const isFirst = this.text.trim() === '';
    if (!isFirst) this.#space();
    this.text += sign;
    this.#isWord = false;
    this.#wantsBlank = !isFirst;
  }

  operator(sign: string): void {
    const isSpaced = this.text.endsWith(' ');
    this.add(sign);
    this.#wantsBlank = isSpaced;
  }

  word(word: string): void {
    if (/[\p{L}\p{N})\]]$/u.test(this.text)) this.#space();
    this.add(word);
    this.#isWord = true;
  }

  #space(): void {
    if (!this.text.endsWith(' ')) this.text += ' ';
  }
}

/** `x^2`, `x^(n+1)`; an ordinal's ending stays bare, `5th`. */
export function raiseText(mark: string, term: string): string {
  if (term === '') return '';
  if (mark === '^' && /^(?:st|nd|rd|th)$/.test(term)) return term;
  return /^[+\-−±]?[\p{L}\p{N}\p{M}.,'′*∞†‡⊤⊥∘]+$|^[^\p{L}\p{N}\s]$|^\([^()]*\)$/u.test(term)
    ? `${mark}${term}`
    : `${mark}(${term})`;
}

function bracketText(term: string): string {
  return /^[\p{L}\p{N}\p{M}.]*$/u.test(term) ? term : `(${term})`;
}
