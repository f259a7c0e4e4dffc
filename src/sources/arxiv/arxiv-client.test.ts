import { expect, test } from 'vitest';
import { type Mishap, replayWeek, startReplayArxiv } from '../../../tests/replay-arxiv.ts';
import { openTestDatabase } from '../../../tests/test-database.ts';
import { parseConfig } from '../../config.ts';
import type { SourceFailure } from '../outside-request.ts';
import { createArxivClient } from './arxiv-client.ts';
import { oaiListUrl, parseOaiPage } from './oai.ts';

async function openClient(settings: Record<string, string> = {}) {
  const replay = await startReplayArxiv(replayWeek(['2026-11-09'], 10));
  replay.clock = '2026-11-10T03:00:00Z';
  const database = await openTestDatabase();
  const config = parseConfig({
    ...replay.settings,
    BROADSHEET_SOURCE_TIMEOUT_S: '1',
    BROADSHEET_CONTACT: 'someone@example.org',
    ...settings,
  });
  const client = createArxivClient(database, config);
  const url = oaiListUrl(config.arxiv.oaiUrl, { set: undefined, from: undefined, format: 'arXiv' });
  return {
    replay,
    database,
    config,
    client,
    ask: () => client.ask(url, ({ body }) => parseOaiPage(body)),
  };
}

const PASSING: Mishap[] = ['slow', 'cut', '429', '503', 'html', 'truncated', 'bomb', 'not-utf8'];

test.each(PASSING)(
  'after an answer that is %s it is asked again, and all is read',
  async (mishap) => {
    const { replay, ask } = await openClient();
    replay.mishaps = [mishap];
    expect((await ask()).records.length).toBe(10);
    expect(replay.requests.length).toBe(2);
  },
);

test.each([
  ['slow', 'timeout'],
  ['cut', 'unreachable'],
  ['503', 'status'],
  ['html', 'wrong-type'],
  ['truncated', 'malformed'],
  ['bomb', 'malformed'],
  ['not-utf8', 'malformed'],
] as const)('an arXiv that stays %s fails as %s', async (mishap, kind) => {
  const { replay, ask } = await openClient();
  replay.mishaps = Array.from({ length: 9 }, () => mishap);
  const failure = (await ask().catch((error) => error)) as SourceFailure;
  expect(failure).toMatchObject({ code: 'unavailable', kind });
  expect(replay.requests.length).toBe(4);
});

test('an answer of 50 MB is not read to its end', async () => {
  const { replay, ask } = await openClient({ BROADSHEET_SOURCE_TIMEOUT_S: '20' });
  replay.mishaps = ['huge'];
  await expect(ask()).rejects.toMatchObject({ kind: 'too-large' });
  expect(replay.requests.length).toBe(1);
});

test('asked to wait for an hour, it leaves arXiv in peace and says for how long', async () => {
  const { replay, database, ask } = await openClient();
  replay.mishaps = ['long-503'];
  await expect(ask()).rejects.toMatchObject({ kind: 'status', retryAfterMs: 3_600_000 });
  expect(replay.requests.length).toBe(1);
  const turn = await database.read.selectFrom('request_turns').selectAll().executeTakeFirst();
  expect(Date.parse(turn?.next_at ?? '')).toBeGreaterThan(Date.now() + 3_500_000);
});

test('it says who asks and how to reach them', async () => {
  const { replay, ask } = await openClient();
  await ask();
  expect(replay.requests[0]?.headers['user-agent']).toMatch(
    /^Broadsheet\/\S+ \(someone@example\.org\)$/,
  );
});

test('however many ask at once, requests come one at a time and apart', async () => {
  const { replay, database, config, ask } = await openClient({ BROADSHEET_ARXIV_PAUSE_MS: '200' });
  const url = oaiListUrl(config.arxiv.oaiUrl, { set: undefined, from: undefined, format: 'arXiv' });
  const other = createArxivClient(database, config);
  await Promise.all([ask(), ask(), other.ask(url, ({ body }) => parseOaiPage(body)), ask()]);
  expect(replay.mostAtOnce).toBe(1);
  const times = replay.requests.map(({ at }) => at);
  for (let n = 1; n < times.length; n++) {
    expect((times[n] as number) - (times[n - 1] as number)).toBeGreaterThanOrEqual(200);
  }
});

test('arXiv itself is never asked faster than it wishes', () => {
  expect(() => parseConfig({ BROADSHEET_ARXIV_PAUSE_MS: '1000' })).toThrow('at least 3000');
});
