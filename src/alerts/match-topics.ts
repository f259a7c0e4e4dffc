// Many topics looked for in the same papers: each topic once, however many alerts ask for it.
import type { Db } from '../database/database.ts';
import { parseTopic, type Topic, topicKey } from '../feed/topic.ts';
import { authorKey } from '../papers/author-name.ts';
import type { Author } from '../papers/paper.ts';
import type { Search } from '../search/search.ts';

/** How many papers are held in memory at a time. */
const PAPERS_AT_ONCE = 1_000;

export type TopicMatches = {
  /** By the topic's text: keys, the best of each thousand first. */
  keys: Map<string, number[]>;
  /** Topics by meaning that could not be compared with every paper. */
  incomplete: Set<string>;
};

export type MatchingParts = { db: Db; search: Pick<Search, 'openMatcher'>; signal: AbortSignal };

/** `topics` are texts as `topicKey` writes them. */
export async function matchTopics(
  { db, search, signal }: MatchingParts,
  topics: string[],
  among: number[],
): Promise<TopicMatches> {
  const parsed = [...new Set(topics)].map((text) => [text, parseTopic(text)] as const);
  const found: TopicMatches = { keys: new Map(), incomplete: new Set() };
  const add = (text: string, keys: number[]) => {
    if (keys.length > 0) found.keys.set(text, [...(found.keys.get(text) ?? []), ...keys]);
  };
  for (let at = 0; at < among.length; at += PAPERS_AT_ONCE) {
    const some = among.slice(at, at + PAPERS_AT_ONCE);
    if (parsed.some(([, topic]) => topic.kind === 'author')) {
      const authors = await authorsOf(db, some);
      for (const [text, topic] of parsed) {
        if (topic.kind === 'author') add(text, authors.get(topic.author) ?? []);
      }
    }
    const searches = parsed.flatMap(([text, topic]) => searchOf(text, topic));
    if (searches.length === 0) continue;
    const matcher = await search.openMatcher(some, signal);
    try {
      for (const { text, query, by } of searches) {
        signal.throwIfAborted();
        const { keys, isComplete } = await matcher.match(query, by);
        add(text, keys);
        if (!isComplete) found.incomplete.add(text);
      }
    } finally {
      matcher.close();
    }
  }
  return found;
}

function searchOf(text: string, topic: Topic) {
  if (topic.kind === 'search') return [{ text, query: topic.query, by: topic.by }];
  if (topic.kind === 'category') {
    return [{ text, query: `cat:${topic.category}`, by: 'words' as const }];
  }
  return [];
}

/** Keys of papers by the keys of their authors' names. */
async function authorsOf(db: Db, keys: number[]): Promise<Map<string, number[]>> {
  const rows = await db
    .selectFrom('papers')
    .select(['key', 'authors'])
    .where('key', 'in', keys)
    .where('withdrawn_at', 'is', null)
    .orderBy('key', 'desc')
    .execute();
  const papers = new Map<string, number[]>();
  for (const row of rows) {
    const names = (JSON.parse(row.authors) as Author[]).map(({ name }) => authorKey(name));
    for (const name of new Set(names)) papers.set(name, [...(papers.get(name) ?? []), row.key]);
  }
  return papers;
}

/** The same for one topic. */
export async function matchTopic(parts: MatchingParts, topic: Topic, among: number[]) {
  const text = topicKey(topic);
  const { keys, incomplete } = await matchTopics(parts, [text], among);
  return { keys: keys.get(text) ?? [], isComplete: !incomplete.has(text) };
}
