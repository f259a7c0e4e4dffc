// Finding papers. Writing them is the business of save-papers.ts.
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';
import { parsePaperId } from './paper-id.ts';
import { type Paper, paperFromRow } from './paper-row.ts';

export type FoundPaper = {
  paper: Paper;
  /** The identity asked for is a former one: send the reader to the paper's own. */
  isRedirected: boolean;
};

/** Finds a paper by any way of writing its identity. Throws `invalid` when it is none. */
export async function findPaper(db: Db, text: string): Promise<FoundPaper | undefined> {
  const { id } = parsePaperId(text);
  const row = await db.selectFrom('papers').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return { paper: paperFromRow(row), isRedirected: false };
  const former = await db
    .selectFrom('paper_redirects')
    .innerJoin('papers', 'papers.key', 'paper_redirects.paper_key')
    .selectAll('papers')
    .where('paper_redirects.id', '=', id)
    .executeTakeFirst();
  if (former) return { paper: paperFromRow(former), isRedirected: true };
  if (!id.startsWith('doi:')) return undefined;
  const byDoi = await db
    .selectFrom('papers')
    .selectAll()
    .where('doi', '=', id.slice('doi:'.length))
    .orderBy('key')
    .executeTakeFirst();
  return byDoi ? { paper: paperFromRow(byDoi), isRedirected: true } : undefined;
}

/** The papers of the given keys, in no order. */
export async function loadPapers(db: Db, keys: number[]): Promise<Map<number, Paper>> {
  if (keys.length === 0) return new Map();
  const rows = await db.selectFrom('papers').selectAll().where('key', 'in', keys).execute();
  return new Map(rows.map((row) => [row.key, paperFromRow(row)]));
}

export async function countPapers(db: Db): Promise<number> {
  const row = await db
    .selectFrom('papers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const DEMO = 'demo';

/** Whether the papers are only those that came with the program. */
export async function isDemoEdition(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', DEMO)
    .executeTakeFirst();
  return row?.value === 1;
}

/** Says whether the papers are those of the demo edition; the first own import ends it. */
export async function markDemoEdition(tx: Tx, isDemo: boolean): Promise<void> {
  if ((await isDemoEdition(tx)) === isDemo) return;
  await tx
    .insertInto('counters')
    .values({ name: DEMO, value: isDemo ? 1 : 0 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: isDemo ? 1 : 0 }))
    .execute();
  await takeChanges(tx, 1);
}

const LAST_DEMO_PAPER = 'last demo paper';

/** After the demo edition was put into an empty database: all papers up to now are its. */
export async function noteLastDemoPaper(tx: Tx): Promise<void> {
  const row = await tx
    .selectFrom('papers')
    .select((eb) => eb.fn.max('key').as('key'))
    .executeTakeFirst();
  const value = Number(row?.key ?? 0);
  await tx
    .insertInto('counters')
    .values({ name: LAST_DEMO_PAPER, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** The highest key of the demo edition's papers, as long as they are here. */
export async function findLastDemoPaper(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', LAST_DEMO_PAPER)
    .executeTakeFirst();
  return row && Number(row.value);
}

/** After its papers were removed. */
export async function forgetDemo(tx: Tx): Promise<void> {
  await tx.deleteFrom('counters').where('name', '=', LAST_DEMO_PAPER).execute();
  await markDemoEdition(tx, false);
}
