// What a mail says of a paper, shortened.
import { truncateText } from '../../base/text.ts';
import { words } from '../../language/words.ts';
import type { Author } from '../../papers/paper.ts';
import type { Paper } from '../../papers/paper-row.ts';

const MAX_NAMED = 3;
const NAMED_OF_MORE = 2;
const MAX_NAME = 40;
/** They write papers together under one name, which has no first name to be shortened. */
const GROUP = /\b(?:ai|collaboration|consortium|group|labs?|project|research|teams?)$/i;

/** `A. Vaswani, N. Shazeer and 6 more`; undefined where nobody is known. */
export function shortenAuthors({ authors, authorCount }: Paper): string | undefined {
  const count = Math.max(authorCount ?? 0, authors.length);
  if (count === 0) return undefined;
  if (authors.length === 0) return words.mails.authors(count);
  const isWhole = count === authors.length && count <= MAX_NAMED;
  const names = authors.slice(0, isWhole ? count : NAMED_OF_MORE).map(shortenName);
  return words.mails.names(names, count - names.length);
}

function shortenName({ name, given, family, suffix }: Author): string {
  // Scripts without capitals have no initials.
  if (!given || !family || GROUP.test(name) || !/^\p{Lu}/u.test(given)) {
    return truncateText(name, MAX_NAME);
  }
  const initials = given.split(/\s+/).map(initialOf).filter(Boolean).join(' ');
  return truncateText(`${initials} ${family}${suffix ? ` ${suffix}` : ''}`, MAX_NAME);
}

/** `A.` of Ada, `J.-L.` of Jean-Luc; what is an initial already stays. */
function initialOf(word: string): string {
  if (/^(?:\p{L}\.)+$/u.test(word)) return word;
  return word
    .split('-')
    .flatMap((part) => /^\p{L}/u.exec(part)?.[0] ?? [])
    .map((letter) => `${letter}.`)
    .join('-');
}

const EXCERPT = 220;
const LONGEST_EXCERPT = 250;
const SHORTEST_EXCERPT = 140;
/** A full stop after these ends no sentence. */
const ABBREVIATION = /(?:\b(?:e\.g|i\.e|al|cf|vs|resp|approx|Figs?|Eqs?|Secs?|Dr|no|\p{L}))\.$/iu;

/** The first sentences of a text where they come to about two lines, else its first words. */
export function excerptOf(text: string): string {
  if (text.length <= LONGEST_EXCERPT) return text;
  let end = 0;
  for (const { index, 0: stop } of text.slice(0, LONGEST_EXCERPT).matchAll(/[.!?]["”’)]?(?=\s)/g)) {
    const until = index + stop.length;
    if (!ABBREVIATION.test(text.slice(0, until))) end = until;
  }
  return end >= SHORTEST_EXCERPT ? text.slice(0, end) : truncateText(text, EXCERPT);
}
