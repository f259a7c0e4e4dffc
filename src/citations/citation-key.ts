import { authorKey } from '../papers/author-name.ts';
import type { Reference } from './reference.ts';

const SMALL_WORDS = new Set(
  'a an the on of in to for and or with without from by via at as is are be do does can how what why when towards toward into beyond'.split(
    ' ',
  ),
);

/**
 * A key for each of the references, in their order and each once: `vaswani2017attention`. Two that would
 * have the same one both get their identity behind it, so that no key depends on the order of a list.
 */
export function citationKeys(references: readonly Reference[]): string[] {
  const bare = references.map(bareKey);
  const times = new Map<string, number>();
  for (const key of bare) times.set(key, (times.get(key) ?? 0) + 1);
  const taken = new Set<string>();
  return references.map((reference, index) => {
    const key = bare[index] as string;
    const wanted = (times.get(key) ?? 0) > 1 ? `${key}-${identitySlug(reference.id)}` : key;
    let free = wanted;
    for (let count = 2; taken.has(free); count++) free = `${wanted}-${count}`;
    taken.add(free);
    return free;
  });
}

/** Of letters and digits of ASCII only, which every program takes. */
function bareKey({ authors, date, title, id }: Reference): string {
  const first = authors[0];
  const name = first?.kind === 'person' ? asciiOf(first.family) : firstWord(first?.name ?? '');
  const key = `${name}${date?.year ?? ''}${firstWord(title)}`;
  return /[a-z]/.test(key) ? key : `paper-${identitySlug(id)}`;
}

function firstWord(text: string): string {
  const words = text.split(/[^\p{L}\p{M}\p{N}'’]+/u).map(asciiOf);
  return words.find((word) => word !== '' && !SMALL_WORDS.has(word)) ?? '';
}

function asciiOf(word: string): string {
  if (!/[\p{L}\p{N}]/u.test(word)) return '';
  return authorKey(word)
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 40);
}

function identitySlug(id: string): string {
  return id
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}
