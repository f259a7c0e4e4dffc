// Two servers over one database: what one process writes, both show.
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { list, record } from './fixtures.ts';
import { serve } from './program.ts';
import { testDatabaseUrl } from './test-database.ts';

test('a vote that is written by one process is shown by two servers at once', async () => {
  const url = await testDatabaseUrl();
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  await migrate(database);
  await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 1 }]);
  const settings = { BROADSHEET_DATABASE_URL: url };
  const servers = await Promise.all([serve(settings), serve(settings)]);
  const votes = () =>
    Promise.all(
      servers.map(async (server) => {
        const answer = await fetch(`${server.url}/api/daily_papers?date=2025-10-29`);
        const [item] = (await answer.json()) as { paper: { upvotes: number } }[];
        return item?.paper.upvotes;
      }),
    );
  expect(await votes()).toEqual([1, 1]);
  for (let n = 2; n < 12; n++) {
    await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: n }]);
    expect(await votes()).toEqual([n, n]);
  }
});

test('two servers that start at once on an empty database both come up with the demo edition', {
  timeout: 120_000,
}, async () => {
  const settings = { BROADSHEET_DATABASE_URL: await testDatabaseUrl() };
  const servers = await Promise.all([serve(settings), serve(settings)]);
  for (const { url } of servers) {
    const answer = await fetch(`${url}/api/daily_papers?date=2025-10-31`);
    expect(((await answer.json()) as unknown[]).length).toBe(19);
    expect(await (await fetch(`${url}/papers`)).text()).toContain('demo edition of October 2025');
  }
});
