import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { authors, list, record, save } from '../../../tests/fixtures.ts';
import {
  bringUpToDate,
  expectExact,
  indexedRows,
  keeperOf,
  openIndexed,
  openSearch,
  openSearchPlace,
  type SearchPlace,
  tryKeeper,
} from '../../../tests/search-place.ts';
import { standInEmbedder } from '../../../tests/stand-in-embedder.ts';
import { openTestDatabase } from '../../../tests/test-database.ts';
import type { Day } from '../../base/calendar.ts';
import { takeChanges } from '../../database/change-number.ts';
import { forgetInstance } from '../../database/instance.ts';
import { markWithdrawn } from '../../papers/withdraw-papers.ts';
import { CATALOG, type CatalogEntry, listEntries, saveEntry } from './catalog.ts';
import { NO_INDEX } from './keep-index.ts';
import { connect } from './lance.ts';

afterEach(() => {
  vi.useRealTimers();
});

const WAIT = { timeout: 10_000 };
const GORILLAS = record('2510.00001', { title: 'Gorillas in the mist', abstract: 'They eat.' });
const ZEBRAS = record('2510.00002', { title: 'Zebras on the plain', abstract: 'They run.' });

async function titlesOf(place: SearchPlace): Promise<string[]> {
  return (await indexedRows(place)).map((row) => row.title);
}

test('a new index holds every paper that is not withdrawn, with its vector', async () => {
  const place = await openSearchPlace(GORILLAS, ZEBRAS, record('2510.00003'));
  await withdraw(place, '2510.00003');
  const keeper = await keeperOf(place);
  expect(keeper.reason).toBe(NO_INDEX);
  expect(await keeper.ensure()).toBe(true);
  expect(await keeper.countPapers()).toBe(2);
  expect(await keeper.ensure()).toBe(false);
  await expectExact(place);
});

test('an instance without papers has an index too, which the first paper goes into', async () => {
  const { place, keeper } = await openIndexed();
  const { ask } = openSearch(place);
  expect((await ask('gorillas')).found).toMatchObject({ total: 0, trouble: undefined });
  await save(place.database, GORILLAS);
  await bringUpToDate(keeper);
  await expectExact(place);
});

test('new papers, other titles and other authors are followed', async () => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS);
  await save(
    place.database,
    record('2510.00003', { title: 'Okapis in the wood' }),
    { ...GORILLAS, title: 'Gorillas at home', version: 2 },
    { ...ZEBRAS, authors: authors('Kaiming He'), version: 2 },
  );
  expect(await keeper.follow()).toBe(3);
  expect(await keeper.follow()).toBe(0);
  await keeper.compact();
  expect(await titlesOf(place)).toEqual([
    'Gorillas at home',
    'Zebras on the plain',
    'Okapis in the wood',
  ]);
  const { ask } = openSearch(place);
  expect((await ask('author:"kaiming he"')).ids).toEqual(['2510.00002']);
  expect((await ask('"gorillas in the mist"')).ids).toEqual([]);
  expect((await ask('"gorillas at home"')).ids).toEqual(['2510.00001']);
  await expectExact(place);
});

test('after a large import the index is made anew, not followed paper by paper', async () => {
  const place = await openSearchPlace(GORILLAS, ZEBRAS);
  const keeper = await keeperOf(place, { farBehind: 3 });
  await keeper.ensure();
  const before = keeper.entry()?.name;
  const papers = ['2510.00003', '2510.00004', '2510.00005', '2510.00006'].map((id) => record(id));
  await save(place.database, ...papers.slice(0, 2));
  expect(await keeper.follow()).toBe(2);
  expect(keeper.entry()?.name).toBe(before);
  await save(place.database, ...papers.slice(2), {
    ...GORILLAS,
    version: 2,
    title: 'Gorillas at home',
  });
  await keeper.follow();
  expect(keeper.entry()?.name).toBe(before);
  await save(
    place.database,
    ...['11', '12', '13', '14', '15', '16', '17'].map((id) => record(`2510.000${id}`)),
  );
  await keeper.follow();
  expect(keeper.entry()?.name).not.toBe(before);
  await expectExact(place);
});

