// What channels are to be told now: of the day that has closed, and of papers that crossed a number of votes.
import { addDays, type Day, type Instant, now, toInstant } from '../base/calendar.ts';
import { messageOf } from '../base/errors.ts';
import type { Database, Db } from '../database/database.ts';
import { isFree } from '../people/barred.ts';
import type { Search } from '../search/search.ts';
import { type Crossing, listCrossings } from '../votes/note-peaks.ts';
import { type Channel, channelFromRow } from './channel.ts';
import { nextPostAt } from './channel-store.ts';
import { choosePapersOfDay, filterPapers, untold } from './choose-papers.ts';
import { enqueuePost, logEmpty } from './enqueue-post.ts';

export type Planning = {
  database: Database;
  search: Pick<Search, 'match'>;
  today(): Day;
  log: { warn(details: object, message: string): void };
};

/** Channels looked at in one go. */
const STEP = 200;

/** What fails for one channel is tried again at the next look, and holds up no other. */
export async function planPosts(planning: Planning): Promise<void> {
  await eachChannel(planning, 'day', (channel) => planDay(planning, channel));
  const crossings = new Map<string, Promise<Crossing[]>>();
  await eachChannel(planning, 'votes', (channel) => planVotes(planning, channel, crossings));
}

async function eachChannel(
  { database, log }: Planning,
  trigger: Channel['trigger'],
  plan: (channel: Channel) => Promise<void>,
): Promise<void> {
  for (let last = ''; ; ) {
    let query = database.read
      .selectFrom('channels')
      .selectAll()
      .select(isFree('channels.person_id').as('is_free'))
      .where('state', '=', 'active')
      .where('trigger', '=', trigger)
      .where('id', '>', last);
    if (trigger === 'day') query = query.where('next_at', '<=', now());
    const rows = await query.orderBy('id').limit(STEP).execute();
    for (const row of rows) {
      const channel = channelFromRow(row);
      try {
        if (row.is_free) await plan(channel);
        else await passOver(database, channel);
      } catch (error) {
        log.warn({ err: messageOf(error), channel: channel.id }, 'cannot plan for a channel');
      }
    }
    if (rows.length < STEP) return;
    last = (rows.at(-1) as { id: string }).id;
  }
}

/** What crosses while its person is suspended is never told: a chat wants no backlog. */
async function passOver(database: Database, { id, trigger }: Channel): Promise<void> {
  if (trigger === 'day') return;
  await database.transact((tx) =>
    tx
      .updateTable('channels')
      .set({ since_at: now() })
      .where('id', '=', id)
      .where('state', '=', 'active')
      .execute(),
  );
}

/** Brings the last closed day, and the one before when no post has: of longer gaps nobody wants all days at once. */
async function planDay({ database, search, today }: Planning, channel: Channel): Promise<void> {
  const parts = { db: database.read, search };
  const posts: { day: Day; papers: string[] }[] = [];
  for (const day of daysToCover(channel, addDays(today(), -1))) {
    posts.push({ day, papers: await choosePapersOfDay(parts, channel, day) });
  }
  const last = posts.at(-1)?.day;
  await database.transact(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('channels')
      .set({
        next_at: nextPostAt(channel, new Date()),
        ...(last ? { covered_until: addDays(last, 1) } : {}),
      })
      .where('id', '=', channel.id)
      .where('next_at', '=', channel.nextAt ?? '')
      .where('state', '=', 'active')
      .executeTakeFirst();
    // Another worker was quicker, or a person changed the hour.
    if (Number(numUpdatedRows) === 0) return;
    for (const { day, papers } of posts) {
      const post = { channelId: channel.id, occasion: `day ${day}` };
      if (papers.length === 0) await logEmpty(tx, database.engine, post);
      else await enqueuePost(tx, database.engine, { ...post, papers });
    }
  });
}

function daysToCover({ coveredUntil }: Channel, closed: Day): Day[] {
  if (coveredUntil !== undefined && coveredUntil > closed) return [];
  const before = addDays(closed, -1);
  return coveredUntil === before ? [before, closed] : [closed];
}

/** Crossings may be committed later than they say: so far back they are looked at again. */
const OVERLAP_MS = 10 * 60_000;
/** So long a channel with nothing to tell keeps where it stood. */
const KEEP_MS = 3_600_000;
const CROSSINGS_STEP = 500;
/** What crossed before these is not told by any look. */
const MAX_CROSSINGS = 5_000;

async function planVotes(
  { database, search }: Planning,
  channel: Channel,
  asked: Map<string, Promise<Crossing[]>>,
): Promise<void> {
  const lookedAt = now();
  const covered = channel.coveredUntil ?? channel.sinceAt;
  const overlapped = toInstant(Date.parse(covered) - OVERLAP_MS) as Instant;
  const after = [overlapped, channel.sinceAt].sort()[1] as Instant;
  // Channels that wait for the same number, and look from the same minute on, ask once.
  const from = `${after.slice(0, 16)}:00.000Z` as Instant;
  const question = `${channel.votes} ${from}`;
  const asking = asked.get(question) ?? readCrossings(database.read, channel.votes, from);
  asked.set(question, asking);
  const crossed = (await asking).filter(({ crossedAt }) => crossedAt > after);
  const fresh = await untold(
    database.read,
    channel.id,
    crossed.map(({ paperKey }) => paperKey),
  );
  if (fresh.size === 0 && Date.parse(lookedAt) - Date.parse(covered) < KEEP_MS) return;
  const keys = crossed.map(({ paperKey }) => paperKey).filter((key) => fresh.has(key));
  const wanted = await filterPapers({ db: database.read, search }, channel.topics, keys);
  const ids = wanted.flatMap((key) => fresh.get(key) ?? []);
  await database.transact(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('channels')
      .set({ covered_until: lookedAt })
      .where('id', '=', channel.id)
      .where('state', '=', 'active')
      .where('since_at', '=', channel.sinceAt)
      .executeTakeFirst();
    // A person changed it meanwhile: the next look does as they say.
    if (Number(numUpdatedRows) === 0) return;
    const occasion = `votes ${ids[0]}`;
    await enqueuePost(tx, database.engine, { channelId: channel.id, occasion, papers: ids });
  });
}

/** Those of some minutes, or days, in their order. */
export async function readCrossings(db: Db, votes: number, from: Instant): Promise<Crossing[]> {
  const all: Crossing[] = [];
  for (;;) {
    const after = all.at(-1) ?? { crossedAt: from, paperKey: -1 };
    const step = await listCrossings(db, { votes, after, limit: CROSSINGS_STEP });
    all.push(...step);
    if (step.length < CROSSINGS_STEP || all.length >= MAX_CROSSINGS) return all;
  }
}
