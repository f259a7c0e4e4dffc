const MAX_OPTION_CHARS = 200;

/** A place in a TeX source, with the lookahead that every part of the parser needs. */
export class Reader {
  readonly source: string;
  at = 0;
  /** A closing dollar to pass over, because the formula turned out to be text. */
  dollarToSkip = -1;
  /** Where the single quotation that was opened last ends. */
  closingQuote = -1;
  /** The lists that are open: the next number, or undefined for bullets. */
  readonly lists: ({ next: number } | undefined)[] = [];
  readonly #closers: Int32Array | undefined;
  readonly #unclosed = new Set<string>();

  constructor(source: string) {
    this.source = source;
    this.#closers = source.includes('{') ? findClosers(source) : undefined;
  }

  /** The character at a distance, empty beyond the ends. */
  peek(distance = 0): string {
    return this.source[this.at + distance] ?? '';
  }

  /** The match of a sticky pattern here, passed over. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match) this.at += match[0].length;
    return match;
  }

  takeName(): string {
    return this.take(/[A-Za-z]+/y)?.[0] ?? '';
  }

  skipBlanks(): void {
    this.take(/[ \t\n]+/y);
  }

  /** Where the brace at `at` closes, -1 where there is none or it does not. */
  closerAt(at = this.at): number {
    return this.source[at] === '{' ? (this.#closers?.[at] ?? -1) : -1;
  }

  /** Whether a braced argument follows, with its brace then passed over. */
  enterArgument(): boolean {
    const start = this.at;
    this.skipBlanks();
    if (this.closerAt() < 0) {
      this.at = start;
      return false;
    }
    this.at += 1;
    return true;
  }

  /** The source of a braced argument, passed over. */
  takeArgument(): string | undefined {
    const start = this.at;
    this.skipBlanks();
    const end = this.closerAt();
    if (end < 0) {
      this.at = start;
      return undefined;
    }
    const argument = this.source.slice(this.at + 1, end);
    this.at = end + 1;
    return argument;
  }

  skipOption(): void {
    if (this.peek() !== '[') return;
    const length = this.source.slice(this.at, this.at + MAX_OPTION_CHARS).indexOf(']');
    if (length > 0) this.at += length + 1;
  }

  /** The next `closer`; looked for again only while there is one, so that looking stays linear. */
  findEnd(closer: string, from: number): number {
    if (this.#unclosed.has(closer)) return -1;
    const end = this.source.indexOf(closer, from);
    if (end < 0) this.#unclosed.add(closer);
    return end;
  }
}

/** For every opening brace the index of its closing one, -1 without; escaped braces do not count. */
function findClosers(source: string): Int32Array {
  const closers = new Int32Array(source.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '{') open.push(at);
    else if (character === '}') {
      const start = open.pop();
      if (start !== undefined) closers[start] = at;
    }
  }
  return closers;
}
