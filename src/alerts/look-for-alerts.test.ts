import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { openRounds, TODAY } from '../../tests/alerts.ts';
import { authors, list, record, save } from '../../tests/fixtures.ts';
import { createPerson, suspend } from '../../tests/people.ts';
import { keeperOf, openSearch, openSearchPlace } from '../../tests/search-place.ts';
import { addDays, type Day } from '../base/calendar.ts';
import type { Database, Tx } from '../database/database.ts';
import { parseTopic } from '../feed/topic.ts';
import type { PaperRecord } from '../papers/paper.ts';
import { type AlertWish, changeAlert, pauseAlert, resumeAlert } from './alert-store.ts';
import { beginningOf } from './preview-alert.ts';

const GRAPHS = { title: 'Expander graphs', abstract: 'A spectral gap of a family of graphs.' };
/** Titles of their own, or they would be one paper. */
const graphs = (title: string) => ({ ...GRAPHS, title: `${title} expander graphs` });
const announced = (id: string, changes: Partial<PaperRecord> = {}, day: Day = TODAY) =>
  record(id, { announcedOn: day, ...changes });

async function openAlerts(...records: PaperRecord[]) {
  const place = await openSearchPlace(...records);
  const { search } = openSearch(place);
  const { database } = place;
  return {
    place,
    database,
    search,
    person: await createPerson(database),
    ...openRounds(place, search),
  };
}

test('an alert tells of what comes after it was made, by words, by meaning, by author, once', async () => {
  const { database, person, alert, look } = await openAlerts(announced('2510.00001', GRAPHS));
  for (const topic of [
    'search:words:graph',
    'search:words:expander graphs of cliques',
    'search:meaning:expander graphs of cliques',
    'search:either:"spectral gap" -author:he',
    'author:José García',
  ]) {
    await alert(person, topic);
  }
  expect(await look()).toEqual({});
  await save(
    database,
    announced('2510.00002', graphs('More')),
    announced('2510.00003', { authors: authors('Jose Garcia') }),
    announced('2510.00004', { ...graphs('Other'), authors: authors('Kaiming He') }),
    announced('2510.00005', graphs('Late'), addDays(TODAY, -5)),
    announced('1905.00006', graphs('Old'), '2019-05-01' as Day),
    record('2510.00007', graphs('Unannounced')),
  );
  const both = ['2510.00002', '2510.00004'];
  expect(await look()).toEqual({
    'search:words:graph': both,
    'search:meaning:expander graphs of cliques': both,
    'search:either:"spectral gap" -author:he': ['2510.00002'],
    'author:José García': ['2510.00003'],
  });
  expect(await look()).toEqual({});
  // On a list of today it is a paper of today, however old; a list without a change of the paper, too.
  await list(database, TODAY, [{ record: announced('2510.00002', graphs('More')), votes: 5 }]);
  await list(database, TODAY, [{ record: record('2510.00007', graphs('Unannounced')), votes: 5 }]);
  expect(await look()).toMatchObject({ 'search:words:graph': ['2510.00007'] });
});

test('alerts of somebody suspended find nothing, and go on where they were when it is over', async () => {
  const { database, person, alert, look } = await openAlerts();
  const free = await createPerson(database);
  await alert(person, 'search:words:expander');
  await alert(free, 'search:words:graphs');
  await suspend(database, person);
  await save(database, announced('2510.00002', graphs('More')));
  expect(await look()).toEqual({ 'search:words:graphs': ['2510.00002'] });
  await suspend(database, person, null);
  expect(await look()).toEqual({ 'search:words:expander': ['2510.00002'] });
  expect(await look()).toEqual({});
});

test('neither an index that is missing nor an embedder that sleeps loses a match', async () => {
  const { place, database, person, alert, look } = await openAlerts();
  await alert(person, 'search:meaning:expander graphs of cliques');
  await alert(person, 'search:either:graph');
  const keeper = await keeperOf(place);
  await keeper.ensure();
  await save(database, announced('2510.00001', GRAPHS));
  place.embedder.failure = new Error('The model is asleep.');
  expect(await look()).toEqual({ 'search:either:graph': ['2510.00001'] });
  await save(database, announced('2510.00002'));
  place.embedder.failure = undefined;
  // As if the pause had gone by in which a sleeping embedder is left alone.
  const fresh = openRounds(place, openSearch(place).search);
  expect(await fresh.look()).toEqual({
    'search:meaning:expander graphs of cliques': ['2510.00001'],
  });
  expect(await look()).toEqual({});
});

