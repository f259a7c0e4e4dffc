// One table of the search engine: its columns, its indexes, and writing rows.

import type { Connection, Index, Table } from '@lancedb/lancedb';
import type { Data, FixedSizeList, RecordBatch } from 'apache-arrow';
import type { IndexRow } from './index-row.ts';
import { type Lance, loadLance } from './lance.ts';

/**
 * Snowball's English stop words (https://snowballstem.org/algorithms/english/stop.txt), without those
 * that an apostrophe parts. They are given to the engine, so that what is marked is what was looked for.
 */
export const STOP_WORDS = `
  a about above after again against all am an and any are as at be because been before being below
  between both but by can did do does doing down during each few for from further had has have having he
  her here hers herself him himself his how i if in into is it its itself me more most my myself no nor
  not of off on once only or other our ours ourselves out over own same she should so some such than that
  the their theirs them themselves then there these they this those through to too under until up very
  was we were what when where which while who whom why will with you your yours yourself yourselves
`
  .trim()
  .split(/\s+/);

const MAX_TOKEN_LENGTH = 60;
const ENGLISH = {
  stem: true,
  removeStopWords: true,
  customStopWords: STOP_WORDS,
  asciiFolding: true,
  lowercase: true,
  withPosition: true,
  maxTokenLength: MAX_TOKEN_LENGTH,
};
const AS_WRITTEN = { ...ENGLISH, stem: false, removeStopWords: false };
const TOKENS = { ...AS_WRITTEN, withPosition: false };

/** Below so many rows every vector is compared; above, those of the nearest partitions. */
const MIN_VECTOR_INDEX_ROWS = 20_000;
/** A vector index is trained anew when the table has grown by this since. */
const RETRAIN_AT_GROWTH = 2;
const VECTOR_INDEX = 'vector_idx';
/** One commit that loses against others is tried again for so long. */
const MERGE_TIMEOUT_MS = 120_000;

/** Of each number of a vector in the vector index, which a reader keeps in memory. */
const VECTOR_BITS = 8;

/** How a table of so many rows is cut; measured with `npm run bench:search`. */
function partitionsFor(rows: number): number {
  return Math.round(Math.sqrt(rows));
}

/** Of how many partitions a question looks into, so that it finds 95 of the 100 nearest papers. */
const PROBED_SHARE = 0.3;
const MIN_PROBES = 48;
/** Those that a filter leaves lie further away and in more of them, the more so in a small index. */
const PROBED_SHARE_FILTERED = 0.4;
const MORE_PROBES_FILTERED = 100;

/** `trainedRows` as `createVectorIndex` returned it. */
export function probesFor(trainedRows: number, isFiltered: boolean): number {
  const partitions = partitionsFor(trainedRows);
  return isFiltered
    ? Math.ceil(partitions * PROBED_SHARE_FILTERED) + MORE_PROBES_FILTERED
    : Math.max(MIN_PROBES, Math.ceil(partitions * PROBED_SHARE));
}

export async function createPapersTable(
  connection: Connection,
  name: string,
  dimensions: number,
): Promise<Table> {
  const { arrow } = await loadLance();
  return connection.createEmptyTable(name, schemaOf(arrow, dimensions));
}

function schemaOf(arrow: Lance['arrow'], dimensions: number) {
  const text = (name: string) => new arrow.Field(name, new arrow.Utf8(), false);
  const texts = (name: string) =>
    new arrow.Field(name, new arrow.List(new arrow.Field('item', new arrow.Utf8(), true)), false);
  const number = (name: string) => new arrow.Field(name, new arrow.Int32(), false);
  return new arrow.Schema([
    number('key'),
    text('id'),
    new arrow.Field('change', new arrow.Float64(), false),
    text('fingerprint'),
    text('title'),
    text('spelling'),
    text('text'),
    text('authors'),
    text('author_keys'),
    text('title_prefixes'),
    text('author_prefixes'),
    texts('categories'),
    texts('has'),
    number('day'),
    number('year'),
    number('votes'),
    new arrow.Field(
      'vector',
      new arrow.FixedSizeList(dimensions, new arrow.Field('item', new arrow.Float32(), true)),
      true,
    ),
  ]);
}

