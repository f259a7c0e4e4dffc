// A week of announcements from a local arXiv that drops papers, repeats some, lets tokens die,
// answers 429 and lets late papers appear.
import { expect, test } from 'vitest';
import { CATEGORIES, openReader } from '../../../tests/arxiv-reader.ts';
import { record, save } from '../../../tests/fixtures.ts';
import { replayWeek, startReplayArxiv } from '../../../tests/replay-arxiv.ts';
import type { Day } from '../../base/calendar.ts';
import type { Database } from '../../database/database.ts';
import { loadDay } from '../../feed/load-period.ts';
import { listSources } from '../source-store.ts';

const DAYS = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13'] as Day[];
const [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY] = DAYS as [Day, Day, Day, Day, Day];
const PER_DAY = 160;

async function heldIds(database: Database): Promise<string[]> {
  const rows = await database.read.selectFrom('papers').select('id').orderBy('id').execute();
  return rows.map((row) => row.id);
}

async function dayOfPaper(database: Database, id: string): Promise<string | null | undefined> {
  const row = await database.read
    .selectFrom('papers')
    .select('announced_on')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.announced_on;
}

function nightAfter(day: Day): string {
  return `${new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)}T03:00:00Z`;
}

test('at the end of a troubled week every day is complete, each paper once', {
  timeout: 120_000,
}, async () => {
  const papers = replayWeek(DAYS, PER_DAY);
  const replay = await startReplayArxiv(papers);
  const of = (day: Day, n: number) =>
    papers[DAYS.indexOf(day) * PER_DAY + n] as (typeof papers)[number];
  const late = of(MONDAY, 0);
  late.feedFrom = 1;
  const dropped = of(TUESDAY, 1);
  Object.assign(dropped, { feedFrom: Number.POSITIVE_INFINITY, oaiFrom: `${WEDNESDAY}T01:00:00Z` });
  const unreadable = of(MONDAY, 5);
  Object.assign(unreadable, { feed: 'broken', oai: 'absent' });
  const stubborn = of(THURSDAY, 4);
  Object.assign(stubborn, { feed: 'broken', oai: 'broken', isUnknownToApi: true });
  of(FRIDAY, 8).oai = 'absent';
  const deleted = of(TUESDAY, 9);
  // Repeated within its feed, and again as a replacement two days later.
  papers.push({ ...of(MONDAY, 2) });
  papers.push({ ...of(MONDAY, 2), day: WEDNESDAY, version: 2, title: 'A new title' });

  const reader = await openReader(replay);
  const { database } = reader;
  for (const day of DAYS) {
    replay.day = day;
    for (const reading of [0, 1]) {
      replay.reading = reading;
      replay.clock = `${day}T${reading === 0 ? '05' : '12'}:20:00Z`;
      replay.mishaps = reading === 0 ? ['429', 'truncated'] : [];
      await reader.poll();
    }
    if (day === MONDAY) expect((await reader.days(MONDAY))[0]?.missing).toEqual([unreadable.id]);
    replay.clock = nightAfter(day);
    if (day === TUESDAY) replay.killTokensAfter = 1;
    if (day === THURSDAY) Object.assign(deleted, { oai: 'deleted', changedOn: THURSDAY });
    replay.mishaps = ['503', 'cut'];
    await reader.harvest();
    await reader.fetchMissing();
  }

  const friday = await reader.days(FRIDAY);
  expect(friday.find(({ day }) => day === THURSDAY)).toMatchObject({
    status: 'incomplete',
    missing: [stubborn.id],
  });
  stubborn.isUnknownToApi = false;
  replay.clock = '2026-11-15T03:00:00Z';
  await reader.harvest();
  await reader.fetchMissing();

  const days = await reader.days('2026-11-14' as Day);
  expect(days.map(({ day, status }) => [day, status])).toEqual([
    [FRIDAY, 'complete'],
    [THURSDAY, 'complete'],
    [WEDNESDAY, 'complete'],
    [TUESDAY, 'complete'],
    [MONDAY, 'complete'],
  ]);
  for (const { announced, held, missing } of days) {
    expect(held).toBe(announced);
    expect(missing).toEqual([]);
  }
  expect(days.at(-1)).toMatchObject({ announced: PER_DAY, late: 1 });
  expect(days.find(({ day }) => day === TUESDAY)).toMatchObject({
    announced: PER_DAY - 1,
    late: 1,
  });
  expect(days.find(({ day }) => day === WEDNESDAY)?.announced).toBe(PER_DAY);

  expect(await heldIds(database)).toEqual([...new Set(papers.map(({ id }) => id))].sort());
  for (const paper of papers.slice(0, DAYS.length * PER_DAY)) {
    expect([paper.id, await dayOfPaper(database, paper.id)]).toEqual([paper.id, paper.day]);
  }
  const renamed = await database.read
    .selectFrom('papers')
    .select(['title', 'withdrawn_at'])
    .where('id', 'in', [of(MONDAY, 2).id, deleted.id])
    .orderBy('id')
    .execute();
  expect(renamed[0]?.title).toBe('A new title');
  expect(renamed[1]?.withdrawn_at).toBe('2026-11-12T00:00:00.000Z');

  // Late papers stand on their own day and are marked on the next.
  const options = {
    categories: CATEGORIES,
    today: FRIDAY,
    view: 'new',
    page: { limit: 500, offset: 0 },
  } as const;
  const monday = await loadDay(database.read, MONDAY, options);
  expect(monday.items.map(({ paper }) => paper.id)).toContain(late.id);
  const tuesday = await loadDay(database.read, TUESDAY, options);
  expect(tuesday.late.map(({ paper }) => paper.id)).toEqual([late.id]);
  const wednesday = await loadDay(database.read, WEDNESDAY, options);
  expect(wednesday.late.map(({ paper }) => paper.id)).toEqual([dropped.id]);

  const sources = await listSources(database.read);
  expect(sources.map(({ name }) => name)).toEqual(['arxiv-api', 'arxiv-oai', 'arxiv-rss']);
  expect(sources.find(({ name }) => name === 'arxiv-rss')?.rejects).toBeGreaterThan(0);
  expect(sources.every(({ problem }) => problem === undefined)).toBe(true);
  expect(replay.mostAtOnce).toBe(1);
});

