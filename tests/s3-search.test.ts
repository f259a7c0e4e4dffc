// An index that several machines share on an S3 store.
import type { Table } from '@lancedb/lancedb';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { askVector, askWords } from '../src/search/index/ask-table.ts';
import { createIndexReader, type IndexReader } from '../src/search/index/index-reader.ts';
import { rowOfText } from '../src/search/index/index-row.ts';
import { connect } from '../src/search/index/lance.ts';
import { createPapersTable, mergeRows } from '../src/search/index/papers-table.ts';
import { record, save } from './fixtures.ts';
import { run } from './program.ts';
import { type S3Server, startS3Server, whyNoS3Server } from './s3-server.ts';
import { STAND_IN_DIMENSIONS, serveStandIn, standInVector } from './stand-in-embedder.ts';
import { testDatabaseUrl } from './test-database.ts';

const whyNot = whyNoS3Server();
const START_TIMEOUT_MS = 120_000;
const TEST_TIMEOUT_MS = 120_000;
const QUESTION_TIMEOUT_MS = 30_000;

let s3: S3Server;

beforeAll(async () => {
  if (whyNot) return;
  s3 = await startS3Server();
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  }
  for (const [name, value] of Object.entries(s3.variables)) vi.stubEnv(name, value);
}, START_TIMEOUT_MS);
afterAll(() => s3?.stop());

function onS3(name: string, body: () => Promise<void>): void {
  test(name, { timeout: TEST_TIMEOUT_MS }, async ({ skip }) => {
    if (whyNot) skip(whyNot);
    await body();
  });
}

onS3('machines that commit to one table at once lose nothing', async () => {
  const uri = s3.place();
  const table = await createPapersTable(await connectHere(uri), 'papers', STAND_IN_DIMENSIONS);
  const machines: Table[] = [];
  for (let n = 0; n < 3; n++) machines.push(await (await connectHere(uri)).openTable('papers'));
  const keys: number[] = [];
  for (let round = 0; round < 3; round++) {
    const commits = machines.flatMap((machine) =>
      [0, 1, 2, 3].map(() => {
        const row = { ...rowOfText({ title: 'Gorillas', abstract: '' }), key: keys.length };
        keys.push(row.key);
        return mergeRows(machine, [row], STAND_IN_DIMENSIONS);
      }),
    );
    await Promise.all(commits);
  }
  await table.checkoutLatest();
  const rows = await table.query().select(['key']).toArray();
  expect(rows.map(({ key }) => key).sort((a, b) => a - b)).toEqual(keys);
});

onS3('what one process indexes the next goes on with, and a reader finds both', async () => {
  const { database, settings, reader } = await openPlace();
  const gorillas = await savePaper(database, '2510.00001', 'Gorillas in the mist');
  expect(await index(settings)).toMatchObject({ isNew: true, papers: 1 });
  expect(await find(reader, 'gorilla')).toEqual([gorillas]);

  const zebras = await savePaper(database, '2510.00002', 'Zebras on the plain');
  expect(await index(settings)).toMatchObject({ isNew: false, papers: 2 });
  await vi.waitFor(async () => expect(await find(reader, 'zebra')).toEqual([zebras]), {
    timeout: QUESTION_TIMEOUT_MS,
  });
  expect(await find(reader, 'gorilla')).toEqual([gorillas]);
  const { table } = await current(reader);
  const nearest = await askVector(table, {
    vector: standInVector('zebras on a plain'),
    where: undefined,
    limit: 2,
    timeoutMs: QUESTION_TIMEOUT_MS,
    probes: 'all',
  });
  expect(nearest.map(({ key }) => key)).toEqual([zebras, gorillas]);
});

onS3('an index that is made anew is swapped under a reader without an error', async () => {
  const { database, settings, reader } = await openPlace();
  const paper = await savePaper(database, '2510.00001', 'Gorillas in the mist');
  await index(settings);
  const before = (await current(reader)).entry.name;
  let isDone = false;
  const rebuilt = index(settings, '--rebuild').finally(() => {
    isDone = true;
  });
  const names = new Set<string>();
  while (!isDone) {
    expect(await find(reader, 'gorilla')).toEqual([paper]);
    names.add((await current(reader)).entry.name);
  }
  expect(await rebuilt).toMatchObject({ isNew: true, papers: 1 });
  expect([...names]).toEqual([before, expect.stringMatching(/^papers-/)]);
});

async function connectHere(uri: string) {
  const connection = await connect(uri);
  onTestFinished(() => connection.close());
  return connection;
}

/** A database and a place for its index, with the settings of a process that keeps it. */
async function openPlace() {
  const url = await testDatabaseUrl();
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  await migrate(database);
  const uri = s3.place();
  const reader = createIndexReader(uri, database);
  onTestFinished(() => reader.close());
  const settings = {
    BROADSHEET_DATABASE_URL: url,
    BROADSHEET_SEARCH_URI: uri,
    ...(await serveStandIn()),
    ...s3.variables,
  };
  return { database, settings, reader };
}

const ABSTRACT = 'What they eat and where they sleep.';

async function savePaper(database: Database, id: string, title: string): Promise<number> {
  const [saved] = await save(database, record(id, { title, abstract: ABSTRACT }));
  return saved?.key as number;
}

async function index(settings: Record<string, string>, ...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(['index', '--json', ...args], settings);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function current(reader: IndexReader) {
  const opened = await reader.current();
  if (!opened) throw new Error('No index is ready.');
  return opened;
}

async function find(reader: IndexReader, words: string): Promise<number[]> {
  const { table } = await current(reader);
  const text = { must: [], mustNot: [] };
  const limits = { where: undefined, limit: 10, timeoutMs: QUESTION_TIMEOUT_MS };
  const found = await askWords(table, { words, isStrict: true, text, ...limits });
  return found.map(({ key }) => key);
}
