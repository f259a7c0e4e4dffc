// Editions: saved pages, kept in an order of their own beside the lists of the days.
import { type Day, now } from '../base/calendar.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';
import type { EditionRecord } from './entry.ts';

export type Edition = {
  slug: string;
  day: Day;
  title: string;
  byline: string | undefined;
};

export type EditionPlace = { paperKey: number; position: number; comments: number };

/** Keeps an edition in place of one of the same slug. `places` are in the edition's order. */
export async function saveEdition(
  tx: Tx,
  edition: EditionRecord,
  places: EditionPlace[],
): Promise<void> {
  const row = { day: edition.day, title: edition.title, byline: edition.byline ?? null };
  await tx
    .insertInto('editions')
    .values({ slug: edition.slug, ...row, created_at: now() })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(row))
    .execute();
  await tx.deleteFrom('edition_items').where('slug', '=', edition.slug).execute();
  const items = places.map((place) => ({
    slug: edition.slug,
    position: place.position,
    paper_key: place.paperKey,
    comments: place.comments,
  }));
  for (const chunk of chunkedForInsert(items)) {
    await tx.insertInto('edition_items').values(chunk).execute();
  }
  await takeChanges(tx, 1);
}

export async function findEdition(db: Db, slug: string): Promise<Edition | undefined> {
  const row = await db
    .selectFrom('editions')
    .select(['slug', 'day', 'title', 'byline'])
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row && { ...row, day: row.day as Day, byline: row.byline ?? undefined };
}

/** The editions of the days from `first` up to and not including `end`, newest first; at most 100. */
export async function listEditions(db: Db, first: Day, end: Day): Promise<Edition[]> {
  const rows = await db
    .selectFrom('editions')
    .select(['slug', 'day', 'title', 'byline'])
    .where('day', '>=', first)
    .where('day', '<', end)
    .orderBy('day', 'desc')
    .orderBy('slug')
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, day: row.day as Day, byline: row.byline ?? undefined }));
}

export async function editionPlaces(db: Db, slug: string): Promise<EditionPlace[]> {
  const rows = await db
    .selectFrom('edition_items')
    .select(['paper_key', 'position', 'comments'])
    .where('slug', '=', slug)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    paperKey: row.paper_key,
    position: row.position,
    comments: row.comments,
  }));
}
