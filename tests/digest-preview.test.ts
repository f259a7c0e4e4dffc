import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { list, record } from './fixtures.ts';
import { addSubscription } from './mail-rows.ts';
import { run } from './program.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

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
  const unknown = await preview('--subscription', 'none');
  expect([unknown.code, unknown.stderr]).toEqual([1, 'There is no subscription none here.\n']);
});
