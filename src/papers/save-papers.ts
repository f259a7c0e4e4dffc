// Takes in what sources say of papers: finds the paper that a record means, merges, and keeps the
// tables that follow from it (authors, categories, counts elsewhere) in the same transaction.
import { now } from '../base/calendar.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';
import { absorbCommunity } from './absorb-community.ts';
import { authorKey } from './author-name.ts';
import {
  betterIdentity,
  isSameWork,
  mergePapers,
  mergeRecord,
  paperFromRecord,
} from './merge-record.ts';
import type { PaperRecord } from './paper.ts';
import { type Paper, paperFromRow, rowFromPaper } from './paper-row.ts';

export type SaveOutcome = {
  key: number;
  /** The identity the paper has now, which may be another than the record's. */
  id: string;
  /** `merged`: the record's identity turned out to be another name of a known paper. */
  status: 'new' | 'changed' | 'unchanged' | 'merged';
};

/** A record and its text as it came, which is kept for diagnosis. */
export type SavedRecord = {
  record: PaperRecord;
  raw: string;
  /** The record comes from a day's list, whose identity for a work outranks another of the same registry. */
  isListed?: boolean;
};

/** One outcome a record, in order. Saving a record again changes nothing. */
export async function savePapers(tx: Tx, records: SavedRecord[]): Promise<SaveOutcome[]> {
  const outcomes: SaveOutcome[] = [];
  // Writers of papers queue up here, so that none misses what another is about to insert.
  await takeChanges(tx, 0);
  for (const group of independentGroups(records)) {
    outcomes.push(...(await saveGroup(tx, group)));
  }
  return outcomes;
}

type Prepared = SavedRecord & { fresh: Paper };

/**
 * Records that may mean the same paper must see each other's effect: cuts the list, in order,
 * where an identity or a title comes again.
 */
function independentGroups(records: SavedRecord[]): Prepared[][] {
  const at = now();
  const groups: Prepared[][] = [];
  let group: Prepared[] = [];
  let seen = new Set<string>();
  for (const saved of records) {
    const fresh = paperFromRecord(saved.record, at);
    const names = [`id ${fresh.id}`, `title ${fresh.titleKey}`];
    if (names.some((name) => seen.has(name))) {
      groups.push(group);
      group = [];
      seen = new Set();
    }
    for (const name of names) seen.add(name);
    group.push({ ...saved, fresh });
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

async function saveGroup(tx: Tx, group: Prepared[]): Promise<SaveOutcome[]> {
  const known = await findKnown(tx, group);
  const outcomes = new Map<Prepared, SaveOutcome>();
  const fresh: Prepared[] = [];
  const changed: { before: Paper; after: Paper; prepared: Prepared; isMerged: boolean }[] = [];
  const touched = new Set<number>();
  const deferred: Prepared[] = [];

  for (const prepared of group) {
    const found = known(prepared.fresh);
    if (!found.paper) {
      fresh.push(prepared);
      continue;
    }
    const keys = [found.paper.key, ...(found.twin ? [found.twin.key] : [])];
    if (keys.some((key) => touched.has(key))) {
      deferred.push(prepared);
      continue;
    }
    for (const key of keys) touched.add(key);
    let after = mergeRecord(found.paper, prepared.record);
    if (found.twin) {
      after = await absorb(tx, after, found.twin);
    } else if (found.isOtherIdentity || (prepared.isListed && prepared.fresh.id !== after.id)) {
      const id = await settleIdentity(tx, found.paper, prepared);
      if (id !== after.id) after = { ...after, id };
    }
    changed.push({
      before: found.paper,
      after,
      prepared,
      isMerged: found.twin !== undefined || found.isOtherIdentity,
    });
  }

  const keys = await insertPapers(tx, fresh);
  for (const prepared of fresh) {
    const key = keys.get(prepared.fresh.id) as number;
    outcomes.set(prepared, { key, id: prepared.fresh.id, status: 'new' });
  }
  const countsChanged = await saveElsewhere(tx, [
    ...fresh.map((p) => ({ record: p.record, key: keys.get(p.fresh.id) as number })),
    ...changed.map((c) => ({ record: c.prepared.record, key: c.before.key })),
  ]);
  for (const { before, after, prepared, isMerged } of changed) {
    const isChanged = after !== before || isMerged || countsChanged.has(before.key);
    if (isChanged) await updatePaper(tx, before, after);
    const status = isMerged ? 'merged' : isChanged ? 'changed' : 'unchanged';
    outcomes.set(prepared, { key: before.key, id: after.id, status });
  }
  await saveRaw(
    tx,
    group.flatMap((p) => {
      const outcome = outcomes.get(p);
      return outcome ? [{ ...p, key: outcome.key }] : [];
    }),
  );
  // Two names of one paper in one group: the second sees what the first has left.
  for (const prepared of deferred) {
    outcomes.set(prepared, (await saveGroup(tx, [prepared]))[0] as SaveOutcome);
  }
  return group.map((prepared) => outcomes.get(prepared) as SaveOutcome);
}

type Found = {
  paper?: Paper;
  /** The record goes by another identity than the paper. */
  isOtherIdentity: boolean;
  /** A second kept paper that is the same work as the first. */
  twin?: Paper;
};

/** Loads what a group may refer to, by identity, former identity and title, in three queries. */
async function findKnown(tx: Tx, group: Prepared[]): Promise<(fresh: Paper) => Found> {
  const ids = group.map((p) => p.fresh.id);
  const titleKeys = group.map((p) => p.fresh.titleKey);
  const redirects = await tx
    .selectFrom('paper_redirects')
    .select(['id', 'paper_key'])
    .where('id', 'in', ids)
    .execute();
  const redirectedKeys = redirects.map((row) => row.paper_key);
  const rows = await tx
    .selectFrom('papers')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('id', 'in', ids),
        eb('title_key', 'in', titleKeys),
        ...(redirectedKeys.length > 0 ? [eb('key', 'in', redirectedKeys)] : []),
      ]),
    )
    .orderBy('key')
    .execute();
  const papers = rows.map(paperFromRow);
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  const byKey = new Map(papers.map((paper) => [paper.key, paper]));
  const byTitle = groupByTitle(papers);
  const byFormerId = new Map(redirects.map((row) => [row.id, byKey.get(row.paper_key)]));

  return (fresh) => {
    const alike = (byTitle.get(fresh.titleKey) ?? []).filter((paper) => isSameWork(paper, fresh));
    const own = byId.get(fresh.id) ?? byFormerId.get(fresh.id);
    if (own) {
      const twin = alike.find((paper) => paper.key !== own.key);
      return { paper: own, isOtherIdentity: false, ...(twin ? { twin } : {}) };
    }
    const paper = alike[0];
    return paper ? { paper, isOtherIdentity: true } : { isOtherIdentity: false };
  };
}

