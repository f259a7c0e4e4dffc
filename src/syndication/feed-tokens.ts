// Private feeds: an address of its own for each, which a feed reader may use without signing in. The
// address is kept as a hash, so it is shown once; a token that was revoked stays known for what it was.
import { createHash, randomBytes } from 'node:crypto';
import { type Instant, now, toInstant } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import type { Database, Db, Tx } from '../database/database.ts';
import { type Person, personFromRow } from '../people/person.ts';

const TOKEN_PREFIX = 'bsf_';
const TOKEN_BYTES = 24;
const MAX_FEED_TOKENS = 50;
export const MAX_FEED_NAME = 60;
/** How exactly the last use is kept. */
const USE_PRECISION_MS = 3_600_000;
/** A revoked token answers 410 for a year. */
const REVOKED_MS = 365 * 86_400_000;

export type PrivateFeed = {
  id: string;
  name: string;
  /** Path and query, without a format. */
  feed: string;
  createdAt: Instant;
  usedAt: Instant | undefined;
};

/** Gives the token, which is kept nowhere. Throws `conflict` when there are too many. */
export async function createFeedToken(
  tx: Tx,
  personId: string,
  { name, feed }: { name: string; feed: string },
): Promise<string> {
  const at = now();
  await tx
    .deleteFrom('feed_tokens')
    .where('person_id', '=', personId)
    .where('revoked_at', '<', toInstant(Date.parse(at) - REVOKED_MS) as string)
    .execute();
  const { count } = await tx
    .selectFrom('feed_tokens')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAX_FEED_TOKENS) {
    throw new AppError(
      'conflict',
      `You have ${MAX_FEED_TOKENS} private feeds, which is as many as one may have: revoke one first.`,
    );
  }
  const token = `${TOKEN_PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  await tx
    .insertInto('feed_tokens')
    .values({
      id: randomBytes(12).toString('hex'),
      person_id: personId,
      name,
      feed,
      token_hash: hashOf(token),
      created_at: at,
      used_at: null,
      revoked_at: null,
    })
    .execute();
  return token;
}

/** Does nothing to somebody else's, and again nothing. */
export async function revokeFeedToken(tx: Tx, personId: string, id: string): Promise<void> {
  await tx
    .updateTable('feed_tokens')
    .set({ revoked_at: now() })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Those that work, the newest first. */
export async function listPrivateFeeds(db: Db, personId: string): Promise<PrivateFeed[]> {
  const rows = await db
    .selectFrom('feed_tokens')
    .select(['id', 'name', 'feed', 'created_at', 'used_at'])
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(MAX_FEED_TOKENS)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    feed: row.feed,
    createdAt: row.created_at as Instant,
    usedAt: (row.used_at as Instant | null) ?? undefined,
  }));
}

export type FeedTokenHolder = { feed: string; person: Person; isRevoked: boolean };

/** Whose token it is, and of which feed; notes roughly when it was used. */
export async function findFeedToken(
  database: Database,
  token: string,
): Promise<FeedTokenHolder | undefined> {
  const at = now();
  const row = await database.read
    .selectFrom('feed_tokens')
    .innerJoin('people', 'people.id', 'feed_tokens.person_id')
    .selectAll('people')
    .select(['feed_tokens.id as token_id', 'feed', 'used_at', 'revoked_at'])
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst();
  if (!row) return undefined;
  const isRevoked = row.revoked_at !== null;
  const usedAt = row.used_at === null ? 0 : Date.parse(row.used_at);
  if (!isRevoked && Date.parse(at) - usedAt > USE_PRECISION_MS) {
    await database.transact((tx) =>
      tx.updateTable('feed_tokens').set({ used_at: at }).where('id', '=', row.token_id).execute(),
    );
  }
  return { feed: row.feed, person: personFromRow(row, at), isRevoked };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
