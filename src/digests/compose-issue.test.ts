import { expect, it } from 'vitest';
import { authors, list, record, save } from '../../tests/fixtures.ts';
import { expectMailable } from '../../tests/mail-parts.ts';
import { addDelivery } from '../../tests/mail-rows.ts';
import { createPerson } from '../../tests/people.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { loadOctober, openTestServer } from '../../tests/test-server.ts';
import type { Day } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { introduceEntry } from '../days/edit-entry.ts';
import { parseTopic } from '../feed/topic.ts';
import type { Days } from '../feed/topic-skeleton.ts';
import {
  type ComposeParts,
  composeAlertMail,
  composeIssue,
  openComposing,
  type Reader,
} from './compose-issue.ts';
import { createIssueCache } from './issue-cache.ts';
import { readSignedId } from './signed-id.ts';
import { loadTold } from './told-before.ts';

const SECRET = 'a secret of thirty-two letters or more';
const WEDNESDAY = days('2025-10-29', '2025-10-30');
const NOTHING: ReadonlySet<string> = new Set();

function days(first: string, end: string): Days {
  return { first: first as Day, end: end as Day };
}

function partsOf(database: Database): ComposeParts {
  return {
    db: database.read,
    search: { match: async (_text, { among }) => among.toSorted((a, b) => a - b).slice(0, 1) },
    instance: {
      name: 'Broadsheet',
      community: 'research',
      url: 'https://papers.example.org',
    },
    secret: SECRET,
    cache: createIssueCache(),
  };
}

function reader(topics: string[], changes: Partial<Reader> = {}): Reader {
  return {
    id: 'sub1',
    personId: undefined,
    cadence: 'weekdays',
    topics: topics.map((topic) => ({ topic: parseTopic(topic), isPaused: false })),
    maxPapers: 10,
    language: 'en',
    ...changes,
  };
}

it('composes the day of 29 October 2025 as its page shows it', async () => {
  const { app, get } = await openTestServer({}, '2025-11-01');
  await loadOctober(app);
  const parts = openComposing(app, 'https://papers.example.org');
  const issue = await composeIssue(parts, {
    subscription: reader(['list']),
    days: WEDNESDAY,
    told: NOTHING,
  });
  if (!issue) throw new Error('no issue');
  const page = (await (await get('/api/daily_papers?date=2025-10-29&limit=10')).json()) as {
    title: string;
    paper: { id: string };
  }[];
  expect(issue.paperIds).toEqual(page.map(({ paper }) => paper.id));
  expect(issue.subject).toBe(
    'Daily papers of 29 October 2025: InteractComp: Evaluating Search Agents With Ambiguous Queries, and 9 more',
  );
  const { links, text } = expectMailable(issue);
  for (const id of issue.paperIds) {
    expect(links).toContain(`https://papers.example.org/papers/${id}`);
    expect(links).toContain(`https://arxiv.org/abs/${id}`);
    expect(issue.text).toContain(`https://arxiv.org/abs/${id}`);
  }
  expect(text).toContain('by the research community');
  expect(issue.text).toContain(
    [
      ' 2. Tongyi DeepResearch Technical Report',
      '    Tongyi DeepResearch Team, B. Li and 54 more',
      '    41 votes, 3 comments',
    ].join('\n'),
  );
  await composesWeeksAndSeveralTopics(parts);
});

