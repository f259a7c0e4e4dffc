// The index as the built program keeps it: killed, restored under, held by another, asked by command.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Day } from '../src/base/calendar.ts';
import type { Database } from '../src/database/database.ts';
import { markWithdrawn } from '../src/papers/withdraw-papers.ts';
import { listEntries } from '../src/search/index/catalog.ts';
import { connect } from '../src/search/index/lance.ts';
import { list, record, save } from './fixtures.ts';
import { killSometime, run, start } from './program.ts';
import { expectExact, indexedRows, keeperOf, openSearch } from './search-place.ts';
import { serveStandIn, standInEmbedder } from './stand-in-embedder.ts';
import { loadOctober, openTestServer } from './test-server.ts';

const TIMEOUT = { timeout: 240_000 };
const BUILD_KILLS = 5;
const WORK_KILLS = 4;
/** Papers come in such portions while a process follows. */
const PORTION = 40;

async function openInstance() {
  const { app } = await openTestServer();
  const { database, config } = app;
  const { uri } = config.search;
  const settings = {
    BROADSHEET_DATABASE_URL: config.databaseUrl,
    BROADSHEET_DATA: config.dataDir,
    BROADSHEET_LOG_LEVEL: 'error',
    ...(await serveStandIn()),
  };
  const place = { database, uri, embedder: standInEmbedder(), troubles: [] };
  return { app, database, uri, settings, place };
}

/** What a killed process held is free when its time is over; a test does not wait for that. */
async function endLeases(database: Database): Promise<void> {
  await database.transact((tx) => tx.deleteFrom('leases').execute());
}

async function entriesAt(uri: string): Promise<string> {
  const connection = await connect(uri);
  try {
    return JSON.stringify(await listEntries(connection));
  } catch {
    return 'a catalog that is just being made';
  } finally {
    connection.close();
  }
}

function tablesAt(uri: string): string[] {
  return fs.readdirSync(uri).filter((name) => name.startsWith('papers-'));
}

test(
  `an index whose making is killed ${BUILD_KILLS} times is exactly right in the end`,
  TIMEOUT,
  async () => {
    const { app, database, uri, settings, place } = await openInstance();
    await loadOctober(app);
    let progressed = 0;
    for (let kill = 0; kill < BUILD_KILLS; kill++) {
      const before = await entriesAt(uri);
      const hasProgressed = async () => (await entriesAt(uri)) !== before;
      await killSometime(start(['index', '--rebuild'], settings), kill, hasProgressed);
      if (await hasProgressed()) progressed++;
      await endLeases(database);
      await save(database, record('2510.99990', { title: `Changed ${kill} times`, version: kill }));
    }
    expect(progressed).toBeGreaterThan(1);
    const withdrawn = { id: '2510.99990', datestamp: '2025-11-01' as Day };
    await database.transact((tx) => markWithdrawn(tx, [withdrawn]));
    const { code, stdout, stderr } = await run(['index', '--json'], settings);
    expect([code, stderr]).toEqual([0, '']);
    await expectExact(place);
    expect(JSON.parse(stdout)).toMatchObject({ papers: (await indexedRows(place)).length });
    expect(tablesAt(uri)).toHaveLength(1);
  },
);

test(
  `an index whose follower is killed ${WORK_KILLS} times while papers come loses none`,
  TIMEOUT,
  async () => {
    const { database, uri, settings, place } = await openInstance();
    let saved = 0;
    const savePortion = async () => {
      const papers = Array.from({ length: PORTION }, (_, n) => ({
        record: record(`2509.${String(saved + n).padStart(5, '0')}`),
        votes: saved + n,
      }));
      await list(database, '2025-10-29', papers);
      // Some change again at once.
      const again = papers.slice(0, 5).map((paper) => paper.record);
      await save(
        database,
        ...again.map((one) => ({ ...one, title: `${one.title}, again`, version: 2 })),
      );
      saved += PORTION;
    };
    let progressed = 0;
    for (let kill = 0; kill < WORK_KILLS; kill++) {
      const before = await entriesAt(uri);
      const hasProgressed = async () => {
        await savePortion();
        return (await entriesAt(uri)) !== before;
      };
      await killSometime(start(['work'], settings), kill, hasProgressed);
      if ((await entriesAt(uri)) !== before) progressed++;
      await endLeases(database);
    }
    expect(progressed).toBeGreaterThan(0);
    await savePortion();
    const idle = await run(['work', '--until-idle'], settings);
    expect([idle.code, idle.stderr]).toEqual([0, '']);
    await expectExact(place);

    expect((await run(['index'], settings)).code).toBe(0);
    const rows = await indexedRows(place);
    expect(rows.map((row) => row.votes)).toEqual(Array.from({ length: saved }, (_, n) => n));
    expect(rows.filter((row) => row.title.endsWith(', again'))).toHaveLength((saved / PORTION) * 5);
  },
);

