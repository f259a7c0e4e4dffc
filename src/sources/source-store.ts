// How the sources are doing, as the page about them says.
import { sql } from 'kysely';
import { type Day, type Instant, startOfDay } from '../base/calendar.ts';
import { messageOf } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Database, Db } from '../database/database.ts';
import type { ImportReport } from './import-records.ts';

export const SOURCE_NAMES = ['arxiv-rss', 'arxiv-oai', 'arxiv-api'] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

export type SourceState = {
  name: string;
  lastRunAt: Instant | undefined;
  lastSuccessAt: Instant | undefined;
  /** Why the last run failed; undefined when it did not. */
  problem: { text: string; at: Instant } | undefined;
  /** Up to here the source has been read, by its own time; a look-up has no such moment. */
  reached: Instant | undefined;
  requests: number;
  records: number;
  rejects: number;
};

export async function noteRun(
  database: Database,
  name: SourceName,
  run: { at: Instant; requests: number; report?: ImportReport; problem?: unknown },
): Promise<void> {
  const { at, requests, report } = run;
  const read = report?.read ?? 0;
  const rejected = report?.rejected ?? 0;
  const isSuccess = report !== undefined;
  const row = {
    last_run_at: at,
    ...(isSuccess ? { last_success_at: at } : {}),
    problem: isSuccess ? null : messageOf(run.problem).slice(0, 1_000),
    problem_at: isSuccess ? null : at,
  };
  await database.transact(async (tx) => {
    await tx
      .insertInto('sources')
      .values({
        name,
        last_success_at: null,
        ...row,
        requests,
        records: read - rejected,
        rejects: rejected,
      })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet({
          ...row,
          requests: sql`sources.requests + ${requests}`,
          records: sql`sources.records + ${read - rejected}`,
          rejects: sql`sources.rejects + ${rejected}`,
        }),
      )
      .execute();
    await takeChanges(tx, 1);
  });
}

export async function listSources(db: Db): Promise<SourceState[]> {
  const rows = await db.selectFrom('sources').selectAll().orderBy('name').execute();
  const reached = new Map<string, Instant | undefined>([
    ['arxiv-rss', await newestFeed(db)],
    ['arxiv-oai', await leastHarvested(db)],
  ]);
  return rows.map((row) => ({
    name: row.name,
    lastRunAt: (row.last_run_at as Instant | null) ?? undefined,
    lastSuccessAt: (row.last_success_at as Instant | null) ?? undefined,
    problem:
      row.problem !== null && row.problem_at !== null
        ? { text: row.problem, at: row.problem_at as Instant }
        : undefined,
    reached: reached.get(row.name),
    requests: row.requests,
    records: row.records,
    rejects: row.rejects,
  }));
}

async function newestFeed(db: Db): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('feed_polls')
    .select((eb) => eb.fn.max('day').as('day'))
    .executeTakeFirst();
  return row?.day ? startOfDay(row.day as Day) : undefined;
}

/** Of the harvested sets the one that is furthest behind. */
async function leastHarvested(db: Db): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('harvests')
    .select((eb) => eb.fn.min('reached').as('reached'))
    .executeTakeFirst();
  return (row?.reached as Instant | null | undefined) ?? undefined;
}
