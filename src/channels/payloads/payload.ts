// What the services' formats share.
import { truncateText } from '../../base/text.ts';
import { words } from '../../language/words.ts';
import type { PostContent, PostPaper } from '../post-content.ts';

/** JSON to be sent to a service. */
export type Payload = Record<string, unknown>;

const MAX_AUTHORS = 3;

/** `Ada Lovelace, Alan Turing and 3 more · 12 votes · 1 comment`, in at most 200 characters. */
export function bylineOf({ authors, votes, comments }: PostPaper): string {
  const names = authors.slice(0, MAX_AUTHORS).map((name) => truncateText(name, 40));
  const more = authors.length - names.length;
  const texts = words.channels.posts;
  const parts = [
    texts.authors(names, more),
    votes > 0 ? texts.votes(votes) : '',
    comments > 0 ? texts.comments(comments) : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Why to read it, by an editor or by its authors. */
export function gistOf({ introduction, abstract }: PostPaper): string {
  return introduction ?? abstract;
}

/** As much of a text as has at most `max` characters when it is escaped. */
export function fitEscaped(text: string, max: number, escaped: (text: string) => string): string {
  for (let room = max; room > 0; ) {
    const fitting = escaped(truncateText(text, room));
    if (fitting.length <= max) return fitting;
    // One sign becomes six at most.
    room -= Math.max(1, Math.ceil((fitting.length - max) / 6));
  }
  return '';
}

/** Lines of a list as far as they fit, and then how many were left out. */
export function fitLines(lines: string[], max: number, separator: string): string {
  const { more } = words.channels.posts;
  const room = max - separator.length - more(lines.length).length;
  let text = '';
  for (const [index, line] of lines.entries()) {
    const longer = text === '' ? line : `${text}${separator}${line}`;
    const isLast = index === lines.length - 1;
    if (longer.length > (isLast ? max : room)) {
      const rest = more(lines.length - index);
      return text === '' ? rest : `${text}${separator}${rest}`;
    }
    text = longer;
  }
  return text;
}

export function pageLabel({ from }: PostContent): string {
  return truncateText(from.name, 80);
}
