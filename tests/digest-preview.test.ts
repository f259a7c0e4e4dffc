import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { list, record } from './fixtures.ts';
import { addSubscription } from './mail-rows.ts';
import { run } from './program.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

test('an administrator sends the issue of a day that is over, once', async () => {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 2 }]);
  await addSubscription(database, { next_at: '2999-01-07T07:00:00.000Z' });
  const settings = { BROADSHEET_DATABASE_URL: location };
  const send = async (...args: string[]) => {
    const { stdout, stderr } = await run(['digest', 'send', ...args], settings);
    return stdout + stderr;
  };
  expect(await send('--day', '2999-01-01')).toMatch(
    /^2999-01-01 is not over: the last day that is/,
  );
  expect(await send('--dry-run')).toBe('1 reader would get the issue of 2025-10-29.\n');
  expect(await send()).toMatch(/^The issue of 2025-10-29 waits for 1 reader\. /);
  expect(await send('--day', '2025-10-29')).toBe(
    'Nobody is left to get the issue of 2025-10-29; 1 reader had it before.\n',
  );
});

test('an administrator sees an issue on the command line, by topics or of a subscription', async () => {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  await list(database, '2025-10-29', [
    { record: record('2510.00001', { title: 'Listed' }), votes: 2 },
    { record: record('2510.00002', { title: 'Listed too' }), votes: 1 },
  ]);
  const id = await addSubscription(database, {
    topics: '[{"topic":"category:cs.LG","isPaused":false}]',
    language: 'de',
  });
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
    BROADSHEET_URL: 'https://papers.example.org',
  };
  const preview = (...args: string[]) => run(['digest', 'preview', ...args], settings);

  const file = path.join(temporaryFolder(), 'issue.html');
  const topics = ['--topics', 'list,category:cs.LG', '--papers', '1'];
  const first = await preview(...topics, '--day', '2025-10-29', '--text', '--html', file);
  expect(first.stdout).toMatch(/^Subject: Daily papers of 29 October 2025: Listed\n/);
  expect(first.stdout).toContain('https://papers.example.org/papers/2510.00001\n');
  expect(first.stdout).not.toContain('Listed too');
  expect(fs.readFileSync(file, 'utf8')).toMatch(/^<!DOCTYPE html><html lang="en".*<\/html>$/s);
  const second = await preview('--subscription', id);
  expect(second.stdout).toMatch(
    /^Subject: Daily papers of 29\. Oktober 2025: Listed, and 1 more\n/,
  );
  const foreign = await preview('--topics', 'list', '--language', 'tlh');
  expect(foreign.stderr).toMatch(/Write one of ar, .*en, en-GB, es/);
  const unknown = await preview('--subscription', 'none');
  expect([unknown.code, unknown.stderr]).toEqual([1, 'There is no subscription none here.\n']);
});
