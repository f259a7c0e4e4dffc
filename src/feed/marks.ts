// What is one person's own about papers that they look at: never part of what readers share.
import type { Db } from '../database/database.ts';
import { loadVoted } from '../votes/vote-store.ts';

export type MarkedPaper = { key: number; id: string };

/** Asks a fixed number of queries, and none for no papers. */
type MarkLoader<Mark> = (db: Db, personId: string, papers: MarkedPaper[]) => Promise<Mark>;

const LOADERS = {
  /** Identities of the papers that they voted for. */
  voted: loadVotedIds,
} satisfies Record<string, MarkLoader<unknown>>;

/** As JSON to `/api/me/marks`, by the names of the loaders. */
export type Marks = { [Name in keyof typeof LOADERS]: Awaited<ReturnType<(typeof LOADERS)[Name]>> };

export async function loadMarks(db: Db, personId: string, papers: MarkedPaper[]): Promise<Marks> {
  const names = Object.keys(LOADERS) as (keyof Marks)[];
  const marks = await Promise.all(
    names.map(async (name) => [name, await LOADERS[name](db, personId, papers)] as const),
  );
  return Object.fromEntries(marks) as Marks;
}

async function loadVotedIds(db: Db, personId: string, papers: MarkedPaper[]): Promise<string[]> {
  const keys = await loadVoted(
    db,
    personId,
    papers.map((paper) => paper.key),
  );
  return papers.filter((paper) => keys.has(paper.key)).map((paper) => paper.id);
}