async function toArrow(rows: IndexRow[], dimensions: number) {
  const { arrow } = await loadLance();
  const schema = schemaOf(arrow, dimensions);
  const children = schema.fields.map((field) =>
    field.name === 'vector'
      ? vectorColumn(arrow, rows, field.type as FixedSizeList)
      : (arrow.vectorFromArray(
          rows.map((row) => row[field.name as keyof IndexRow]),
          field.type,
        ).data[0] as Data),
  );
  const type = new arrow.Struct(schema.fields);
  const data = arrow.makeData({ type, length: rows.length, children });
  return new arrow.Table(schema, new arrow.RecordBatch(schema, data) as RecordBatch);
}

/** Built by hand, because going through one JavaScript array a row takes most of an import's time. */
function vectorColumn(arrow: Lance['arrow'], rows: IndexRow[], type: FixedSizeList): Data {
  const numbers = new Float32Array(rows.length * type.listSize);
  const nullBitmap = new Uint8Array(Math.ceil(rows.length / 8));
  let nullCount = 0;
  for (const [at, { vector }] of rows.entries()) {
    if (!vector) {
      nullCount++;
      continue;
    }
    numbers.set(vector, at * type.listSize);
    nullBitmap[at >> 3] = (nullBitmap[at >> 3] as number) | (1 << (at & 7));
  }
  const child = arrow.makeData({
    type: new arrow.Float32(),
    length: numbers.length,
    data: numbers,
  });
  return arrow.makeData({ type, length: rows.length, nullCount, nullBitmap, child });
}

/** For rows whose keys are not there yet. */
export async function addRows(table: Table, rows: IndexRow[], dimensions: number): Promise<void> {
  if (rows.length > 0) await table.add(await toArrow(rows, dimensions));
}

/** Puts rows in or replaces those of the same key; a row of a newer change stays. */
export async function mergeRows(table: Table, rows: IndexRow[], dimensions: number): Promise<void> {
  if (rows.length === 0) return;
  await table
    .mergeInsert('key')
    .whenMatchedUpdateAll({ where: 'source.change >= target.change' })
    .whenNotMatchedInsertAll()
    .execute(await toArrow(rows, dimensions), { timeoutMs: MERGE_TIMEOUT_MS });
}

/** Whole rows, for writing them again. */
export async function readRows(table: Table, where: string, limit: number): Promise<IndexRow[]> {
  const rows = await table.query().where(where).limit(limit).toArray();
  return rows.map((row) => {
    const { categories, has, vector, ...plain } = row.toJSON() as IndexRow;
    return {
      ...plain,
      categories: [...categories],
      has: [...has],
      vector: vector && Float32Array.from(vector),
    };
  });
}

type IndexPlan = {
  name: string;
  column: string;
  make(lance: Lance['lancedb']): Index;
  /** A condition that only the index answers; undefined for an index of words. */
  probe?: string;
};

