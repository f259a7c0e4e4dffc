// The whole way of a digest, over HTTP and SMTP: subscribe, confirm, get the day's papers, unsubscribe as a
// mail program does, and get nothing more.
import { expect, onTestFinished, test } from 'vitest';
import type { Day } from '../src/base/calendar.ts';
import { makeDayIssue } from '../src/digests/make-day-issue.ts';
import { makeDueIssues } from '../src/digests/make-issues.ts';
import { startDigests } from '../src/jobs/digest-handlers.ts';
import { linkIn, openMailServer } from './mail-server.ts';
import { loadOctober, openTestServer, URL_OF_TESTS } from './test-server.ts';

const DAY = '2025-10-29' as Day;
const NEXT_DAY = '2025-10-30' as Day;

function startSending(app: Parameters<typeof startDigests>[0]) {
  const sending = startDigests(app, { pollMs: 20 });
  onTestFinished(() => sending.stop());
  return sending;
}

test('a visitor subscribes, gets the digest of 29 October 2025, unsubscribes by one click, and gets nothing more', {
  timeout: 120_000,
}, async () => {
  const mail = await openMailServer();
  const server = await openTestServer({
    BROADSHEET_SMTP_URL: mail.url,
    BROADSHEET_MAIL_RETURN: 'returns@papers.example.org',
  });
  const { app } = server;
  await loadOctober(app);
  const form = {
    email: 'ada@example.org',
    topic: 'list',
    cadence: 'weekdays',
    papers: '10',
    hour: '7',
    'time-zone': 'UTC',
    language: 'en-GB',
  };
  expect((await server.send('POST', '/subscribe', { form })).status).toBe(303);
  const confirm = linkIn(await mail.nth(1), '/subscribe/confirm/');
  const sending = startSending(app);
  await makeDayIssue(app.database, DAY, { isDry: false });
  await sending.idle();
  expect(mail.mails).toHaveLength(1);
  expect((await server.send('POST', confirm)).status).toBe(303);

  expect(await makeDayIssue(app.database, DAY, { isDry: false })).toMatchObject({ recipients: 1 });
  await sending.idle();
  const issue = await mail.nth(2);
  expect(issue.subject).toContain('29 October 2025');
  expect(issue.to).toMatchObject({ value: [{ address: 'ada@example.org' }] });
  const first = await app.database.read
    .selectFrom('deliveries')
    .select(['id', 'papers', 'state'])
    .executeTakeFirstOrThrow();
  const papers = JSON.parse(first.papers) as string[];
  expect(first.state).toBe('sent');
  expect(papers).toHaveLength(10);
  for (const id of papers) {
    expect(issue.text).toContain(`${URL_OF_TESTS}/papers/${id}`);
    expect(issue.html).toContain(`${URL_OF_TESTS}/papers/${id}`);
  }
  expect(issue.messageId).toBe(`<d.${first.id}@papers.example.org>`);
  expect(mail.messages[1]?.from).toMatch(/^returns\+b-/);

  const header = issue.headerLines.filter(({ key }) => key === 'list-unsubscribe');
  expect(header).toHaveLength(1);
  const url = new URL(/<(https:[^>]+)>/.exec(header[0]?.line ?? '')?.[1] ?? '');
  expect(header[0]?.line.replace(/\s+/g, ' ')).toMatch(/<mailto:returns\+u-[^>]+>/);
  expect(issue.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toMatch(
    /: List-Unsubscribe=One-Click$/,
  );
  // What filters and previews do changes nothing.
  expect((await server.get(url.pathname)).status).toBe(200);
  const state = () =>
    app.database.read.selectFrom('subscriptions').select(['state', 'ended_by']).execute();
  expect(await state()).toMatchObject([{ state: 'active' }]);
  for (let time = 0; time < 2; time++) {
    const answer = await server.server.fetch(
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      }),
    );
    expect(answer.status).toBe(200);
  }
  expect(await state()).toEqual([{ state: 'ended', ended_by: 'one-click' }]);

  await makeDayIssue(app.database, NEXT_DAY, { isDry: false });
  await makeDueIssues(app.database, { instanceZone: 'UTC', at: new Date('2027-01-01T12:00:00Z') });
  await sending.idle();
  expect(mail.mails).toHaveLength(2);
});
