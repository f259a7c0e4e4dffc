// Which papers a channel's filters let through.
import { addDays, type Day } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { Topic } from '../feed/topic.ts';
import { type TopicParts, topicSkeleton } from '../feed/topic-skeleton.ts';
import type { Channel } from './channel.ts';

/** Looked at of a day, a topic. */
const MAX_CANDIDATES = 500;

type Chooser = Pick<Channel, 'id' | 'topics' | 'papers'>;

/**
 * The identities of the papers of a day that a channel is to be told, the first the best: of the day's list in
 * its order; with filters, of the list what belongs to any of them, and then of all that the day brought.
 */
export async function choosePapersOfDay(
  parts: TopicParts,
  channel: Chooser,
  day: Day,
): Promise<string[]> {
  const days = { first: day, end: addDays(day, 1) };
  const topics: Topic[] = channel.topics.length > 0 ? channel.topics : [{ kind: 'list' }];
  const wanted = new Set<number>();
  for (const topic of topics) {
    for (const { paperKey } of await topicSkeleton(parts, topic, days, MAX_CANDIDATES)) {
      wanted.add(paperKey);
    }
  }
  const list = await topicSkeleton(parts, { kind: 'list' }, days, MAX_CANDIDATES);
  const listed = list.map(({ paperKey }) => paperKey).filter((key) => wanted.has(key));
  const keys = [...new Set([...listed, ...wanted])];
  const ids = await untold(parts.db, channel.id, keys);
  return keys.flatMap((key) => ids.get(key) ?? []).slice(0, channel.papers);
}

/** Of some papers, the keys of those that belong to any of the filters, in the order given. */
export async function filterPapers(
  { db, search }: TopicParts,
  topics: Topic[],
  keys: number[],
): Promise<number[]> {
  if (topics.length === 0 || keys.length === 0) return keys;
  const wanted = new Set<number>();
  const take = (rows: { paper_key: number }[]) => {
    for (const { paper_key } of rows) wanted.add(paper_key);
  };
  const categories = topics.flatMap((topic) => (topic.kind === 'category' ? [topic.category] : []));
  if (categories.length > 0) {
    take(
      await db
        .selectFrom('paper_categories')
        .innerJoin('papers', (join) =>
          join
            .onRef('papers.key', '=', 'paper_categories.paper_key')
            .onRef('papers.published_at', '=', 'paper_categories.published_at'),
        )
        .select('paper_key')
        .where('category', 'in', categories)
        .where('papers.key', 'in', keys)
        .execute(),
    );
  }
  const authors = topics.flatMap((topic) => (topic.kind === 'author' ? [topic.author] : []));
  if (authors.length > 0) {
    take(
      await db
        .selectFrom('paper_authors')
        .select('paper_key')
        .where('author_key', 'in', authors)
        .where('paper_key', 'in', keys)
        .execute(),
    );
  }
  for (const topic of topics) {
    if (topic.kind !== 'search') continue;
    for (const key of await search.match(topic.query, { by: topic.by, among: keys }))
      wanted.add(key);
  }
  return keys.filter((key) => wanted.has(key));
}

/** Identities by key, of those that the channel has not had and that were not withdrawn. */
export async function untold(
  db: Db,
  channelId: string,
  keys: number[],
): Promise<Map<number, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('papers')
    .select(['key', 'id'])
    .where('key', 'in', keys)
    .where('withdrawn_at', 'is', null)
    .where('key', 'not in', (eb) =>
      eb.selectFrom('channel_papers').select('paper_key').where('channel_id', '=', channelId),
    )
    .execute();
  return new Map(rows.map(({ key, id }) => [key, id]));
}
