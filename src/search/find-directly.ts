// What a reader may mean without a search: the name of one paper, or of one author.
import { cleanText, oneLine } from '../base/text.ts';
import type { Db } from '../database/database.ts';
import { authorKey } from '../papers/author-name.ts';
import { findPaperId, isArxivId, pathOfPaper } from '../papers/paper-id.ts';
import { findPaper } from '../papers/paper-store.ts';

/** Longer than any title. */
const MAX_TEXT = 2_000;

/** The page that is meant. */
export type Direct = { path: string };

/**
 * An arXiv id, a DOI, an address of a paper, or a name as printed. An arXiv id need not be known here:
 * its page fetches the paper. A title is for a search, which has it first and others like it behind.
 */
export async function findDirectly(db: Db, text: string): Promise<Direct | undefined> {
  const asked = askedOf(text);
  if (asked === '') return undefined;
  const id = findPaperId(asked)?.id;
  if (id) {
    const found = await findPaper(db, id);
    if (found) return { path: pathOfPaper(found.paper.id) };
    if (isArxivId(id)) return { path: pathOfPaper(id) };
  }
  // One word is rather a subject than the name of the group that signed with it.
  if (!asked.includes(' ')) return undefined;
  const key = authorKey(asked);
  const author = await db
    .selectFrom('paper_authors')
    .select('author_key')
    .where('author_key', '=', key)
    .limit(1)
    .executeTakeFirst();
  return author && { path: `/authors/${encodeURIComponent(key)}` };
}

/** What `findPaperDirectly` knows: a paper that is here, or the arXiv id of one that is not. */
export type NamedPaper = { key: number } | { absentId: string };

/** The paper whose number, DOI or address is given; undefined where the text is for a search. */
export async function findPaperDirectly(db: Db, text: string): Promise<NamedPaper | undefined> {
  const id = findPaperId(askedOf(text))?.id;
  const found = id && (await findPaper(db, id));
  if (found) return { key: found.paper.key };
  return id && isArxivId(id) ? { absentId: id } : undefined;
}

function askedOf(text: string): string {
  return oneLine(cleanText(text)).slice(0, MAX_TEXT);
}
