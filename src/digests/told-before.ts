// What a reader has been told of, whichever subscription or alert it came by.
import { sql } from 'kysely';
import { toInstant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';

const DAY_MS = 86_400_000;
const TOLD_DAYS = 366;
/** Three a day of the year. */
const MAX_DELIVERIES = 1_100;

/** The ids, as they were then, of the papers in all mail that was sent to an address in the last year. */
export async function loadTold(db: Db, email: string, at = new Date()): Promise<Set<string>> {
  const row = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('deliveries')
        .select('papers')
        .where(sql<boolean>`lower(email) = ${email.toLowerCase()}`)
        .where('created_at', '>=', toInstant(at.getTime() - TOLD_DAYS * DAY_MS) as string)
        .where('state', '=', 'sent')
        .orderBy('created_at', 'desc')
        .limit(MAX_DELIVERIES)
        .as('told'),
    )
    // One row instead of hundreds: it is asked for every reader.
    .select(sql<string | null>`string_agg(papers, ',')`.as('papers'))
    .executeTakeFirst();
  const lists = JSON.parse(`[${row?.papers ?? ''}]`) as string[][];
  return new Set(lists.flat());
}