test('a day whose feed was never read is unknown, although harvests brought its papers', async () => {
  const replay = await startReplayArxiv(replayWeek([MONDAY, TUESDAY, WEDNESDAY], 20));
  const reader = await openReader(replay);
  await reader.poll();
  for (const day of [MONDAY, TUESDAY, WEDNESDAY]) {
    replay.clock = nightAfter(day);
    await reader.harvest();
  }
  const days = await reader.days(TUESDAY);
  expect(days.map(({ day, status, held }) => [day, status, held])).toEqual([
    [TUESDAY, 'unknown', 20],
    [MONDAY, 'complete', 20],
  ]);
});

test('a harvest whose tokens always die ends with a reason, and goes on later', async () => {
  const replay = await startReplayArxiv(replayWeek([MONDAY], 400));
  const reader = await openReader(replay);
  replay.clock = nightAfter(MONDAY);
  const dying = setInterval(() => replay.killTokens(), 1);
  await expect(reader.harvest()).rejects.toMatchObject({ kind: 'refused' });
  clearInterval(dying);
  expect((await listSources(reader.database.read))[0]?.problem?.text).toContain(
    'resumption tokens',
  );
  await reader.harvest();
  expect(await heldIds(reader.database)).toEqual(replay.papers.map(({ id }) => id).sort());
});

test('a feed that did not change is not sent again', async () => {
  const replay = await startReplayArxiv(replayWeek([MONDAY], 20));
  const reader = await openReader(replay);
  await reader.poll();
  await reader.poll();
  expect(replay.requests.slice(2).every(({ headers }) => headers['if-none-match'])).toBe(true);
  const [day] = await reader.days(MONDAY);
  expect(day?.categories.map(({ polls }) => polls)).toEqual([2, 2]);
  expect(day).toMatchObject({ announced: 20, held: 20, late: 0, status: 'pending' });
});

test('a paper that a feed announces later than its dates say stands on the day of the feed', async () => {
  const [paper] = replayWeek([MONDAY], 1);
  if (!paper) throw new Error('no paper');
  const replay = await startReplayArxiv([paper]);
  const reader = await openReader(replay);
  replay.clock = nightAfter(MONDAY);
  await reader.harvest();
  expect(await dayOfPaper(reader.database, paper.id)).toBe(MONDAY);
  paper.day = TUESDAY;
  replay.day = TUESDAY;
  await reader.poll();
  expect(await dayOfPaper(reader.database, paper.id)).toBe(TUESDAY);
});

test('a feed that is read after a harvest changes no paper that the harvest told of in full', async () => {
  const replay = await startReplayArxiv(replayWeek([MONDAY], 20));
  const reader = await openReader(replay);
  replay.clock = `${MONDAY}T03:00:00Z`;
  await reader.harvest();
  const before = await reader.database.read.selectFrom('papers').selectAll().execute();
  replay.clock = `${MONDAY}T05:20:00Z`;
  expect(await reader.poll()).toMatchObject({ new: 0, changed: 0 });
  const after = await reader.database.read.selectFrom('papers').selectAll().execute();
  expect(before.length).toBe(20);
  expect(after).toEqual(before);
});

test('a cross-list of an old paper is fetched by its number and keeps its own day', async () => {
  const papers = replayWeek([MONDAY], 8);
  const old = {
    ...(papers[0] as (typeof papers)[number]),
    id: '2603.04242',
    title: 'An old paper',
    authors: ['Olga Old'],
    categories: ['cs.CV', 'cs.LG'],
    submittedAt: '2026-03-04T10:00:00Z',
  };
  const replay = await startReplayArxiv([...papers, old]);
  replay.clock = `${MONDAY}T06:00:00Z`;
  const reader = await openReader(replay);
  await reader.poll();
  expect((await reader.days(MONDAY))[0]?.missing).toEqual([old.id]);
  await reader.fetchMissing();
  expect((await reader.days(MONDAY))[0]?.missing).toEqual([]);
  expect(await dayOfPaper(reader.database, old.id)).toBe('2026-03-05');
});

test('a paper that is known by its title only gets its number', async () => {
  const [paper] = replayWeek([MONDAY], 1);
  if (!paper) throw new Error('no paper');
  const replay = await startReplayArxiv([paper]);
  replay.clock = `${MONDAY}T06:00:00Z`;
  const reader = await openReader(replay);
  await save(
    reader.database,
    record('page:paper-number-10000', {
      source: 'page',
      title: paper.title,
      authors: [],
      authorCount: 2,
      abstract: '',
    }),
    record('page:another', { source: 'page', title: 'Another', authors: [], authorCount: 2 }),
  );
  await reader.resolveTitles();
  expect(await heldIds(reader.database)).toEqual([paper.id, 'page:another'].sort());
  const before = replay.requests.length;
  await reader.resolveTitles();
  expect(replay.requests.length).toBe(before);
});
