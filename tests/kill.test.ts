// Nothing that an import acknowledged is lost when it is killed, and it goes on where it was.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { ImportReport } from '../src/sources/import-records.ts';
import { killSometime, run, start } from './program.ts';
import { ENGINE, temporaryFolder, testDatabaseUrl } from './test-database.ts';

const KILLS = 20;
const PAPERS = 40_000;

function writePapers(folder: string): string {
  const file = path.join(folder, 'papers.jsonl');
  const lines = Array.from({ length: PAPERS }, (_, n) => {
    const month = String(2001 + Math.floor(n / 10_000));
    return JSON.stringify({
      id: `${month}.${String(n % 10_000).padStart(5, '0')}`,
      title: `Paper number ${n}`,
      abstract: 'Some words of an abstract. '.repeat(20),
      authors: [`Author ${n % 977}`, `Writer ${n % 1013}`],
      categories: ['cs.LG'],
      published: '2020-01-01',
    });
  });
  fs.writeFileSync(file, lines.join('\n'));
  return file;
}

async function state(database: Database): Promise<{ papers: number; position: number }> {
  const papers = await database.read
    .selectFrom('papers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const checkpoint = await database.read
    .selectFrom('imports')
    .select('position')
    .executeTakeFirst();
  return { papers: Number(papers.count), position: checkpoint?.position ?? 0 };
}

test(`an import that is killed ${KILLS} times loses nothing and ends as if nothing had been`, {
  timeout: 300_000,
}, async () => {
  const url = await testDatabaseUrl();
  const folder = temporaryFolder();
  const file = writePapers(folder);
  const settings = { BROADSHEET_DATABASE_URL: url, BROADSHEET_DATA: folder };
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  await migrate(database);
  let before = await state(database);
  let progressed = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const importing = start(['import', 'jsonl', file, '--json'], settings);
    const { papers } = before;
    await killSometime(importing, kill, async () => (await state(database)).papers > papers);
    // A server process may still be finishing the last statement of a dead client.
    if (ENGINE === 'postgres') await sleep(200);
    const after = await state(database);
    expect(after.papers).toBeGreaterThanOrEqual(before.papers);
    // What is in and what the checkpoint says belong to one transaction.
    expect(after.papers === after.position || after.papers === PAPERS).toBe(true);
    if (after.papers > before.papers) progressed++;
    before = after;
  }
  expect(progressed).toBeGreaterThan(2);
  const { code, stdout } = await run(['import', 'jsonl', file, '--json'], settings);
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as ImportReport;
  expect(report.read).toBe(PAPERS);
  expect(report.new + report.unchanged).toBe(PAPERS);
  expect(await state(database)).toEqual({ papers: PAPERS, position: 0 });
  expect((await run(['doctor'], settings)).code).toBe(0);
});
