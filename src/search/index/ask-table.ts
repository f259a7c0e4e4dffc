// Questions to a table of the search engine: by words, by vector, by filter.
import type { FullTextQuery, Occur, Query, Table, VectorQuery } from '@lancedb/lancedb';
import type { SearchQuery } from '../query/parse-query.ts';
import { dayNumber } from './index-row.ts';
import { type Lance, loadLance } from './lance.ts';
import { STOP_WORDS } from './papers-table.ts';

/** Keys with scores, best first. */
export type Scored = { key: number; score: number };

/** What the title adds to the score of title and abstract. Chosen on SciFact's training queries. */
const TITLE_SHARE = 0.2;
/** What it adds that a short query stands in the paper word by word. */
const TOGETHER_SHARE = 0.5;
const MAX_TOGETHER = 5;
/** What is asked of every column but those that are searched. */
export type Conditions = Pick<
  SearchQuery,
  'categories' | 'excludedCategories' | 'after' | 'before' | 'has' | 'votes'
>;

/** The conditions as SQL; undefined when there are none. */
export function whereOf(conditions: Conditions): string | undefined {
  const { categories, excludedCategories, after, before, has, votes } = conditions;
  const parts = [
    ...(categories.length > 0 ? [anyOf(categories)] : []),
    ...(excludedCategories.length > 0 ? [`NOT ${anyOf(excludedCategories)}`] : []),
    ...(after ? [`day >= ${dayNumber(after)}`] : []),
    ...(before ? [`day < ${dayNumber(before)}`] : []),
    ...has.map((kind) => `array_has(has, ${quoted(kind)})`),
    ...(votes.min === undefined ? [] : [`votes >= ${votes.min}`]),
    ...(votes.max === undefined ? [] : [`votes <= ${votes.max}`]),
  ];
  return parts.length > 0 ? parts.join(' AND ') : undefined;
}

/** An archive without a subject, as `cs`, stands for all of its categories. */
function anyOf(categories: string[]): string {
  const names = categories.flatMap((name) => (name.includes('.') ? [name] : [name, `${name}.*`]));
  return `array_has_any(categories, [${names.map(quoted).join(', ')}])`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What must stand in a paper and what must not, for the engine; undefined when nothing is said of either. */
export type TextConditions = { must: FullTextQuery[]; mustNot: FullTextQuery[] };

export function textConditionsOf(lance: Lance['lancedb'], query: SearchQuery): TextConditions {
  const { MatchQuery, PhraseQuery, Operator } = lance;
  const all = (text: string, column: string) =>
    new MatchQuery(text, column, { operator: Operator.And });
  return {
    must: [
      ...query.phrases.filter(hasContent).map((text) => new PhraseQuery(text, 'text')),
      ...query.titles
        .filter(({ text }) => hasContent(text))
        .map(({ text, isPhrase }) =>
          isPhrase ? new PhraseQuery(text, 'title') : all(text, 'title'),
        ),
      ...query.authors.map((name) => new PhraseQuery(name, 'authors')),
    ],
    mustNot: [
      ...query.excluded.filter(hasContent).map((text) => new PhraseQuery(text, 'text')),
      ...query.excludedAuthors.map((name) => new PhraseQuery(name, 'authors')),
    ],
  };
}

const STOP = new Set(STOP_WORDS);

/** Whether the engine knows a word of it: it drops stop words and signs. */
export function hasContent(text: string): boolean {
  return contentWords(text).length > 0;
}

function contentWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !STOP.has(word));
}

export type WordsAsked = {
  words: string;
  /** Whether every word must stand in the paper. */
  isStrict: boolean;
  text: TextConditions;
  where: string | undefined;
  limit: number;
  timeoutMs: number;
};

/**
 * BM25 of title and abstract together, and of the title again for a small part; and of a short query
 * again where it stands word by word. They are asked apart and added up here: the engine's own query for
 * several cannot leave out what cannot come to the top, and takes ten times as long.
 */
export async function askWords(table: Table, asked: WordsAsked): Promise<Scored[]> {
  const { lancedb } = await loadLance();
  const { words, isStrict, text, limit } = asked;
  const isConditional = text.must.length + text.mustNot.length > 0;
  const hasWords = hasContent(words);
  if (!hasWords && text.must.length === 0) return [];
  const { MatchQuery, Operator, PhraseQuery } = lancedb;
  const body = hasWords
    ? [new MatchQuery(words, 'text', isStrict ? { operator: Operator.And } : {})]
    : [];
  const [found, titled, together] = await Promise.all([
    runText(table, isConditional ? conditional(lancedb, body, asked) : only(body), asked),
    hasWords ? runText(table, new MatchQuery(words, 'title'), asked) : [],
    isShort(words) ? runText(table, new PhraseQuery(words, 'text'), asked) : [],
  ]);
  const scores = new Map(found.map(({ key, score }) => [key, score]));
  const add = (list: Scored[], share: number) => {
    for (const { key, score } of list) {
      const before = scores.get(key);
      if (before !== undefined) scores.set(key, before + share * score);
    }
  };
  add(titled, TITLE_SHARE);
  add(together, TOGETHER_SHARE);
  return byScore([...scores].map(([key, score]) => ({ key, score }))).slice(0, limit);
}

/** Two to five words that the engine knows: few enough to be written next to each other. */
function isShort(words: string): boolean {
  const known = contentWords(words).length;
  return known >= 2 && known <= MAX_TOGETHER;
}

type Clause = [Occur, FullTextQuery];

function only([query]: FullTextQuery[]): FullTextQuery {
  return query as FullTextQuery;
}