const PLANS: IndexPlan[] = [
  { name: 'key_idx', column: 'key', make: ({ Index }) => Index.btree(), probe: 'key < 0' },
  { name: 'id_idx', column: 'id', make: ({ Index }) => Index.btree(), probe: "id = ''" },
  { name: 'day_idx', column: 'day', make: ({ Index }) => Index.btree(), probe: 'day = 0' },
  { name: 'year_idx', column: 'year', make: ({ Index }) => Index.bitmap(), probe: 'year = -1' },
  { name: 'votes_idx', column: 'votes', make: ({ Index }) => Index.btree(), probe: 'votes < 0' },
  {
    name: 'categories_idx',
    column: 'categories',
    make: ({ Index }) => Index.labelList(),
    probe: "array_has(categories, '')",
  },
  {
    name: 'has_idx',
    column: 'has',
    make: ({ Index }) => Index.labelList(),
    probe: "array_has(has, '')",
  },
  { name: 'text_idx', column: 'text', make: ({ Index }) => Index.fts(ENGLISH) },
  { name: 'title_idx', column: 'title', make: ({ Index }) => Index.fts(ENGLISH) },
  { name: 'spelling_idx', column: 'spelling', make: ({ Index }) => Index.fts(TOKENS) },
  { name: 'author_keys_idx', column: 'author_keys', make: ({ Index }) => Index.fts(AS_WRITTEN) },
  { name: 'title_prefixes_idx', column: 'title_prefixes', make: ({ Index }) => Index.fts(TOKENS) },
  {
    name: 'author_prefixes_idx',
    column: 'author_prefixes',
    make: ({ Index }) => Index.fts(TOKENS),
  },
];

/** Throws when a file of the table or of one of its indexes is not there or cannot be read. */
export async function probeTable(table: Table): Promise<void> {
  const { lancedb } = await loadLance();
  // No index has this column: it is read from every file.
  await table.countRows('change < 0');
  for (const { column, probe } of PLANS) {
    if (probe) await table.countRows(probe);
    else {
      const question = new lancedb.MatchQuery('network', column);
      await table.query().fullTextSearch(question).select(['key', '_score']).limit(1).toArray();
    }
  }
}

/** Makes every index that the table lacks, one after another, but for that of the vectors. */
export async function createIndexes(
  table: Table,
  beforeEach: () => void = () => {},
): Promise<void> {
  const { lancedb } = await loadLance();
  const missing = await missingIndexes(table);
  for (const { name, column, make } of PLANS) {
    if (!missing.includes(name)) continue;
    beforeEach();
    await table.createIndex(column, { config: make(lancedb), name });
  }
}

const ASKED_BY_WORDS = ['text', 'title', 'author_keys'];

/**
 * A table of its own in this process's memory, for questions by words about these few rows: the analysers are
 * those of the index. Its vectors are left out.
 */
export async function openMemoryTable(rows: IndexRow[]): Promise<Table> {
  const { lancedb } = await loadLance();
  const connection = await lancedb.connect('memory://');
  try {
    const table = await createPapersTable(connection, 'papers', 1);
    await addRows(
      table,
      rows.map((row) => ({ ...row, vector: null })),
      1,
    );
    for (const { name, column, make } of PLANS) {
      if (!ASKED_BY_WORDS.includes(column)) continue;
      await table.createIndex(column, { config: make(lancedb), name });
    }
    return table;
  } finally {
    connection.close();
  }
}

/**
 * Trains the vector index where the table is large enough and has none, or has outgrown the one that
 * was trained for `trainedRows`. Returns for how many rows the index is trained now; 0 is none.
 */
export async function createVectorIndex(table: Table, trainedRows: number): Promise<number> {
  const rows = await table.countRows('vector is not null');
  if (rows < Math.max(MIN_VECTOR_INDEX_ROWS, trainedRows * RETRAIN_AT_GROWTH)) return trainedRows;
  const { lancedb } = await loadLance();
  await table.createIndex('vector', {
    name: VECTOR_INDEX,
    config: lancedb.Index.ivfRq({
      numPartitions: partitionsFor(rows),
      numBits: VECTOR_BITS,
      distanceType: 'dot',
    }),
  });
  return rows;
}

/** What is missing for the table to answer every question; empty when nothing is. */
export async function missingIndexes(table: Table): Promise<string[]> {
  const there = new Set((await table.listIndices()).map((index) => index.name));
  return PLANS.map((plan) => plan.name).filter((name) => !there.has(name));
}

/** Puts what was written since the last time into the indexes, and the small files together. */
export async function compact(table: Table, keptMs: number): Promise<void> {
  await table.optimize({ cleanupOlderThan: new Date(Date.now() - keptMs) });
}
