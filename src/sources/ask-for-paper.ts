// A reader asks for a paper that is not here: it is fetched in the background. Anyone may ask, so
// how much is fetched that way is limited, for each address and altogether.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type Day, type Instant, now } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { isPlausibleArxivId } from '../papers/paper-id.ts';
import { enqueue } from '../queue/job.ts';
import { countWanted, findLookup, wantPapers } from './lookups.ts';
import { FETCH_PAPERS } from './source-jobs.ts';

const PER_CLIENT = 20;
const CLIENT_WINDOW_S = 3_600;
const MAX_WANTED = 200;
const SLOW_AFTER_MS = 180_000;

export type Asked =
  /** It is on its way; `isSlow` when arXiv has not answered for some minutes. */
  | { is: 'wanted'; isSlow: boolean }
  /** Its registry did not know it when it was asked, and is not asked again before then. */
  | { is: 'absent'; nextAt: Instant }
  /** No registry that can be asked gives out such an identity. */
  | { is: 'unknown' }
  /** Too many others are waited for, by this address or by all. */
  | { is: 'refused' };

export function createPaperDesk(
  database: Database,
): (asked: { id: string; client: string; today: Day }) => Promise<Asked> {
  const limiter = new RateLimiterMemory({ points: PER_CLIENT, duration: CLIENT_WINDOW_S });
  return async ({ id, client, today }) => {
    if (!isPlausibleArxivId(id, today)) return { is: 'unknown' };
    const known = await findLookup(database.read, id);
    if (known?.outcome === 'wanted') {
      return { is: 'wanted', isSlow: Date.now() - Date.parse(known.nextAt) > SLOW_AFTER_MS };
    }
    if (known && known.nextAt > now()) return { is: 'absent', nextAt: known.nextAt };
    if ((await countWanted(database.read)) >= MAX_WANTED) return { is: 'refused' };
    const isAllowed = await limiter.consume(client).then(
      () => true,
      () => false,
    );
    if (!isAllowed) return { is: 'refused' };
    await database.transact(async (tx) => {
      await wantPapers(tx, [id], now());
      await enqueue(tx, database.engine, FETCH_PAPERS);
    });
    return { is: 'wanted', isSlow: false };
  };
}