test('what was only just taken over is found by words, by a name and without what is excluded', async () => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS);
  await save(place.database, { ...ZEBRAS, title: 'Okapis at home', authors: authors('Bo An') });
  await keeper.follow();
  const { ask } = openSearch(place, { meaningWeight: 0 });
  expect((await ask('okapi')).ids).toEqual(['2510.00002']);
  expect((await ask('author:an')).ids).toEqual(['2510.00002']);
  expect((await ask('they -okapis')).ids).toEqual([]);
  expect((await ask('home gorillas -okapis')).ids).toEqual(['2510.00001']);
});

test('a withdrawn paper leaves the index, and comes back when it is announced again', async () => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS);
  await withdraw(place, GORILLAS.id);
  await keeper.follow();
  expect(await titlesOf(place)).toEqual(['Zebras on the plain']);
  await place.database.transact(async (tx) => {
    const change = await takeChanges(tx, 1);
    await tx.updateTable('papers').set({ withdrawn_at: null, change }).execute();
  });
  await keeper.follow();
  await expectExact(place);
});

test.each([
  { first: 'openreview:abc', second: '2510.00009' },
  { first: '2510.00009', second: 'openreview:abc' },
])(
  'of $first and $second that turn out to be one paper one row is left',
  async ({ first, second }) => {
    const one = record(first, { title: 'Okapis in the wood' });
    const two = record(second, { title: 'Okapis in a wood' });
    const { place, keeper } = await openIndexed(GORILLAS, one, two);
    expect(await keeper.countPapers()).toBe(3);
    const [merged] = await save(place.database, { ...one, title: two.title, version: 2 });
    expect(merged?.status).toBe('merged');
    await keeper.follow();
    expect(await keeper.countPapers()).toBe(2);
    await expectExact(place);
  },
);

test('votes are followed apart, and nothing else of a row changes with them', async () => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS, record('2510.00003'));
  const before = await indexedRows(place);
  await list(place.database, '2025-10-29', [
    { record: GORILLAS, votes: 7 },
    { record: ZEBRAS, votes: 12 },
  ]);
  await keeper.follow();
  expect((await indexedRows(place)).map((row) => row.votes)).toEqual([0, 0, 0]);
  await bringUpToDate(keeper);
  const after = await indexedRows(place);
  expect(after.map((row) => row.votes)).toEqual([7, 12, 0]);
  expect(after.map((row) => ({ ...row, votes: 0 }))).toEqual(before);
  const { ask } = openSearch(place);
  expect((await ask('votes:>10')).ids).toEqual(['2510.00002']);
  expect((await ask('cat:cs', { sort: 'votes' })).ids).toEqual([
    '2510.00002',
    '2510.00001',
    '2510.00003',
  ]);
});

test('changes that are of no paper are passed over', async () => {
  const { place, keeper } = await openIndexed(GORILLAS);
  const target = await place.database.transact((tx) => takeChanges(tx, 3));
  expect(await keeper.follow()).toBe(0);
  await keeper.followVotes();
  expect(keeper.entry()).toMatchObject({ position: target + 2, votes_position: target + 2 });
});

test('more papers than a batch holds are followed in order', async () => {
  const { place, keeper } = await openIndexed(GORILLAS);
  const many = Array.from({ length: 1_100 }, (_, n) =>
    record(`2509.${String(n).padStart(5, '0')}`, { elsewhere: { origin: 'x', votes: n } }),
  );
  await save(place.database, ...many);
  expect(await keeper.follow()).toBe(1_100);
  await keeper.followVotes();
  await expectExact(place);
  expect((await indexedRows(place)).slice(0, 3).map((row) => row.votes)).toEqual([0, 1, 2]);
});

