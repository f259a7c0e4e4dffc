import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { DEMO, readDemo } from './fixtures.ts';
import { run, serve, start } from './program.ts';
import { ENGINE, temporaryFolder, testDatabaseUrl } from './test-database.ts';

// Each test starts the program several times.
vi.setConfig({ testTimeout: 120_000 });

const LINE = '{"id": "2510.00001", "title": "A title", "published": "2025-10-28"}\n';

/** The same line, packed by `xz`. */
const LINE_AS_XZ =
  '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4ABDADtdAD2IiSaBk1N/WiCFwqVEPcmV6vdL4/LgYORxMwccGpIP8e90toh/uGWfSNFbehDmcIlcr7FHicUAYwAAAADw3YHR1gd2cQABV0Qx+82kH7bzfQEAAAAABFla';

async function instance(): Promise<Record<string, string>> {
  return { BROADSHEET_DATABASE_URL: await testDatabaseUrl(), BROADSHEET_DATA: temporaryFolder() };
}

/** Of what touches no database, or only as other tests do. */
const testOnce = test.skipIf(ENGINE === 'postgres');

testOnce('help is there for every command, with examples', async () => {
  const top = await run(['--help']);
  expect(top.code).toBe(0);
  for (const name of [
    'serve',
    'import',
    'migrate',
    'backup',
    'restore',
    'export',
    'derive',
    'doctor',
  ]) {
    expect(top.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    const help = await run([name, '--help']);
    expect(help.code).toBe(0);
    if (name !== 'import') expect(help.stdout).toContain(`$ broadsheet ${name}`);
  }
  expect((await run(['import', 'page', '--help'])).stdout).toContain('$ broadsheet import page');
});

testOnce.each([
  [['nonsense'], /unknown command 'nonsense'/],
  [['import', 'jsonl'], /missing required argument 'file'/],
  [['import', 'page', 'x'], /required option '--date <day>'/],
  [['import', 'page', 'x', '--date', '2025-13-40'], /Write a calendar day as YYYY-MM-DD/],
  [['import', 'jsonl', 'not-there.jsonl'], /not-there.jsonl does not exist/],
  [['restore', 'not-there'], /does not exist/],
])('%j is exit code 2 and a sentence', async (args, message) => {
  const { code, stderr } = await run(args as string[], await instance());
  expect([code, stderr]).toEqual([2, expect.stringMatching(message as RegExp)]);
  expect(stderr).not.toContain('    at ');
});

testOnce('wrong settings are all named, with exit code 2', async () => {
  const { code, stderr } = await run(['doctor'], { BROADSHEET_PORT: 'x', BROADSHEET_DEMO: 'x' });
  expect(code).toBe(2);
  expect(stderr).toMatch(/BROADSHEET_PORT[\s\S]*BROADSHEET_DEMO/);
});

test('papers come in from standard input, gzip and a pipe of both, and are reported', async () => {
  const settings = await instance();
  const first = await run(['import', 'jsonl', '-', '--json'], settings, LINE);
  expect(JSON.parse(first.stdout)).toMatchObject({ read: 1, new: 1, rejected: 0 });
  const file = path.join(temporaryFolder(), 'papers.jsonl.gz');
  fs.writeFileSync(file, gzipSync(`${LINE}{broken\n`));
  const second = await run(['import', 'jsonl', file], settings);
  expect(second.stdout).toMatch(
    /Read 2 papers: 0 new, 0 changed, 1 unchanged, 0 merged, 1 rejected\./,
  );
  const rejects = /is in (\S+), with the reasons/.exec(second.stdout)?.[1] as string;
  expect(JSON.parse(fs.readFileSync(rejects, 'utf8'))).toMatchObject({
    position: 2,
    text: '{broken',
  });
  const third = await run(['import', 'jsonl', '-'], settings, 'nothing but nonsense\n');
  expect(third.code).toBe(1);
});

testOnce(
  'xz comes as it is, from a file and from standard input, and is told when it is cut',
  async () => {
    const packed = Buffer.from(LINE_AS_XZ, 'base64');
    const file = path.join(temporaryFolder(), 'papers.jsonl.xz');
    fs.writeFileSync(file, packed);
    const settings = await instance();
    const first = await run(['import', 'jsonl', file, '--json'], settings);
    expect(JSON.parse(first.stdout)).toMatchObject({ read: 1, new: 1 });
    const second = await run(['import', 'jsonl', '-', '--json'], settings, packed);
    expect(JSON.parse(second.stdout)).toMatchObject({ read: 1, unchanged: 1 });
    fs.writeFileSync(file, packed.subarray(0, packed.length - 20));
    const third = await run(['import', 'jsonl', file], settings);
    expect([third.code, third.stderr]).toEqual([
      2,
      expect.stringMatching(/is damaged or cut short/),
    ]);
  },
);

test('a cut file brings what it holds and says that it is cut', async () => {
  const settings = await instance();
  const file = path.join(temporaryFolder(), 'cut.jsonl.gz');
  const whole = fs.readFileSync(path.join(DEMO, 'arxiv.jsonl.gz'));
  fs.writeFileSync(file, whole.subarray(0, whole.length - 1_000));
  const { code, stderr } = await run(['import', 'jsonl', file], settings);
  expect(code).toBe(2);
  expect(stderr).toMatch(/cut.jsonl.gz is damaged or cut short/);
});

test('a saved page becomes an edition, and a list when asked', async () => {
  const settings = await instance();
  const page = readDemo('daily-papers-page.txt.gz');
  const first = await run(
    ['import', 'page', '-', '--date', '2025-10-29', '--json'],
    settings,
    page,
  );
  expect(JSON.parse(first.stdout)).toMatchObject({
    read: 72,
    new: 72,
    entries: 0,
    edition: '2025-10-29-page',
  });
  const second = await run(
    ['import', 'page', '-', '--date', '2025-10-29', '--list', '--json'],
    settings,
    page,
  );
  expect(JSON.parse(second.stdout)).toMatchObject({ read: 72, unchanged: 72, entries: 72 });
});

test('one moves from engine to engine with export and restore', async () => {
  const settings = await instance();
  await run(['import', 'jsonl', '-'], settings, LINE);
  const folder = path.join(temporaryFolder(), 'export');
  const exported = await run(['export', folder, '--json'], settings);
  expect(JSON.parse(exported.stdout)).toMatchObject({
    format: 'broadsheet-export',
    rows: { papers: 1 },
  });
  const other = await instance();
  expect((await run(['restore', folder], other)).stdout).toContain('Restored');
  expect((await run(['restore', folder], other)).code).toBe(1);
  expect((await run(['restore', folder, '--force'], other)).code).toBe(0);
  expect((await run(['import', 'jsonl', '-', '--json'], other, LINE)).stdout).toContain(
    '"unchanged":1',
  );
});

test('a backup while the server serves, restored elsewhere', async () => {
  const settings = await instance();
  const { url } = await serve({ ...settings, BROADSHEET_DEMO: 'false' });
  await run(['import', 'jsonl', '-'], settings, LINE);
  const file = path.join(temporaryFolder(), 'backup');
  expect((await run(['backup', file], settings)).code).toBe(0);
  expect((await run(['backup', file], settings)).stderr).toContain('--force');
  expect((await fetch(`${url}/papers/2510.00001`)).status).toBe(200);
  const other = await instance();
  expect((await run(['restore', file], other)).code).toBe(0);
  expect((await run(['doctor'], other)).stdout).toContain('1 papers');
});

test('a server starts, says where it is, and stops at a signal', async () => {
  const { url, running } = await serve({ ...(await instance()), BROADSHEET_DEMO: 'false' });
  expect(url).toMatch(/^http:\/\/localhost:\d+$/);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  running.child.kill('SIGINT');
  const { code, stdout } = await running.finished;
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /is at http.*\nNo administrator yet: sign in at .*, then enter the code (?:[A-Z2-9]{4}-?){4} at .*\/setup\n$/,
  );
});

