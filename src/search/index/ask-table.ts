// Questions to a table of the search engine: by words, by vector, by filter.
import type { FullTextQuery, Occur, Query, Table, VectorQuery } from '@lancedb/lancedb';
import type { Table as ArrowTable, RecordBatch } from 'apache-arrow';
import type { SearchQuery } from '../query/parse-query.ts';
import { type Lance, loadLance } from './lance.ts';
import { STOP_WORDS } from './papers-table.ts';
import { periodCondition } from './period-condition.ts';

/** Keys with scores, best first. */
export type Scored = { key: number; score: number };
/**
 * With the place where the engine has it, by which more of it is read quickest. Compacting moves rows:
 * the place is good for the question at hand.
 */
export type Hit = Scored & { row: bigint };

/** What the title adds to the score of title and abstract. Chosen on SciFact's training queries. */
const TITLE_SHARE = 0.2;
/** What it adds that a short query stands in the paper word by word. */
const TOGETHER_SHARE = 1;
const MAX_TOGETHER = 5;
/** How deep both are asked where a filter leaves out many of them. */
const ADDED = 1_000;
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
    ...(after || before ? [periodCondition(after, before)] : []),
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
  // Rows since the last compaction are asked for words, not for phrases: a word alone is asked as one.
  const phrase = (text: string, column: string) =>
    (text.match(WORDS) ?? []).length === 1 ? all(text, column) : new PhraseQuery(text, column);
  return {
    must: [
      ...query.phrases.filter(hasContent).map((text) => phrase(text, 'text')),
      ...query.titles
        .filter(({ text }) => hasContent(text))
        .map(({ text, isPhrase }) => (isPhrase ? phrase(text, 'title') : all(text, 'title'))),
      ...query.authors.map((name) => phrase(name, 'author_keys')),
    ],
    mustNot: [
      ...query.excluded.filter(hasContent).map((text) => phrase(text, 'text')),
      ...query.excludedAuthors.map((name) => phrase(name, 'author_keys')),
    ],
  };
}

const STOP = new Set(STOP_WORDS);
const WORDS = /[\p{L}\p{N}]+/gu;

/** Whether the engine knows a word of it: it drops stop words and signs. */
export function hasContent(text: string): boolean {
  return contentWords(text).length > 0;
}

/** How many words the engine knows, repeated ones too. */
export function countContentWords(text: string): number {
  return contentWords(text).length;
}