function groupByTitle(papers: Paper[]): Map<string, Paper[]> {
  const groups = new Map<string, Paper[]>();
  for (const paper of papers) {
    const group = groups.get(paper.titleKey);
    if (group) group.push(paper);
    else groups.set(paper.titleKey, [paper]);
  }
  return groups;
}

/** Decides which of two names of one work it keeps, and lets the other redirect to it. */
async function settleIdentity(tx: Tx, kept: Paper, other: Prepared): Promise<string> {
  const isListed = (await listedKeys(tx, [kept.key])).has(kept.key);
  const id = betterIdentity(
    { id: kept.id, isListed },
    { id: other.fresh.id, isListed: other.isListed ?? false },
  );
  await tx.deleteFrom('paper_redirects').where('id', '=', id).execute();
  await redirect(tx, id === kept.id ? other.fresh.id : kept.id, kept.key);
  return id;
}

async function listedKeys(tx: Tx, keys: number[]): Promise<Set<number>> {
  const rows = await tx
    .selectFrom('day_entries')
    .select('paper_key')
    .where('paper_key', 'in', keys)
    .execute();
  return new Set(rows.map((row) => row.paper_key));
}

/** Moves everything that hangs on `other` to `kept` and removes `other`, whose identity redirects. */
async function absorb(tx: Tx, kept: Paper, other: Paper): Promise<Paper> {
  const listed = await listedKeys(tx, [kept.key, other.key]);
  const id = betterIdentity(
    { id: kept.id, isListed: listed.has(kept.key) },
    { id: other.id, isListed: listed.has(other.key) },
  );
  for (const table of ['day_entries', 'paper_elsewhere', 'paper_records'] as const) {
    const same = {
      day_entries: 'day',
      paper_elsewhere: 'origin',
      paper_records: 'source',
    } as const;
    const column = same[table];
    const ours = await tx
      // The three tables have the column that their unique key adds to the paper.
      .selectFrom(table as 'day_entries')
      .select(column as 'day')
      .where('paper_key', '=', kept.key)
      .execute();
    const taken = ours.map((row) => (row as Record<string, string>)[column] as string);
    await tx
      .updateTable(table as 'day_entries')
      .set({ paper_key: kept.key })
      .where('paper_key', '=', other.key)
      .$if(taken.length > 0, (query) => query.where(column as 'day', 'not in', taken))
      .execute();
  }
  await tx
    .updateTable('edition_items')
    .set({ paper_key: kept.key })
    .where('paper_key', '=', other.key)
    .execute();
  await tx
    .updateTable('paper_redirects')
    .set({ paper_key: kept.key })
    .where('paper_key', '=', other.key)
    .execute();
  await absorbCommunity(tx, { from: other.key, to: kept.key });
  await deleteIndexRows(tx, other);
  await tx.deleteFrom('papers').where('key', '=', other.key).execute();
  await tx.deleteFrom('paper_redirects').where('id', '=', id).execute();
  await redirect(tx, id === kept.id ? other.id : kept.id, kept.key);
  return { ...mergePapers(kept, other), id };
}

async function redirect(tx: Tx, id: string, key: number): Promise<void> {
  await tx
    .insertInto('paper_redirects')
    .values({ id, paper_key: key, reason: 'same work', created_at: now() })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ paper_key: key }))
    .execute();
}