/** On the same papers, which take seconds to load. */
async function composesWeeksAndSeveralTopics(parts: ComposeParts): Promise<void> {
  const week = await composeIssue(parts, {
    subscription: reader(['list'], { cadence: 'weekly', language: 'de', maxPapers: 25 }),
    days: days('2025-10-27', '2025-11-03'),
    told: NOTHING,
  });
  expect(week?.subject).toMatch(/^Papers of the week of 27\. Oktober 2025: .*, and 24 more$/);
  expect(week?.html).toContain('<bdi lang="de" dir="ltr">27. Oktober 2025</bdi>');
  expect(week?.html).toContain('https://papers.example.org/papers/week/2025-W44');
  const whole = await composeIssue(parts, {
    subscription: reader(['list', 'trending'], { cadence: 'monthly', maxPapers: 100 }),
    days: days('2025-10-01', '2025-11-01'),
    told: NOTHING,
  });
  if (!whole) throw new Error('no issue');
  expect(whole.subject).toMatch(/^Papers of October 2025: .*, and 99 more$/);
  expectMailable(whole);
  const mixed = await composeIssue(parts, {
    subscription: reader(['list', 'category:cs.LG', 'author:Yilun Du'], { language: 'ar' }),
    days: WEDNESDAY,
    told: NOTHING,
  });
  if (!mixed) throw new Error('no issue');
  expectMailable(mixed);
  expect(mixed.html).toContain('<bdi lang="ar" dir="rtl">');
  expect(mixed.text).toContain('via cs.LG');
  expect(new Set(mixed.paperIds).size).toBe(10);
}

it('tells nothing twice, whatever papers are called by now', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-29', [
    { record: record('page:one', { source: 'page', title: 'One' }), votes: 9 },
    { record: record('2510.00002'), votes: 8 },
    { record: record('2510.00003'), votes: 7 },
    {
      record: record('2510.00004', { withdrawnAt: '2025-10-30T00:00:00.000Z' as never }),
      votes: 6,
    },
  ]);
  const subscription = reader(['list'], { maxPapers: 2 });
  const compose = async () =>
    composeIssue(partsOf(database), {
      subscription,
      days: WEDNESDAY,
      told: await loadTold(database.read, 'ada@example.org', new Date('2025-11-01')),
    });
  const first = await compose();
  expect(first?.paperIds).toEqual(['page:one', '2510.00002']);
  await addDelivery(database, { papers: JSON.stringify(first?.paperIds) });
  await addDelivery(database, { papers: '["2510.00003"]', state: 'failed' });
  await addDelivery(database, { papers: '["2510.00003"]', email: 'alan@example.org' });
  await save(database, record('2510.00001', { title: 'One' }));
  expect((await compose())?.paperIds).toEqual(['2510.00003']);
  await addDelivery(database, { papers: '["2510.00003"]' });
  expect(await compose()).toBeUndefined();
});

it('has no issue where the days have nothing', async () => {
  const database = await openTestDatabase();
  const topics = ['list', 'trending', 'category:cs.LG', 'author:ada-lovelace', 'search:words:x'];
  const options = { days: WEDNESDAY, told: NOTHING };
  const parts = partsOf(database);
  expect(await composeIssue(parts, { subscription: reader(topics), ...options })).toBeUndefined();
  await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 1 }]);
  const paused = reader([], { topics: [{ topic: { kind: 'list' }, isPaused: true }] });
  expect(await composeIssue(parts, { subscription: paused, ...options })).toBeUndefined();
});

it('gives every topic its share, lists first and the rest by votes, and says what brought a paper', async () => {
  const database = await openTestDatabase();
  const listed = (number: number) =>
    record(`2510.0000${number}`, { categories: ['cs.CL', 'cs.LG'] });
  const announcedOn = '2025-10-29' as Day;
  const other = (number: number, name: string, category: string) =>
    record(`2510.1000${number}`, {
      announcedOn,
      authors: authors(name),
      categories: [category],
      primaryCategory: category,
    });
  await list(
    database,
    '2025-10-29',
    [1, 2, 3, 4, 5].map((number) => ({ record: listed(number), votes: 10 - number })),
  );
  await save(
    database,
    other(1, 'Émilie du Châtelet', 'hep-th'),
    { ...other(2, 'Alan Turing', 'cs.LG'), elsewhere: { origin: 'x', votes: 3, comments: 0 } },
    other(3, 'Alan Turing', 'cs.LG'),
    other(4, 'Alan Turing', 'cs.LG'),
  );
  const issue = await composeIssue(partsOf(database), {
    subscription: reader(['category:cs.LG', 'list', 'author:emilie-du-chatelet'], { maxPapers: 5 }),
    days: WEDNESDAY,
    told: NOTHING,
  });
  expect(issue?.paperIds).toEqual([
    '2510.00001',
    '2510.00002',
    '2510.10002',
    '2510.10004',
    '2510.10001',
  ]);
  expect(issue?.text).toContain('3 votes, via cs.LG');
  expect(issue?.text).toContain('via Émilie du Châtelet');
  expect(issue?.text).not.toContain('9 votes, via');
});