test('papers are indexed by words while the embedder does not answer, and get their vectors later', async () => {
  const place = await openSearchPlace(GORILLAS);
  const keeper = await keeperOf(place, { leaseMs: 3_600_000 });
  place.embedder.failure = new Error('The model is asleep.');
  await keeper.ensure();
  await save(place.database, ZEBRAS);
  await bringUpToDate(keeper);
  expect(await keeper.fillVectors()).toBe(0);
  expect(place.troubles).toEqual(['The model is asleep.']);
  expect((await indexedRows(place)).map((row) => row.vector)).toEqual([null, null]);
  const { ask } = openSearch(place);
  expect((await ask('zebra')).ids).toEqual(['2510.00002']);

  place.embedder.failure = undefined;
  expect(await keeper.fillVectors(), 'it is left alone for a while').toBe(0);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
  expect(await keeper.fillVectors()).toBe(2);
  expect(await keeper.fillVectors()).toBe(0);
  await expectExact(place);
});

test('while one keeps the index another gets none, and after it was killed it takes over', async () => {
  const place = await openSearchPlace(GORILLAS);
  const killed = await keeperOf(place, { leaseMs: 300 });
  await killed.ensure();
  expect(await tryKeeper(place)).toBeUndefined();
  const next = await vi.waitFor(async () => {
    // As if it had not been renewed; whoever is not dead does it ten times a second.
    await place.database.transact((tx) =>
      tx.updateTable('leases').set({ held_until: '2000-01-01T00:00:00.000Z' }).execute(),
    );
    return keeperOf(place);
  }, WAIT);
  expect(next.reason).toBeUndefined();
  const told = 'Another process may keep the search index now.';
  await vi.waitFor(() => expect(killed.follow()).rejects.toThrow(told), WAIT);
  await save(place.database, ZEBRAS);
  expect(await next.follow()).toBe(1);
  await expectExact(place);
});

test.each(['papers', 'indexes'] as const)(
  'a build that is cut off at its %s goes on, and no paper is there twice',
  async (stage) => {
    const place = await openSearchPlace(GORILLAS, ZEBRAS);
    const stopping = new AbortController();
    const cutOff = await keeperOf(place, { signal: stopping.signal });
    const building = cutOff.ensure({
      onProgress: (progress) => {
        if (progress.stage === stage) stopping.abort(new Error('Stopped.'));
      },
    });
    await expect(building).rejects.toThrow('Stopped.');
    await cutOff.close();
    await save(place.database, record('2510.00003'), { ...GORILLAS, title: 'Gorillas at home' });

    const next = await keeperOf(place);
    expect(next.reason).toBe('it was not finished');
    expect(await next.ensure()).toBe(true);
    await expectExact(place);
    expect(await tablesOf(place)).toHaveLength(1);
  },
);

type Damage = (place: SearchPlace, entry: CatalogEntry) => Promise<void> | void;

async function changeEntry({ uri }: SearchPlace, entry: CatalogEntry): Promise<void> {
  const connection = await connect(uri);
  await saveEntry(connection, entry);
  connection.close();
}

function tableFolder({ uri }: SearchPlace, name: string, ...rest: string[]): string {
  return path.join(uri, `${name}.lance`, ...rest);
}

function overwriteAll(folder: string): void {
  for (const name of fs.readdirSync(folder)) fs.writeFileSync(path.join(folder, name), 'no data');
}

