// Names of people as papers print them. A key stands for a name, not for a person: two people of
// one name share a page.
import { renderTexText } from '../base/tex/tex.ts';
import { oneLine } from '../base/text.ts';
import type { Author } from './paper.ts';

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** Small words that belong to the family name after them. */
const PARTICLE =
  /^(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|bin|ibn|al|el|zu|zur|af|av|st\.?)$/i;
const MAX_NAME = 200;

/** Splits a printed name into given name, family name and suffix; `Family, Given` is understood too. */
export function splitAuthorName(name: string): Pick<Author, 'given' | 'family' | 'suffix'> {
  // Nearly all names are two plain words, and large imports split millions of them.
  const plain = /^(\S+) (\S+)$/.exec(name);
  if (plain && !name.includes(','))
    return { given: plain[1] as string, family: plain[2] as string };
  const [beforeComma = '', ...afterComma] = name.split(',').map((part) => part.trim());
  const rest = afterComma.filter((part) => part !== '');
  if (rest.length > 0 && !rest.every((part) => SUFFIX.test(part))) {
    const suffix = rest.find((part) => SUFFIX.test(part));
    const given = rest.filter((part) => !SUFFIX.test(part)).join(' ');
    return { given, family: beforeComma, ...(suffix ? { suffix } : {}) };
  }
  const words = beforeComma.split(/\s+/).filter((word) => word !== '');
  let suffix = rest[0];
  if (words.length > 2 && SUFFIX.test(words.at(-1) as string)) suffix = words.pop();
  let start = words.length - 1;
  while (start > 1 && PARTICLE.test(words[start - 1] as string)) start--;
  const given = words.slice(0, start).join(' ');
  const family = words.slice(start).join(' ');
  return {
    ...(given ? { given } : {}),
    ...(family ? { family } : {}),
    ...(suffix ? { suffix } : {}),
  };
}

/** An author of that printed name, cleaned; undefined when nothing is left of it. */
export function authorOfName(printed: string): Author | undefined {
  const name = plainName(printed).slice(0, MAX_NAME);
  return name === '' ? undefined : { name, ...splitAuthorName(name) };
}

function plainName(printed: string): string {
  return oneLine(/[\\${}~^]/.test(printed) ? renderTexText(printed) : printed);
}

const keys = new Map<string, string>();
const MAX_KEYS = 20_000;

/** The name in a page's address: lower case, without accents, words joined by hyphens. */
export function authorKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = computeKey(name);
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(name, key);
  }
  return key;
}

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
};

function computeKey(name: string): string {
  const { given = '', family = '' } = splitAuthorName(name);
  const key = `${given} ${family}`
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðþłıħ]/g, (letter) => LETTERS[letter] as string)
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return key === '' ? 'unknown' : key;
}

/**
 * The authors of one string as older arXiv records have them: `A. Author, B. Writer and C. Third
 * (Some Institute)`; what stands in parentheses is an affiliation of the name before it.
 */
export function parseAuthorList(text: string): Author[] {
  const authors: Author[] = [];
  let rest = oneLine(text);
  const affiliations: { position: number; text: string }[] = [];
  for (;;) {
    const match = /\(([^()]*)\)/.exec(rest);
    if (!match) break;
    affiliations.push({ position: match.index, text: (match[1] as string).trim() });
    rest = rest.slice(0, match.index) + rest.slice(match.index + match[0].length);
  }
  let start = 0;
  for (const part of rest.split(/(,\s*and\s+|\s+and\s+|,|;|\s&\s)/)) {
    const end = start + part.length;
    if (!/^(?:,\s*and\s+|\s+and\s+|,|;|\s&\s)$/.test(part)) {
      const last = authors.at(-1);
      if (last && SUFFIX.test(part.trim())) {
        last.name = `${last.name}, ${part.trim()}`;
        last.suffix = part.trim();
      } else {
        const author = authorOfName(part);
        const places = affiliations
          .filter((a) => a.position > start && a.position <= end && a.text !== '')
          .map((a) => a.text);
        if (author) {
          authors.push(places.length > 0 ? { ...author, affiliations: places } : author);
        }
      }
    }
    start = end;
  }
  return authors;
}