test('a paused alert is silent for good, and one about another topic begins anew', async () => {
  const { database, search, person, alert, look } = await openAlerts(announced('2510.00001'));
  const id = await alert(person, 'search:words:graph');
  await database.transact((tx) => pauseAlert(tx, person.id, id));
  await save(database, announced('2510.00002', GRAPHS));
  expect(await look()).toEqual({});
  const begin = (text: string) => {
    const signal = new AbortController().signal;
    return beginningOf({ database, search }, parseTopic(text), { today: TODAY, signal });
  };
  const resumed = await begin('search:words:graph');
  await database.transact((tx) => resumeAlert(tx, person.id, id, resumed));
  expect(await look()).toEqual({});
  await save(database, announced('2510.00003', graphs('New')));
  expect(await look()).toEqual({ 'search:words:graph': ['2510.00003'] });

  const topic = parseTopic('author:ada-lovelace') as AlertWish['topic'];
  const telling = { mailsAtOnce: false, subscriptionId: undefined, channelId: undefined };
  const wish = { name: 'Ada', topic, ...telling };
  const begun = await begin('author:ada-lovelace');
  await database.transact((tx) => changeAlert(tx, { id, personId: person.id }, wish, begun));
  await save(database, announced('2510.00004'));
  expect(await look()).toEqual({ Ada: ['2510.00004'] });
});

test('papers that turn out to be one are told of once', async () => {
  const { database, person, alert, look } = await openAlerts();
  await alert(person, 'search:words:graph');
  await save(
    database,
    record('doi:10.1/x', { ...GRAPHS, source: 'publisher', announcedOn: TODAY }),
  );
  expect(await look()).toEqual({ 'search:words:graph': ['doi:10.1/x'] });
  await save(database, announced('2510.00001', { ...GRAPHS, title: 'Graphs and others' }));
  expect(await look()).toEqual({ 'search:words:graph': ['2510.00001'] });
  await save(database, announced('2510.00001', GRAPHS));
  const matches = await database.read.selectFrom('alert_matches').selectAll().execute();
  expect(matches).toHaveLength(1);
  expect(await look()).toEqual({});
});

/** A database that counts its statements. */
function counting(database: Database): { database: Database; count(): number } {
  let statements = 0;
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      statements++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    database: {
      ...database,
      read: database.read.withPlugin(plugin),
      transact: (work) => database.transact((tx) => work(tx.withPlugin(plugin) as Tx)),
    },
    count: () => statements,
  };
}

/** Alerts of many people for ten searches, without the work of making each. */
async function insertAlerts(database: Database, count: number): Promise<void> {
  const people = await Promise.all(Array.from({ length: 4 }, () => createPerson(database)));
  const at = '2025-10-28T00:00:00.000Z';
  await database.transact((tx) =>
    tx
      .insertInto('alerts')
      .values(
        Array.from({ length: count }, (_, n) => ({
          id: `alert${String(n).padStart(5, '0')}`,
          person_id: people[n % 4]?.id as string,
          name: String(n),
          topic: n % 2 === 0 ? `search:words:word${n % 10}` : 'author:ada-lovelace',
          mails_at_once: 1,
          created_at: at,
          changed_at: at,
        })),
      )
      .execute(),
  );
}

const papersOf = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    announced(`2510.${String(n).padStart(5, '0')}`, {
      title: `About word${n % 100} and ${n}`,
      authors: authors(n % 50 === 0 ? 'Ada Lovelace' : `Person ${n}`),
    }),
  );

test('two hundred alerts and a thousand papers take a few dozen statements', async () => {
  const { database, search } = await openAlerts(...papersOf(1_000));
  await insertAlerts(database, 200);
  const { database: counted, count } = counting(database);
  const { look } = openRounds({ database: counted }, search);
  const told = await look();
  expect(Object.keys(told)).toHaveLength(200);
  expect(told['0']).toHaveLength(10);
  expect(told['1']).toHaveLength(20);
  expect(count()).toBeLessThan(40);
  const before = count();
  expect(await look()).toEqual({});
  expect(count() - before).toBeLessThan(4);
});

test('a round that is killed between two transactions loses nothing and tells nothing twice', async () => {
  const { database, search } = await openAlerts(...papersOf(100));
  await insertAlerts(database, 500);
  const { look } = openRounds({ database }, search);
  const told: string[] = [];
  let rounds = 0;
  const tell: Parameters<typeof look>[0] = {
    tell: async (tx, some) => {
      // What the killed transaction had written is gone with it.
      const { count } = await tx
        .selectFrom('alert_matches')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      if (Number(count) > told.length && rounds++ % 2 === 1) throw new Error('killed');
      told.push(...some.flatMap(({ alert, papers }) => papers.map((id) => `${alert.id} ${id}`)));
    },
  };
  for (let tries = 0; tries < 9; tries++) await look(tell).catch(() => {});
  expect(rounds).toBeGreaterThan(2);
  // Half of the alerts find two papers each by their author, the others one by its word.
  expect(told).toHaveLength(500 + 250);
  expect(new Set(told).size).toBe(told.length);
});

test('two rounds at once tell of each paper once', async () => {
  const { database, search } = await openAlerts(...papersOf(100));
  await insertAlerts(database, 300);
  const { look } = openRounds({ database }, search);
  const [one, other] = await Promise.all([look(), look()]);
  const told = [one, other].flatMap((round) => Object.keys(round));
  expect(told.sort()).toEqual(Array.from({ length: 300 }, (_, n) => String(n)).sort());
});