it('escapes what people wrote, and keeps its letters', async () => {
  const database = await openTestDatabase();
  const parts = partsOf(database);
  const [first] = await list(database, '2025-10-29', [
    {
      record: record('2510.00001', {
        title: '<script>alert(1)</script> & "quotes" of $\\alpha^2$ and \\emph{style}',
        abstract: '<img src=x onerror=alert(1)> ]]> --> </title></style> &amp; $x < y$',
        authors: authors('<b>Ada</b> Lovelace'),
        links: [{ kind: 'code', url: 'https://github.com/a/b?x="><i>&y=1', from: 'source' }],
      }),
      votes: 3,
    },
    { record: record('2510.00002', { title: 'كشف الأجسام 🚀 في الصور' }), votes: 2 },
    { record: record('2510.00003', { title: '深層学習'.repeat(30) }), votes: 1 },
  ]);
  await database.transact((tx) =>
    introduceEntry(tx, {
      day: '2025-10-29' as Day,
      paperKey: first?.key as number,
      introduction: 'Read <i>this</i> & nothing else',
    }),
  );
  parts.instance.name = 'The <Daily> & Co';
  const issue = await composeIssue(parts, {
    subscription: reader(['list', 'search:words:<u>&"']),
    days: WEDNESDAY,
    told: NOTHING,
  });
  if (!issue) throw new Error('no issue');
  const { tags, text, links } = expectMailable(issue);
  expect(tags.has('script') || tags.has('img') || tags.has('i')).toBe(false);
  expect(text).toContain('<script>alert(1)</script> & "quotes" of α^2');
  expect(text).toContain('كشف الأجسام 🚀 في الصور');
  expect(text).toContain('Why read this: Read <i>this</i> & nothing else');
  expect(text).toContain('via “<u>&"”');
  expect(issue.text).toContain('Why read this: Read <i>this</i> & nothing else');
  expect(links).toContain('https://github.com/a/b?x="><i>&y=1');
});

it('says why it came, and leads to what changes or ends it', async () => {
  const database = await openTestDatabase();
  await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 1 }]);
  const issue = await composeIssue(partsOf(database), {
    subscription: reader(['list', 'trending']),
    days: WEDNESDAY,
    told: NOTHING,
  });
  expect(issue?.text).toContain('You get this from Broadsheet every weekday');
  for (const part of [issue?.text, issue?.html]) {
    const manage = /https:\/\/papers\.example\.org\/subscription\/([\w-]+)/.exec(part ?? '')?.[1];
    const end = /https:\/\/papers\.example\.org\/unsubscribe\/([\w-]+)/.exec(part ?? '')?.[1];
    expect(readSignedId(SECRET, 'manage subscription', manage ?? '')?.id).toBe('sub1');
    expect(readSignedId(SECRET, 'end subscription', end ?? '')?.id).toBe('sub1');
  }
});

async function addAlert(database: Database, personId: string, subscriptionId: string) {
  const at = '2025-10-01T00:00:00.000Z';
  await database.transact(async (tx) => {
    await tx
      .insertInto('subscriptions')
      .values({
        id: subscriptionId,
        person_id: personId,
        email: 'ada@example.org',
        name: null,
        cadence: 'weekdays',
        topics: '[]',
        max_papers: 10,
        hour: 7,
        time_zone: 'UTC',
        language: 'en',
        state: 'active',
        ended_by: null,
        created_at: at,
        confirmed_at: at,
        changed_at: at,
        next_at: at,
        covered_until: null,
      })
      .execute();
    await tx
      .insertInto('alerts')
      .values({
        id: 'alert1',
        person_id: personId,
        name: 'my field',
        topic: 'category:cs.LG',
        mails_at_once: 0,
        subscription_id: subscriptionId,
        channel_id: null,
        created_at: at,
        changed_at: at,
        paused_at: null,
        looked_at: null,
      })
      .execute();
  });
}