function conditional(
  { BooleanQuery, Occur }: Lance['lancedb'],
  body: FullTextQuery[],
  { isStrict, text }: WordsAsked,
): FullTextQuery {
  const occur = isStrict || text.must.length === 0 ? Occur.Must : Occur.Should;
  return new BooleanQuery([
    ...text.must.map((part): Clause => [Occur.Must, part]),
    ...text.mustNot.map((part): Clause => [Occur.MustNot, part]),
    ...body.map((part): Clause => [occur, part]),
  ]);
}

async function runText(table: Table, query: FullTextQuery, asked: WordsAsked): Promise<Scored[]> {
  const rows = await limited(table.query().fullTextSearch(query), asked)
    .select(['key', '_score'])
    .toArray({ timeoutMs: asked.timeoutMs });
  return rows.map((row) => ({ key: row.key as number, score: row._score as number }));
}

function byScore(list: Scored[]): Scored[] {
  return list.sort((a, b) => b.score - a.score || a.key - b.key);
}

/** Of the given keys those whose papers meet the conditions on their text. */
export async function withText(
  table: Table,
  keys: number[],
  { must, mustNot }: TextConditions,
  timeoutMs: number,
): Promise<Set<number>> {
  const { lancedb } = await loadLance();
  const { BooleanQuery, Occur } = lancedb;
  let left = new Set(keys);
  const ask = async (occur: Occur, parts: FullTextQuery[]) => {
    if (parts.length === 0 || left.size === 0) return undefined;
    const rows = await table
      .query()
      .fullTextSearch(new BooleanQuery(parts.map((part): Clause => [occur, part])))
      .where(`key IN (${[...left].join(', ')})`)
      .limit(left.size)
      .select(['key', '_score'])
      .toArray({ timeoutMs });
    return new Set(rows.map((row) => row.key as number));
  };
  const found = await ask(Occur.Must, must);
  if (found) left = found;
  const unwanted = await ask(Occur.Should, mustNot);
  if (unwanted) left = new Set([...left].filter((key) => !unwanted.has(key)));
  return left;
}

export type VectorAsked = {
  vector: Float32Array;
  where: string | undefined;
  limit: number;
  timeoutMs: number;
  /** How many partitions of the vector index are looked into; `all` compares with every vector. */
  probes: number | 'all';
};

/** By cosine, which is the inner product of vectors of length 1. */
export async function askVector(table: Table, asked: VectorAsked): Promise<Scored[]> {
  const rows = await limited(nearest(table, asked), asked)
    .select(['key', '_distance'])
    .toArray({ timeoutMs: asked.timeoutMs });
  return byScore(
    rows.map((row) => ({ key: row.key as number, score: 1 - (row._distance as number) })),
  );
}

function nearest(table: Table, { vector, probes }: VectorAsked): VectorQuery {
  const query = table.vectorSearch(vector).column('vector').distanceType('dot');
  return probes === 'all' ? query.bypassVectorIndex() : query.nprobes(probes);
}

/** The vectors of papers; one without a vector is left out. */
export async function loadVectors(
  table: Table,
  keys: number[],
  timeoutMs: number,
): Promise<Map<number, Float32Array>> {
  const vectors = new Map<number, Float32Array>();
  if (keys.length === 0) return vectors;
  const found = await table
    .query()
    .where(`key IN (${keys.join(', ')})`)
    .select(['key', 'vector'])
    .limit(keys.length)
    .toArrow({ timeoutMs });
  for (const batch of found.batches) {
    const column = batch.getChild('vector');
    const data = column?.data[0];
    // Straight from the buffer: as JavaScript arrays they would hold up the process for milliseconds.
    const numbers = data?.children[0]?.values as Float32Array | undefined;
    const length = data?.stride ?? 0;
    if (!column || !data || !numbers) continue;
    for (const [row, key] of [...(batch.getChild('key') as Iterable<number>)].entries()) {
      if (!column.isValid(row)) continue;
      const start = (data.offset + row) * length;
      vectors.set(key, numbers.subarray(start, start + length));
    }
  }
  return vectors;
}

export type ListAsked = {
  where: string | undefined;
  orderBy: 'day' | 'votes';
  limit: number;
  timeoutMs: number;
};

/** What meets the conditions, in order; for questions without words. */
export async function askList(table: Table, asked: ListAsked): Promise<Scored[]> {
  const { where, orderBy, limit, timeoutMs } = asked;
  let query = table.query().select(['key', orderBy]).limit(limit);
  if (where !== undefined) query = query.where(where);
  const rows = await query
    .orderBy([
      { columnName: orderBy, ascending: false },
      { columnName: 'key', ascending: false },
    ])
    .toArray({ timeoutMs });
  return rows.map((row) => ({ key: row.key as number, score: row[orderBy] as number }));
}

/** What lists are ordered and counted by. */
export type Facts = { key: number; day: number; votes: number; categories: string[] };

export async function loadFacts(table: Table, keys: number[], timeoutMs: number): Promise<Facts[]> {
  if (keys.length === 0) return [];
  const rows = await table
    .query()
    .where(`key IN (${keys.join(', ')})`)
    .select(['key', 'day', 'votes', 'categories'])
    .limit(keys.length)
    .toArray({ timeoutMs });
  return rows.map((row) => ({
    key: row.key as number,
    day: row.day as number,
    votes: row.votes as number,
    categories: [...(row.categories as Iterable<string>)],
  }));
}

function limited<Q extends Query | VectorQuery>(
  query: Q,
  { where, limit }: { where: string | undefined; limit: number },
): Q {
  const filtered = where === undefined ? query : query.where(where);
  return filtered.limit(limit) as Q;
}
