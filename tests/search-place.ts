// A database with an index beside it, for tests of the search engine.
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Database } from '../src/database/database.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { listEntries } from '../src/search/index/catalog.ts';
import type { IndexRow } from '../src/search/index/index-row.ts';
import {
  type IndexKeeper,
  type KeeperOptions,
  openKeeper,
} from '../src/search/index/keep-index.ts';
import { connect } from '../src/search/index/lance.ts';
import { readRows } from '../src/search/index/papers-table.ts';
import { parseQuery } from '../src/search/query/parse-query.ts';
import { createSearch, type Found, type Search, type SearchOptions } from '../src/search/search.ts';
import { save } from './fixtures.ts';
import { type StandInEmbedder, standInEmbedder } from './stand-in-embedder.ts';
import { openTestDatabase, temporaryFolder } from './test-database.ts';

/** No test is about how long a question may take, but for the one that says so. */
const TIMEOUT_MS = 20_000;
const MANY = 100_000;

export type SearchPlace = {
  database: Database;
  uri: string;
  embedder: StandInEmbedder;
  /** What the keeper told of the embedder. */
  troubles: string[];
};

export async function openSearchPlace(...records: PaperRecord[]): Promise<SearchPlace> {
  const database = await openTestDatabase();
  if (records.length > 0) await save(database, ...records);
  const uri = path.join(temporaryFolder(), 'search');
  return { database, uri, embedder: standInEmbedder(), troubles: [] };
}

/** Undefined while another keeps the index. */
export async function tryKeeper(
  place: SearchPlace,
  options: Partial<KeeperOptions> = {},
): Promise<IndexKeeper | undefined> {
  const keeper = await openKeeper(place, place.embedder, {
    signal: new AbortController().signal,
    onTrouble: (problem) => place.troubles.push(problem),
    // Most tests have no reader who would be at the table of before.
    swapGraceMs: 0,
    ...options,
  });
  if (keeper) onTestFinished(() => keeper.close());
  return keeper;
}

export async function keeperOf(
  place: SearchPlace,
  options: Partial<KeeperOptions> = {},
): Promise<IndexKeeper> {
  const keeper = await tryKeeper(place, options);
  if (!keeper) throw new Error('Another keeps the index.');
  return keeper;
}

/** A place whose index holds the papers. */
export async function openIndexed(
  ...records: PaperRecord[]
): Promise<{ place: SearchPlace; keeper: IndexKeeper }> {
  const place = await openSearchPlace(...records);
  const keeper = await keeperOf(place);
  await keeper.ensure();
  return { place, keeper };
}

/** Takes over every change, and makes it findable in every way. */
export async function bringUpToDate(keeper: IndexKeeper): Promise<void> {
  await keeper.follow();
  await keeper.followVotes();
  await keeper.compact();
}

export type Asked = { keys: number[]; ids: string[]; found: Found };
export type Ask = (text: string, options?: Partial<SearchOptions>) => Promise<Asked>;

/** Asks as a page does; the first page, by relevance, unless told otherwise. */
export function openSearch(
  { database, uri, embedder }: SearchPlace,
  { timeoutMs = TIMEOUT_MS, meaningWeight = 0.3, nearFrom = 0.5, warnings = [] as string[] } = {},
): { search: Search; ask: Ask } {
  const search = createSearch({
    database,
    config: { search: { uri, timeoutMs, meaningWeight, nearFrom } },
    openEmbedder: async () => embedder,
    log: { warn: (_, message) => warnings.push(message) },
  });
  onTestFinished(() => search.close());
  return {
    search,
    async ask(text, options = {}) {
      const found = await search.search(parseQuery(text), {
        sort: 'relevance',
        offset: 0,
        limit: 20,
        isForPage: true,
        ...options,
      });
      const { keys } = found;
      return { keys, ids: await idsOf(database, keys), found };
    },
  };
}

async function idsOf(database: Database, keys: number[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await database.read
    .selectFrom('papers')
    .select(['key', 'id'])
    .where('key', 'in', keys)
    .execute();
  const ids = new Map(rows.map(({ key, id }) => [key, id]));
  return keys.map((key) => ids.get(key) ?? `no paper has the key ${key}`);
}

/** Every row of the index that is ready, by identity. */
export async function indexedRows({ uri }: Pick<SearchPlace, 'uri'>): Promise<IndexRow[]> {
  const connection = await connect(uri);
  try {
    const entry = (await listEntries(connection)).find(({ state }) => state === 'ready');
    if (!entry) throw new Error('No index is ready.');
    const table = await connection.openTable(entry.name);
    const rows = await readRows(table, 'key >= 0', MANY);
    table.close();
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  } finally {
    connection.close();
  }
}

/** Every paper that is not withdrawn stands in the index once, as it is now. */
export async function expectExact(place: Pick<SearchPlace, 'database' | 'uri'>): Promise<void> {
  const papers = await place.database.read
    .selectFrom('papers')
    .select(['key', 'id', 'change'])
    .where('withdrawn_at', 'is', null)
    .execute();
  const rows = await indexedRows(place);
  expect(rows.map(({ key, id }) => ({ key, id }))).toEqual(
    papers.map(({ key, id }) => ({ key, id })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  expect(rows.filter(({ vector }) => vector === null)).toEqual([]);
}