it('brings what the alerts of the digest found on the days, or late', async () => {
  const database = await openTestDatabase();
  const person = await createPerson(database);
  await addAlert(database, person.id, 'sub1');
  const outcomes = await save(database, ...[1, 2, 3, 4].map((one) => record(`2510.0000${one}`)));
  const found: [number, string, string][] = [
    [0, '2025-10-29', '2025-10-30T00:10:00.000Z'],
    [1, '2025-10-20', '2025-10-29T00:10:00.000Z'],
    [2, '2025-10-20', '2025-10-21T00:10:00.000Z'],
    [3, '2025-10-30', '2025-10-30T00:10:00.000Z'],
  ];
  await database.transact((tx) =>
    tx
      .insertInto('alert_matches')
      .values(
        found.map(([index, day, matched_at]) => ({
          alert_id: 'alert1',
          paper_key: outcomes[index]?.key as number,
          day,
          matched_at,
        })),
      )
      .execute(),
  );
  const options = { days: WEDNESDAY, told: NOTHING };
  const subscription = reader(['list'], { personId: person.id });
  const issue = await composeIssue(partsOf(database), { subscription, ...options });
  expect(issue?.paperIds.toSorted()).toEqual(['2510.00001', '2510.00002']);
  expect(issue?.text).toContain('via your alert “my field”');
});

it('makes a mail of what an alert found, and the same issue again out of its papers', async () => {
  const database = await openTestDatabase();
  const parts = partsOf(database);
  await save(database, record('page:one', { source: 'page', title: 'One' }));
  await save(database, record('2510.00001', { title: 'One' }), record('2510.00002'));
  const alert = { id: 'alert1', name: 'layer\nnormalization', topic: parseTopic('search:words:a') };
  const mail = await composeAlertMail(parts, {
    alert,
    papers: ['2510.00002', 'page:one', '2510.09999'],
    told: NOTHING,
    language: 'en',
  });
  if (!mail) throw new Error('no mail');
  expect(mail.subject).toBe(
    '2 new papers for “layer normalization”: The title of 2510.00002, and 1 more',
  );
  expect(mail.paperIds).toEqual(['2510.00002', '2510.00001']);
  expectMailable(mail);
  const end = /\/unsubscribe\/([\w-]+)/.exec(mail.text)?.[1] ?? '';
  expect(readSignedId(SECRET, 'end alert', end)?.id).toBe('alert1');
  expect(
    await composeAlertMail(parts, {
      alert,
      papers: ['2510.00001', '2510.09999'],
      told: new Set(['page:one']),
      language: 'en',
    }),
  ).toBeUndefined();
  const again = await composeIssue(parts, {
    subscription: reader(['category:cs.LG']),
    days: WEDNESDAY,
    told: new Set(['2510.00001']),
    papers: ['2510.00001', '2510.00002'],
  });
  expect(again?.paperIds).toEqual(['2510.00001', '2510.00002']);
});

it('asks once for what readers share, and keeps no more than it may', async () => {
  const database = await openTestDatabase();
  await list(
    database,
    '2025-10-29',
    [1, 2, 3].map((one) => ({ record: record(`2510.0000${one}`), votes: one })),
  );
  const parts = { ...partsOf(database), cache: createIssueCache({ maxTopics: 1, maxPapers: 2 }) };
  const options = { days: WEDNESDAY, told: NOTHING };
  const one = await composeIssue(parts, { subscription: reader(['list']), ...options });
  expect(one?.paperIds).toHaveLength(3);
  const db = new Proxy(database.read, {
    get() {
      throw new Error('asked again');
    },
  });
  const roomy = partsOf(database);
  await composeIssue(roomy, { subscription: reader(['list']), ...options });
  const other = reader(['list'], { id: 'sub2', language: 'de', maxPapers: 2 });
  const two = await composeIssue({ ...roomy, db }, { subscription: other, ...options });
  expect(two?.paperIds).toEqual(one?.paperIds.slice(0, 2));
  await expect(
    composeIssue({ ...parts, db }, { subscription: reader(['list']), ...options }),
  ).rejects.toThrow('asked again');
});
