// Authors as bibliographies want them: people by the parts of their names, everyone else by one name
// that is never turned round.
import { splitAuthorName } from '../papers/author-name.ts';
import type { Author } from '../papers/paper.ts';

export type CitedAuthor =
  | {
      kind: 'person';
      given: string;
      /** `van der`: printed before the family name, and no part of what it is sorted by. */
      particle: string;
      family: string;
      suffix: string;
    }
  | { kind: 'group'; name: string };

const GROUP =
  /\b(?:collaborations?|consortium|team|group|project|initiative|task force|committee|council|society|institute|university|laborator(?:y|ies)|labs?|research|foundation|organi[sz]ation|association|network|community|alliance|authors|corporation|inc|for the|on behalf of)\b/i;
/** Lower-case words before the rest of a family name. */
const PARTICLE = /^((?:\p{Ll}[\p{L}'’.]*\s+)+)(\S.*)$/u;

/** In their order; what holds no letter, such as a colon between a group and its members, is nobody. */
export function citedAuthors(authors: readonly Author[]): CitedAuthor[] {
  return authors.filter(({ name }) => /[\p{L}\p{N}]/u.test(name)).map(citedAuthor);
}

function citedAuthor(author: Author): CitedAuthor {
  const known = author.family ? author : splitAuthorName(author.name);
  const { given = '', suffix = '' } = known;
  const family = known.family ?? author.name;
  if (given === '' || GROUP.test(author.name)) return { kind: 'group', name: author.name };
  const [, particle = '', rest = family] = PARTICLE.exec(family) ?? [];
  return { kind: 'person', given, particle: particle.trim(), family: rest, suffix };
}

/** `van der Berg`, or a group's name. */
export function familyOf(author: CitedAuthor): string {
  if (author.kind === 'group') return author.name;
  return author.particle ? `${author.particle} ${author.family}` : author.family;
}

/** `van der Berg, Jan, Jr.`, or a group's name. */
export function invertedName(author: CitedAuthor): string {
  if (author.kind === 'group') return author.name;
  return [familyOf(author), author.given, author.suffix].filter(Boolean).join(', ');
}
