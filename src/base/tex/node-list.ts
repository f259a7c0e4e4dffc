import type { Tag, TexNode } from './nodes.ts';

/** Styles deeper than this are not opened: no reader can tell them apart. */
const MAX_OPEN_TAGS = 32;
/** Stands for a formula where the last visible character is asked for. */
const FORMULA_MARK = '\u200b';

type Group = { tags: (Tag | 'link')[]; isCode: boolean; suffix: string };

/** Collects nodes; collapses white space across them and drops styles around nothing. */
export class NodeList {
  readonly #nodes: TexNode[] = [];
  readonly #groups: Group[] = [{ tags: [], isCode: false, suffix: '' }];
  #openTags = 0;
  #isInLink = false;
  /** The last visible character, or `\n` at the start of a line. */
  last = '\n';

  get isCode(): boolean {
    return this.#groups[this.#groups.length - 1]?.isCode ?? false;
  }

  get isInLink(): boolean {
    return this.#isInLink;
  }

  text(text: string): void {
    let clean = /[\t\n\r\f\v]| {2}/.test(text) ? text.replace(/[ \t\n\r\f\v]+/g, ' ') : text;
    if (isBlank(this.last)) clean = clean.replace(/^[ \u00a0\u202f]+/, '');
    if (clean === '') return;
    this.last = clean[clean.length - 1] as string;
    const tail = this.#nodes[this.#nodes.length - 1];
    if (tail?.kind === 'text') tail.text += clean;
    else this.#nodes.push({ kind: 'text', text: clean });
  }

  /** Text in one style. */
  styled(tag: Tag, text: string): void {
    const isOpen = this.#open(tag);
    this.text(text);
    if (isOpen) this.#close(tag);
  }

  formula(source: string, isDisplay: boolean): void {
    const trimmed = source.trim();
    if (trimmed === '') return;
    this.#nodes.push({ kind: 'formula', source: trimmed, isDisplay });
    this.last = FORMULA_MARK;
  }

  /** An address as its own text. */
  link(href: string): void {
    const isOpen = this.#openLink(href);
    this.text(href);
    if (isOpen) this.#close('link');
  }

  openGroup(tags: readonly Tag[] = [], suffix = ''): void {
    const isCode = tags.includes('code') || this.isCode;
    this.#groups.push({ tags: tags.filter((tag) => this.#open(tag)), isCode, suffix });
  }

  /** A group that is the text of a link; a link within a link is plain text. */
  openLinkGroup(href: string | undefined): void {
    const isOpen = href !== undefined && this.#openLink(href);
    this.openGroup();
    if (isOpen) this.#groups[this.#groups.length - 1]?.tags.push('link');
  }

  /** Ends the innermost group; a closing brace too many does nothing. */
  closeGroup(): void {
    if (this.#groups.length > 1) this.#endGroup();
  }

  /** A style from here to the end of the group. */
  switchTo(tags: readonly Tag[]): void {
    const group = this.#groups[this.#groups.length - 1];
    if (group === undefined) return;
    group.tags.push(...tags.filter((tag) => this.#open(tag)));
    if (tags.includes('code')) group.isCode = true;
  }

  /** A line break or paragraph; nothing at the start, and the stronger of two that meet. */
  separate(kind: 'break' | 'paragraph'): void {
    this.#trimEnd();
    const tail = this.#nodes[this.#nodes.length - 1];
    if (tail === undefined || tail.kind === 'paragraph') return;
    if (tail.kind !== 'break') this.#nodes.push({ kind });
    else if (kind === 'paragraph') this.#nodes[this.#nodes.length - 1] = { kind };
    this.last = '\n';
  }

  finish(): TexNode[] {
    while (this.#groups.length > 0) this.#endGroup();
    for (;;) {
      this.#trimEnd();
      const kind = this.#nodes[this.#nodes.length - 1]?.kind;
      if (kind !== 'break' && kind !== 'paragraph') return this.#nodes;
      this.#nodes.pop();
    }
  }

  #endGroup(): void {
    const group = this.#groups.pop();
    if (group === undefined) return;
    if (group.suffix !== '') this.text(group.suffix);
    for (const tag of group.tags.reverse()) this.#close(tag);
  }

  /** False where the style was left out, and must not be closed. */
  #open(tag: Tag): boolean {
    if (this.#openTags >= MAX_OPEN_TAGS) return false;
    this.#openTags += 1;
    this.#nodes.push({ kind: 'open', tag });
    return true;
  }

  #openLink(href: string): boolean {
    if (this.#isInLink || this.#openTags >= MAX_OPEN_TAGS) return false;
    this.#openTags += 1;
    this.#isInLink = true;
    this.#nodes.push({ kind: 'open', tag: 'link', href });
    return true;
  }

  #close(tag: Tag | 'link'): void {
    this.#openTags -= 1;
    if (tag === 'link') this.#isInLink = false;
    const tail = this.#nodes[this.#nodes.length - 1];
    if (tail?.kind === 'open' && tail.tag === tag) this.#nodes.pop();
    else this.#nodes.push({ kind: 'close', tag });
  }

  #trimEnd(): void {
    const tail = this.#nodes[this.#nodes.length - 1];
    if (tail?.kind !== 'text') return;
    tail.text = tail.text.replace(/[ \u00a0\u202f]{1,2}$/, '');
    if (tail.text === '') this.#nodes.pop();
  }
}

function isBlank(character: string): boolean {
  return (
    character === ' ' || character === '\n' || character === '\u00a0' || character === '\u202f'
  );
}
