// Whether the counts that papers carry are those of their rows.
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/database.ts';

const MAX_NAMED = 10;
const REMEDY = 'report it with this line: a count can only differ when rows were changed by hand';

/** Throws with the papers whose counts differ. */
export async function checkVotes(database: Database): Promise<string> {
  const counted = sql`(
    select paper_key, count(*) as many, coalesce(sum(weighs), 0) as ranked
    from votes group by paper_key
  )`;
  const wrong = sql`papers.votes <> coalesce(counted.many, 0)
    or papers.ranked_votes <> coalesce(counted.ranked, 0)`;
  return check(database, 'votes', counted, wrong);
}

/** Throws with the papers whose counts differ. */
export async function checkComments(database: Database): Promise<string> {
  const counted = sql`(
    select paper_key, count(*) as many from comments where state = 'visible' group by paper_key
  )`;
  return check(database, 'comments', counted, sql`papers.comments <> coalesce(counted.many, 0)`);
}

async function check(
  database: Database,
  table: 'votes' | 'comments',
  counted: RawBuilder<unknown>,
  wrong: RawBuilder<unknown>,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select papers.id from papers left join ${counted} as counted on counted.paper_key = papers.key
    where ${wrong} order by papers.key limit ${MAX_NAMED + 1}
  `.execute(database.read);
  if (rows.length > 0) {
    const named = rows.slice(0, MAX_NAMED).map(({ id }) => id);
    const more = rows.length > MAX_NAMED ? ' …' : '';
    throw new Error(`the count of ${table} differs at ${named.join(', ')}${more}: ${REMEDY}`);
  }
  const { count } = await database.read
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return `${Number(count).toLocaleString('en')}, and every paper counts its own`;
}