function contentWords(text: string): string[] {
  return (text.toLowerCase().match(WORDS) ?? []).filter((word) => !STOP.has(word));
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
export async function askWords(table: Table, asked: WordsAsked): Promise<Hit[]> {
  const { lancedb } = await loadLance();
  const { words, isStrict, text, limit } = asked;
  const isConditional = text.must.length + text.mustNot.length > 0;
  const hasWords = hasContent(words);
  if (!hasWords && text.must.length === 0) return [];
  const { MatchQuery, Operator, PhraseQuery } = lancedb;
  const body = hasWords
    ? [new MatchQuery(words, 'text', isStrict ? { operator: Operator.And } : {})]
    : [];
  // What is only added to papers that were found needs no filter, which would cost as much again.
  const added = asked.where === undefined ? asked : { ...asked, where: undefined, limit: ADDED };
  const [found, titled, together] = await Promise.all([
    runText(table, isConditional ? conditional(lancedb, body, asked) : only(body), asked),
    hasWords ? runText(table, new MatchQuery(words, 'title'), added) : [],
    isShort(words) ? runText(table, new PhraseQuery(words, 'text'), added) : [],
  ]);
  const hits = new Map(found.map((hit) => [hit.key, hit]));
  const add = (list: Hit[], share: number) => {
    for (const { key, score } of list) {
      const hit = hits.get(key);
      if (hit) hit.score += share * score;
    }
  };
  add(titled, TITLE_SHARE);
  add(together, TOGETHER_SHARE);
  return byScore([...hits.values()]).slice(0, limit);
}

/** Two to five words that the engine knows: few enough to be written next to each other. */
function isShort(words: string): boolean {
  const known = countContentWords(words);
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

async function runText(table: Table, query: FullTextQuery, asked: WordsAsked): Promise<Hit[]> {
  const found = await limited(table.query().fullTextSearch(query), asked)
    .select(['key', '_score'])
    .withRowId()
    .toArrow({ timeoutMs: asked.timeoutMs });
  return hitsOf(found, '_score');
}

/** Column by column, which is several times quicker than an object a row. */
function hitsOf(found: ArrowTable, scoreColumn: string): Hit[] {
  return found.batches.flatMap((batch) => {
    const keys = numbersOf(batch, 'key');
    const scores = numbersOf(batch, scoreColumn);
    const rows = batch.getChild('_rowid')?.toArray() as BigUint64Array;
    return Array.from(keys, (key, at) => ({
      key,
      score: scores[at] as number,
      row: rows[at] as bigint,
    }));
  });
}

function numbersOf(batch: RecordBatch, column: string): Int32Array | Float32Array {
  return batch.getChild(column)?.toArray() as Int32Array | Float32Array;
}

function byScore<S extends Scored>(list: S[]): S[] {
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
export async function askVector(table: Table, asked: VectorAsked): Promise<Hit[]> {
  const found = await limited(nearest(table, asked), asked)
    .select(['key', '_distance'])
    .withRowId()
    .toArrow({ timeoutMs: asked.timeoutMs });
  const hits = hitsOf(found, '_distance');
  for (const hit of hits) hit.score = 1 - hit.score;
  return byScore(hits);
}

function nearest(table: Table, { vector, probes }: VectorAsked): VectorQuery {
  const query = table.vectorSearch(vector).column('vector').distanceType('dot');
  return probes === 'all' ? query.bypassVectorIndex() : query.nprobes(probes);
}

/** The vectors of papers, by key; one without a vector is left out. */
export async function loadVectors(
  table: Table,
  hits: Hit[],
  timeoutMs: number,
): Promise<Map<number, Float32Array>> {
  const vectors = new Map<number, Float32Array>();
  for (const batch of await takeRows(table, hits, ['key', 'vector'], timeoutMs)) {
    const keys = numbersOf(batch, 'key');
    const column = batch.getChild('vector');
    const data = column?.data[0];
    const numbers = data?.children[0]?.values as Float32Array | undefined;
    if (!column || !data || !numbers) continue;
    const length = data.stride;
    for (const [at, key] of keys.entries()) {
      if (!column.isValid(at)) continue;
      const start = (data.offset + at) * length;
      vectors.set(key, numbers.subarray(start, start + length));
    }
  }
  return vectors;
}

async function takeRows(
  table: Table,
  hits: Hit[],
  columns: string[],
  timeoutMs: number,
): Promise<RecordBatch[]> {
  if (hits.length === 0) return [];
  const rows = hits.map(({ row }) => row);
  const found = await table.takeRowIds(rows).select(columns).toArrow({ timeoutMs });
  return found.batches;
}

export type ListAsked = {
  where: string | undefined;
  orderBy: 'day' | 'votes';
  limit: number;
  timeoutMs: number;
};

/** What meets the conditions, in order; for questions without words. */
export async function askList(table: Table, asked: ListAsked): Promise<Hit[]> {
  const { orderBy, timeoutMs } = asked;
  const found = await limited(table.query(), asked)
    .select(['key', orderBy])
    .withRowId()
    .orderBy([
      { columnName: orderBy, ascending: false },
      { columnName: 'key', ascending: false },
    ])
    .toArrow({ timeoutMs });
  return hitsOf(found, orderBy);
}

/** What lists are ordered and counted by. */
export type Facts = { key: number; day: number; votes: number; categories: string[] };

export async function loadFacts(table: Table, hits: Hit[], timeoutMs: number): Promise<Facts[]> {
  const columns = ['key', 'day', 'votes', 'categories'];
  return (await takeRows(table, hits, columns, timeoutMs)).flatMap((batch) => {
    const keys = numbersOf(batch, 'key');
    const days = numbersOf(batch, 'day');
    const votes = numbersOf(batch, 'votes');
    const categories = textListsOf(batch, 'categories');
    return Array.from(keys, (key, at) => ({
      key,
      day: days[at] as number,
      votes: votes[at] as number,
      categories: categories[at] as string[],
    }));
  });
}

function textListsOf(batch: RecordBatch, column: string): string[][] {
  const lists = batch.getChild(column);
  const data = lists?.data[0];
  const offsets = data?.valueOffsets;
  if (!lists || !data || !offsets) return [];
  const texts = lists.getChildAt(0)?.toArray() as string[];
  return Array.from({ length: batch.numRows }, (_, at) =>
    texts.slice(offsets[at] as number, offsets[at + 1] as number),
  );
}

function limited<Q extends Query | VectorQuery>(
  query: Q,
  { where, limit }: { where: string | undefined; limit: number },
): Q {
  const filtered = where === undefined ? query : query.where(where);
  return filtered.limit(limit) as Q;
}