async function insertPapers(tx: Tx, fresh: Prepared[]): Promise<Map<string, number>> {
  const keys = new Map<string, number>();
  if (fresh.length === 0) return keys;
  const firstChange = await takeChanges(tx, fresh.length);
  const rows = fresh.map((prepared, index) => ({
    ...rowFromPaper(prepared.fresh),
    change: firstChange + index,
  }));
  for (const chunk of chunkedForInsert(rows)) {
    const inserted = await tx.insertInto('papers').values(chunk).returning(['key', 'id']).execute();
    for (const row of inserted) keys.set(row.id, row.key);
  }
  await saveIndexRows(
    tx,
    fresh.map((p) => ({ paper: p.fresh, key: keys.get(p.fresh.id) as number })),
  );
  return keys;
}

async function updatePaper(tx: Tx, before: Paper, after: Paper): Promise<void> {
  const at = now();
  const row = { ...rowFromPaper(after), changed_at: at, change: await takeChanges(tx, 1) };
  await tx.updateTable('papers').set(row).where('key', '=', before.key).execute();
  const isIndexStale =
    before.publishedAt !== after.publishedAt ||
    before.authors !== after.authors ||
    before.categories !== after.categories;
  if (isIndexStale) {
    await deleteIndexRows(tx, before);
    await saveIndexRows(tx, [{ paper: after, key: before.key }]);
  }
}

/** The rows by which authors' and categories' pages find papers. */
async function saveIndexRows(tx: Tx, papers: { paper: Paper; key: number }[]): Promise<void> {
  const authors = papers.flatMap(({ paper, key }) =>
    authorKeysOf(paper).map((author_key) => ({
      author_key,
      published_at: paper.publishedAt,
      paper_key: key,
    })),
  );
  // In the order of the table's own key, neighbours land on the same page of the file.
  authors.sort((a, b) => (a.author_key < b.author_key ? -1 : 1));
  for (const chunk of chunkedForInsert(authors)) {
    await tx.insertInto('paper_authors').values(chunk).execute();
  }
  const categories = papers.flatMap(({ paper, key }) =>
    [...new Set(paper.categories)].map((category) => ({
      category,
      published_at: paper.publishedAt,
      paper_key: key,
    })),
  );
  for (const chunk of chunkedForInsert(categories)) {
    await tx.insertInto('paper_categories').values(chunk).execute();
  }
}

async function deleteIndexRows(tx: Tx, paper: Paper): Promise<void> {
  const authorKeys = authorKeysOf(paper);
  if (authorKeys.length > 0) {
    await tx
      .deleteFrom('paper_authors')
      .where('author_key', 'in', authorKeys)
      .where('published_at', '=', paper.publishedAt)
      .where('paper_key', '=', paper.key)
      .execute();
  }
  if (paper.categories.length > 0) {
    await tx
      .deleteFrom('paper_categories')
      .where('category', 'in', paper.categories)
      .where('published_at', '=', paper.publishedAt)
      .where('paper_key', '=', paper.key)
      .execute();
  }
}

function authorKeysOf(paper: Paper): string[] {
  return [...new Set(paper.authors.map((author) => authorKey(author.name)))];
}

/** Keeps the counts of other services; returns the papers whose counts are others than before. */
async function saveElsewhere(
  tx: Tx,
  records: { record: PaperRecord; key: number }[],
): Promise<Set<number>> {
  const rows = records.flatMap(({ record, key }) =>
    record.elsewhere
      ? [
          {
            paper_key: key,
            origin: record.elsewhere.origin,
            votes: record.elsewhere.votes ?? 0,
            comments: record.elsewhere.comments ?? 0,
          },
        ]
      : [],
  );
  const changed = new Set<number>();
  for (const chunk of chunkedForInsert(rows)) {
    const written = await tx
      .insertInto('paper_elsewhere')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['paper_key', 'origin'])
          .doUpdateSet((eb) => ({
            votes: eb.ref('excluded.votes'),
            comments: eb.ref('excluded.comments'),
          }))
          .where((eb) =>
            eb.or([
              eb('paper_elsewhere.votes', '<>', eb.ref('excluded.votes')),
              eb('paper_elsewhere.comments', '<>', eb.ref('excluded.comments')),
            ]),
          ),
      )
      .returning('paper_key')
      .execute();
    for (const row of written) changed.add(row.paper_key);
  }
  return changed;
}

async function saveRaw(tx: Tx, records: (SavedRecord & { key: number })[]): Promise<void> {
  const at = now();
  // A page and a list may speak of one paper under two titles in one group; the last word is kept.
  const last = new Map(
    records.map(({ record, raw, key }) => [
      `${key} ${record.source}`,
      { paper_key: key, source: record.source, record: raw, seen_at: at },
    ]),
  );
  for (const chunk of chunkedForInsert([...last.values()])) {
    await tx
      .insertInto('paper_records')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['paper_key', 'source'])
          .doUpdateSet((eb) => ({
            record: eb.ref('excluded.record'),
            seen_at: eb.ref('excluded.seen_at'),
          }))
          .where((eb) => eb('paper_records.record', '<>', eb.ref('excluded.record'))),
      )
      .execute();
  }
}
