// What a reader may mean without a search: the name of one paper, or of one author.
import { oneLine } from '../base/text.ts';
import type { Db } from '../database/database.ts';
import { authorKey } from '../papers/author-name.ts';
import { findPaperId, isArxivId, pathOfPaper } from '../papers/paper-id.ts';
import { findPaper } from '../papers/paper-store.ts';
import { titleKey } from '../papers/title-key.ts';

/** Longer than any title. */
const MAX_TEXT = 2_000;

/** The page that is meant. */
export type Direct = { path: string };

/**
 * An arXiv id, a DOI, an address of a paper, a whole title, or a name as printed. An arXiv id need not
 * be known here: its page fetches the paper.
 */
export async function findDirectly(db: Db, text: string): Promise<Direct | undefined> {
  const asked = oneLine(text).slice(0, MAX_TEXT);
  if (asked === '') return undefined;
  const id = findPaperId(asked)?.id;
  if (id) {
    const found = await findPaper(db, id);
    if (found) return { path: pathOfPaper(found.paper.id) };
    if (isArxivId(id)) return { path: pathOfPaper(id) };
  }
  const titled = await db
    .selectFrom('papers')
    .select(['key', 'id'])
    .where('title_key', '=', titleKey(asked))
    .limit(2)
    .execute();
  // Several papers of one title are for a search to tell apart.
  if (titled.length > 1) return undefined;
  if (titled[0]) return { path: pathOfPaper(titled[0].id) };
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