const DAMAGES: [string, RegExp, Damage][] = [
  [
    'is of another database',
    /another database/,
    async (place) => {
      place.database = await openTestDatabase();
      await save(place.database, GORILLAS, ZEBRAS);
    },
  ],
  [
    'is ahead of a database that was restored by hand',
    /ahead of the database/,
    (place, entry) => changeEntry(place, { ...entry, position: entry.position + 100 }),
  ],
  [
    'is of a database that was restored',
    /another database/,
    (place) => place.database.transact(forgetInstance),
  ],
  [
    'was made by another analyser',
    /another version of the analyser/,
    (place, entry) => changeEntry(place, { ...entry, analyser: 'latin-1' }),
  ],
  [
    'was made with another embedder',
    /another embedder/,
    (place) => {
      place.embedder = standInEmbedder('another');
    },
  ],
  [
    'has a damaged catalog',
    /its catalog cannot be read/,
    (place) => overwriteAll(tableFolder(place, CATALOG, '_versions')),
  ],
  [
    'has a catalog whose making was cut off',
    /its catalog cannot be read/,
    (place) => fs.rmSync(tableFolder(place, CATALOG, '_versions'), { recursive: true }),
  ],
  [
    'has a table beside it whose making was cut off',
    /another embedder/,
    (place) => {
      fs.mkdirSync(tableFolder(place, 'papers-cut-off', '_transactions'), { recursive: true });
      place.embedder = standInEmbedder('another');
    },
  ],
  [
    'has no catalog',
    new RegExp(NO_INDEX),
    (place) => fs.rmSync(tableFolder(place, CATALOG), { recursive: true }),
  ],
  [
    'has a catalog of another kind',
    /it was not finished/,
    async ({ uri }) => {
      const connection = await connect(uri);
      await connection.dropTable(CATALOG);
      await connection.createTable(CATALOG, [{ anything: 1 }]);
      connection.close();
    },
  ],
  [
    'lost its table',
    /cannot be read/,
    (place, { name }) => fs.rmSync(tableFolder(place, name), { recursive: true }),
  ],
  [
    'lost its data files',
    /cannot be read/,
    (place, { name }) => fs.rmSync(tableFolder(place, name, 'data'), { recursive: true }),
  ],
  [
    'lost the files of its indexes',
    /cannot be read/,
    (place, { name }) => fs.rmSync(tableFolder(place, name, '_indices'), { recursive: true }),
  ],
  ['is gone', new RegExp(NO_INDEX), ({ uri }) => fs.rmSync(uri, { recursive: true })],
];

test.each(DAMAGES)('an index that %s is noticed and made anew', async (_, reason, damage) => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS);
  await keeper.close();
  await damage(place, keeper.entry() as CatalogEntry);
  const next = await keeperOf(place);
  expect(next.reason).toMatch(reason);
  expect(await next.ensure()).toBe(true);
  await expectExact(place);
  await next.close();
  expect((await keeperOf(place)).reason).toBeUndefined();
  expect(await tablesOf(place)).toHaveLength(1);
});

async function tablesOf({ uri }: SearchPlace): Promise<string[]> {
  const connection = await connect(uri);
  const names = await connection.tableNames();
  connection.close();
  return names.filter((name) => name !== CATALOG);
}

test.each([
  ['is a file', ''],
  ['lies below a file', 'index'],
])('a place that %s is named in one sentence, and kept by nobody', async (_, below) => {
  const place = await openSearchPlace(GORILLAS);
  fs.writeFileSync(place.uri, '');
  place.uri = path.join(place.uri, below);
  await expect(tryKeeper(place)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/^The search index at .* cannot be .*\(.*Not a directory/),
  });
  expect(await place.database.read.selectFrom('leases').select('name').execute()).toEqual([]);
});