test(
  'what comes while a process follows is found by words and by phrases, in pages that are open',
  TIMEOUT,
  async () => {
    const { database, settings, place } = await openInstance();
    const { ask } = openSearch(place);
    start(['work'], settings);
    await save(database, record('2510.00001', { title: 'Okapis eat leaves' }));
    const idsOf = async (text: string) => (await ask(text)).ids;
    await expect.poll(() => idsOf('"eat leaves"'), POLL).toEqual(['2510.00001']);
    await save(database, record('2510.00002', { title: 'Zebras eat grass' }));
    await expect.poll(() => idsOf('"eat grass"'), POLL).toEqual(['2510.00002']);
  },
);

const POLL = { timeout: 30_000, interval: 100 };

test('after a restore the index is not believed, and made anew', TIMEOUT, async () => {
  const { app, database, settings, place } = await openInstance();
  await save(database, record('2510.00001', { title: 'Okapis eat leaves' }));
  const backup = path.join(app.config.dataDir, 'backup');
  expect((await run(['backup', backup], settings)).code).toBe(0);
  await save(database, record('2510.00002', { title: 'Zebras eat grass' }));
  expect((await run(['index'], settings)).code).toBe(0);
  // On SQLite nobody may have the file open that is replaced.
  await app.close();
  const restored = await run(['restore', backup, '--force'], settings);
  expect([restored.code, restored.stderr]).toEqual([0, '']);

  const asked = await run(['search', 'okapis eat', '--json'], settings);
  expect(JSON.parse(asked.stdout)).toMatchObject({
    answeredBy: 'database',
    papers: [{ id: '2510.00001' }],
  });
  const made = await run(['index'], settings);
  expect(made.stderr).toContain('The index is made anew: it is of another database.');
  expect(made.stdout).toBe('The index holds 1 papers and is up to date.\n');
  const again = await openTestServer({
    BROADSHEET_DATABASE_URL: settings.BROADSHEET_DATABASE_URL,
  });
  await expectExact({ ...place, database: again.app.database });
});

test('a search by command says by what it was answered', TIMEOUT, async () => {
  const { database, settings } = await openInstance();
  await list(database, '2025-10-29', [
    { record: record('2510.00001', { title: 'Of $x$ and <okapis>' }), votes: 7 },
    { record: record('2510.00002', { title: 'Zebras' }), votes: 1 },
  ]);
  const before = await run(['search', 'zebras'], settings);
  expect(before.code).toBe(0);
  expect(before.stdout).toMatch(/^2510\.00002 {3}Zebras\n.*1 papers, by number, title and author/s);
  expect(before.stdout).toContain('the search index is not there: run "broadsheet index"');

  await run(['index'], settings);
  const found = await run(['search', 'okapis', '--limit', '1', '--json'], settings);
  expect(JSON.parse(found.stdout)).toMatchObject({
    total: 2,
    answeredBy: 'words and meaning',
    papers: [{ id: '2510.00001', title: 'Of x and <okapis>', votes: 7 }],
  });
  const voted = await run(['search', 'cat:cs', '--sort', 'votes'], settings);
  expect(voted.stdout).toMatch(/2510\.00001.*2510\.00002.*2 papers, by words\./s);
  const wrong = await run(['search', 'x', '--limit', '0'], settings);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('from 1 to 100')]);
});

test('a search by command for a number that is not here says so', TIMEOUT, async () => {
  const { database, settings } = await openInstance();
  await save(database, record('2510.00001', { title: 'Okapis' }));
  const known = await run(['search', 'arXiv:2510.00001v2'], settings);
  expect([known.code, known.stdout]).toEqual([
    0,
    expect.stringMatching(/^2510\.00001 {3}Okapis\n/),
  ]);
  const offline = await run(['search', '2401.00001', '--json'], settings);
  expect([offline.code, offline.stdout]).toEqual([1, '']);
  expect(offline.stderr).toMatch(/^There is no paper 2401\.00001 here: .*BROADSHEET_OFFLINE.*\n$/);
  const online = await run(['search', 'https://arxiv.org/abs/hep-th/9901001'], {
    ...settings,
    BROADSHEET_OFFLINE: 'false',
  });
  expect([online.code, online.stderr]).toEqual([
    1,
    'There is no paper hep-th/9901001 here: open /papers/hep-th/9901001 on the running server, which fetches it, or read it at https://arxiv.org/abs/hep-th/9901001.\n',
  ]);
});

test('an index that a running process keeps is left to it', TIMEOUT, async () => {
  const { settings, place } = await openInstance();
  await keeperOf(place);
  const { code, stderr } = await run(['index'], settings);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^A running "broadsheet serve".* keeps this index up to date: .*\n$/);
});

test(
  'a place where no index can be is named, and searching goes on from the database',
  TIMEOUT,
  async () => {
    const { app, database, settings } = await openInstance();
    await save(database, record('2510.00001', { title: 'Okapis eat leaves' }));
    const file = path.join(app.config.dataDir, 'file');
    fs.writeFileSync(file, '');
    const there = { ...settings, BROADSHEET_SEARCH_URI: path.join(file, 'search') };
    const { code, stderr } = await run(['index'], there);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The search index at .* cannot be read or written \(.*\): look at .*\n$/,
    );
    const found = await run(['search', 'okapis', '--json'], there);
    expect(JSON.parse(found.stdout)).toMatchObject({ answeredBy: 'database', total: 1 });
  },
);