test('formulas of papers that come in while a server serves are rendered beside it', async () => {
  const settings = await instance();
  await serve({ ...settings, BROADSHEET_DEMO: 'false' });
  const tex = { id: '2510.00001', title: 'T', abstract: 'It is $\\sum_i x_i$.' };
  await run(['import', 'jsonl', '-'], settings, JSON.stringify(tex));
  const database = await openDatabase(settings.BROADSHEET_DATABASE_URL as string);
  onTestFinished(() => database.close());
  const rendered = async () => {
    const row = await database.read.selectFrom('paper_renderings').selectAll().executeTakeFirst();
    return row?.abstract_html;
  };
  await expect.poll(rendered, { timeout: 25_000, interval: 200 }).toContain('<math');
});

test('a taken port is one sentence', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => other.close(() => resolve())));
  const port = String((other.address() as { port: number }).port);
  const settings = { ...(await instance()), BROADSHEET_PORT: port, BROADSHEET_DEMO: 'false' };
  const { code, stderr } = await run(['serve'], settings);
  expect(code).toBe(1);
  expect(stderr.trim()).toBe(
    `Port ${port} is taken by another program: stop that, or choose another with BROADSHEET_PORT=${Number(port) + 1}.`,
  );
});

test('a newer database is one sentence', async () => {
  const settings = await instance();
  expect((await run(['migrate', '--json'], settings)).code).toBe(0);
  const database = await openDatabase(settings.BROADSHEET_DATABASE_URL as string);
  await database.transact((tx) =>
    sql`insert into migrations (name, applied_at) values ('9999-future', 'x')`.execute(tx),
  );
  await database.close();
  for (const args of [['serve'], ['migrate'], ['import', 'jsonl', '-']]) {
    const { code, stderr } = await run(args, settings);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^The database was written by a newer Broadsheet.*\n$/),
    ]);
  }
  expect((await run(['doctor'], settings)).code).toBe(1);
});

test.skipIf(ENGINE === 'postgres' || process.getuid?.() === 0)(
  'a read-only folder is one sentence',
  async () => {
    const folder = temporaryFolder();
    fs.chmodSync(folder, 0o500);
    const { code, stderr } = await run(['serve'], { BROADSHEET_DATA: folder });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/cannot be written to: make it writable/),
    ]);
  },
);

test('a demo edition whose loading was killed is completed at the next start', {
  timeout: 120_000,
}, async () => {
  const settings = await instance();
  const first = start(['serve'], { ...settings, BROADSHEET_PORT: '0' });
  const database = await openDatabase(settings.BROADSHEET_DATABASE_URL as string);
  onTestFinished(() => database.close());
  const countPapers = async () => {
    try {
      const rows = await database.read.selectFrom('papers').select('key').execute();
      return rows.length;
    } catch {
      return 0;
    }
  };
  while ((await countPapers()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  first.child.kill('SIGKILL');
  await first.finished;
  const { url } = await serve(settings);
  const answer = await fetch(`${url}/editions/2025-10-29-page`);
  expect(answer.status).toBe(200);
  expect(await countPapers()).toBeGreaterThan(3_500);
});