test('an index that is made anew is swapped under a reader who asks all the time', async () => {
  const place = await openSearchPlace(GORILLAS, ZEBRAS);
  const keeper = await keeperOf(place, { swapGraceMs: 3_000 });
  await keeper.ensure();
  const warnings: string[] = [];
  const { ask } = openSearch(place, { warnings });
  const before = keeper.entry()?.name;
  let isDone = false;
  const rebuilt = keeper.ensure({ isForced: true }).finally(() => {
    isDone = true;
  });
  let asked = 0;
  while (!isDone) {
    const { ids, found } = await ask('gorillas', { limit: 1 });
    expect([ids, found.answeredBy]).toEqual([['2510.00001'], 'words and meaning']);
    asked++;
  }
  expect(await rebuilt).toBe(true);
  expect(asked).toBeGreaterThan(5);
  expect(warnings).toEqual([]);
  expect(await tablesOf(place)).toEqual([keeper.entry()?.name]);
  expect(keeper.entry()?.name).not.toBe(before);
  expect((await ask('gorillas')).ids[0]).toBe('2510.00001');
});

test('a reader who asks all the time is answered while changes are followed and compacted', async () => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS);
  const warnings: string[] = [];
  const { ask } = openSearch(place, { warnings });
  let isDone = false;
  const following = (async () => {
    for (let n = 0; n < 8; n++) {
      await save(place.database, { ...ZEBRAS, title: `Zebras, seen ${n} times`, version: n + 2 });
      await bringUpToDate(keeper);
    }
  })().finally(() => {
    isDone = true;
  });
  while (!isDone) {
    for (const sort of ['relevance', 'date'] as const) {
      const { ids, found } = await ask('gorillas mist', { sort });
      expect(found.answeredBy).not.toBe('database');
      expect(ids[0]).toBe('2510.00001');
    }
  }
  await following;
  expect(warnings).toEqual([]);
});

test('a reader who asked last before a swap is answered from the new index', async () => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS);
  const { ask } = openSearch(place);
  await ask('gorillas');
  await save(place.database, { ...GORILLAS, title: 'Okapis in the wood', version: 2 });
  await keeper.ensure({ isForced: true });
  const { ids, found } = await ask('okapis');
  expect([ids[0], found.answeredBy]).toEqual(['2510.00001', 'words and meaning']);
});

test('a forced build that was cut off goes on where it is forced again, and is cleared away where not', async () => {
  const { place, keeper } = await openIndexed(GORILLAS, ZEBRAS);
  await keeper.close();
  const cutOff = async () => {
    const stopping = new AbortController();
    const forced = await keeperOf(place, { signal: stopping.signal });
    const onProgress = () => stopping.abort(new Error('Stopped.'));
    await expect(forced.ensure({ isForced: true, onProgress })).rejects.toThrow('Stopped.');
    await forced.close();
    return (await tablesOf(place)).filter((name) => name !== keeper.entry()?.name);
  };
  const begun = await cutOff();
  const again = await keeperOf(place);
  expect(again.reason).toBeUndefined();
  await again.ensure({ isForced: true });
  expect(await tablesOf(place)).toEqual(begun);
  await expectExact(place);
  await again.close();

  await cutOff();
  const last = await keeperOf(place);
  await last.ensure();
  expect(await tablesOf(place)).toEqual(begun);
  await expectExact(place);
});

test('a database that is restored while its index is kept is noticed at the next look', async () => {
  const { place, keeper } = await openIndexed(GORILLAS);
  await place.database.transact(forgetInstance);
  await save(place.database, ZEBRAS);
  await expect(keeper.follow()).rejects.toThrow('The database was restored meanwhile');
  await keeper.close();
  expect((await keeperOf(place)).reason).toMatch(/another database/);
});

test('names and the catalog of a ready index say what it was made with', async () => {
  const { place, keeper } = await openIndexed(GORILLAS);
  const connection = await connect(place.uri);
  expect(await listEntries(connection)).toEqual([keeper.entry()]);
  connection.close();
  expect(keeper.entry()).toMatchObject({
    state: 'ready',
    embedder: 'stand-in',
    dimensions: 32,
    position: await place.database.currentChange(),
  });
});

async function withdraw({ database }: SearchPlace, id: string): Promise<void> {
  const datestamp = '2025-11-01' as Day;
  await database.transact((tx) => markWithdrawn(tx, [{ id, datestamp }]));
}
