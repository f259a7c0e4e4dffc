// How often something may be done, counted in the database, so that it holds over all processes. A
// window begins with the first use and ends after its time (a fixed window).
import { TooManyError } from '../base/errors.ts';
import type { Database } from '../database/database.ts';

type Limit = { points: number; windowS: number };

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** Of one client's address, person or token each. */
export const LIMITS = {
  'sign-in link to an address': { points: 5, windowS: HOUR_S },
  'sign-in link from a client': { points: 30, windowS: HOUR_S },
  'sign-in try from a client': { points: 60, windowS: HOUR_S },
  'subscription mail to a mailbox': { points: 1, windowS: HOUR_S },
  'address subscribed by a client': { points: 1, windowS: HOUR_S },
  'addresses subscribed by a client': { points: 30, windowS: HOUR_S },
  'setup code': { points: 10, windowS: HOUR_S },
  'write from a client': { points: 600, windowS: 5 * MINUTE_S },
  'request with a token': { points: 500, windowS: 5 * MINUTE_S },
  vote: { points: 120, windowS: MINUTE_S },
  reaction: { points: 120, windowS: MINUTE_S },
  comment: { points: 30, windowS: HOUR_S },
  'comment of a new account': { points: 5, windowS: HOUR_S },
  preview: { points: 120, windowS: MINUTE_S },
  report: { points: 20, windowS: HOUR_S },
  submission: { points: 30, windowS: HOUR_S },
  'test post': { points: 30, windowS: HOUR_S },
  'test mail': { points: 20, windowS: HOUR_S },
  download: { points: 10, windowS: HOUR_S },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** Counts one use. Throws `too-many` with the seconds to wait when there were too many. */
export async function spend(database: Database, limit: LimitName, who: string): Promise<void> {
  const { points, windowS } = LIMITS[limit];
  const at = Date.now();
  const key = `${limit} ${who}`;
  const row = await database.transact((tx) =>
    tx
      .insertInto('rate_limits')
      .values({ key, points: 1, expires_at: at + windowS * 1_000 })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((eb) => ({
          points: eb
            .case()
            .when('rate_limits.expires_at', '>', at)
            .then(eb('rate_limits.points', '+', 1))
            .else(1)
            .end(),
          expires_at: eb
            .case()
            .when('rate_limits.expires_at', '>', at)
            .then(eb.ref('rate_limits.expires_at'))
            .else(at + windowS * 1_000)
            .end(),
        })),
      )
      .returning(['points', 'expires_at'])
      .executeTakeFirstOrThrow(),
  );
  if (Number(row.points) <= points) return;
  const waitS = Math.max(1, Math.ceil(((row.expires_at ?? at) - at) / 1_000));
  throw new TooManyError(
    `That was too often (${points} in ${inWords(windowS)}): try again in ${inWords(waitS)}.`,
    waitS,
  );
}

/** Counts one use, and says whether it was within the limit. */
export async function isWithin(
  database: Database,
  limit: LimitName,
  who: string,
): Promise<boolean> {
  try {
    await spend(database, limit, who);
    return true;
  } catch (error) {
    if (error instanceof TooManyError) return false;
    throw error;
  }
}

/** Windows that have ended; a job calls it. */
export async function forgetOldLimits(database: Database): Promise<void> {
  await database.transact((tx) =>
    tx.deleteFrom('rate_limits').where('expires_at', '<', Date.now()).execute(),
  );
}

function inWords(seconds: number): string {
  if (seconds < 2 * MINUTE_S) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / MINUTE_S);
  return minutes === 60 ? 'an hour' : `${minutes} minutes`;
}
