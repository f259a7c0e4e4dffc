// Measures how soon pages can be read on a slow phone and a slow line, in Chromium over loopback:
// npm run bench:pages [-- --runs 5] [--only paper] [--write]
// --write puts the table into docs/benchmarks.md.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { visit } from './bench-pages/slow-visit.js';
import { missedGoals, putIn, renderTable } from './bench-pages/table.js';
import { startWorseCopy } from './bench-pages/worse-copy.js';
import { build } from './build.js';
import { main, ROOT, Stop } from './command.js';
import { ensure } from './ensure.js';
import { findChromium } from './find-chromium.js';
import { importFile, PROGRAM, readDemo } from './measure.js';

const DOCUMENT = path.join(ROOT, 'docs', 'benchmarks.md');
/** Of the demo edition; its list of 50 papers is made out of the others. */
const DAY = '/papers/date/2025-10-29';
const FULL_DAY = '2025-11-03';
const FULL_DAY_PAPERS = 50;
const PAPER = '/papers/2510.24668';
const SECRET = 'a-secret-of-the-benchmark-long-enough-for-it';

const PAGES = {
  day: DAY,
  'day of 50 papers': `/papers/date/${FULL_DAY}`,
  'all new of a day': `${DAY}/new`,
  week: '/papers/week/2025-W44',
  month: '/papers/month/2025-10',
  trending: '/papers/trending',
  paper: PAPER,
  citations: `${PAPER}/cite`,
  'search results': '/papers?q=diffusion',
  category: '/categories/cs.LG',
  author: '/authors/yang-liu',
  about: '/about',
  sources: '/about/sources',
  feeds: '/feeds',
  'sign in': '/sign-in',
  subscribe: '/subscribe',
};
/** Signed in. */
const OWN_PAGES = {
  'own day': `${DAY}?mine`,
  'own paper, comments': `${PAPER}?mine`,
  'submit a paper': '/papers/submit',
  settings: '/settings',
  profile: '/settings/profile',
  'a new digest': '/settings/digests/new',
  'a new alert': '/settings/alerts/new',
};
const WORSE = {
  'styles in a file of their own': { isLinked: true },
  'nothing packed': { isUnpacked: true },
};

await main(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      write: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Stop('Give a number of runs.');
  const executablePath = findChromium();
  if (!executablePath) throw new Stop('Install chromium, or set CHROMIUM_PATH.');
  await ensure();
  await build();
  const { chromium } = await import('playwright-core');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-pages-'));
  const settings = settingsFor(folder);
  await prepare(settings);
  const server = await startServer(settings);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const cookies = await signIn(server.url, settings);
    const rows = await measure(browser, { base: server.url, cookies, runs, only: values.only });
    report(rows, { runs, version: browser.version(), isWritten: values.write });
  } finally {
    await browser.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
  }
});

function settingsFor(folder) {
  return {
    PATH: process.env.PATH,
    BROADSHEET_DATA: folder,
    BROADSHEET_PORT: '0',
    BROADSHEET_LOG_LEVEL: 'error',
    BROADSHEET_OFFLINE: 'true',
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_SUBMIT_WEEKENDS: 'true',
  };
}

/** The demo edition with its search index, a day of 50 papers, and the comments and votes of a community. */
async function prepare(settings) {
  await runToEnd(['seed', '--living'], settings);
  const items = readDemo('daily-papers.jsonl.gz').flatMap((line) => JSON.parse(line).response);
  const list = { date: FULL_DAY, response: items.slice(0, FULL_DAY_PAPERS) };
  const file = path.join(settings.BROADSHEET_DATA, 'list.jsonl');
  fs.writeFileSync(file, `${JSON.stringify(list)}\n`);
  await importFile(['daily-papers', file], settings);
  await runToEnd(['work', '--until-idle'], settings);
}

async function runToEnd(args, settings) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: settings,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Stop(`broadsheet ${args.join(' ')} ended with ${code}.`);
}

async function startServer(settings) {
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: settings,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    output += text;
    const [, url] = /is at (http:\S+)/.exec(output) ?? [];
    if (!url) continue;
    child.stdout.resume();
    return {
      url,
      async stop() {
        child.kill('SIGTERM');
        await closed;
      },
    };
  }
  throw new Stop(`The server did not start: ${output}`);
}

/** A session of somebody of the living community; resolves to the cookies of their browser. */
async function signIn(url, settings) {
  const { serializeSigned } = await import('hono/utils/cookie');
  const { openDatabase } = await import('../dist/database/open-database.js');
  const { parseConfig } = await import('../dist/config.js');
  const { HINT_COOKIE, sessionCookieOf, sessionSecret } = await import(
    '../dist/people/sessions.js'
  );
  const token = randomBytes(24).toString('hex');
  const at = new Date().toISOString();
  const database = await openDatabase(parseConfig(settings).databaseUrl);
  await database.transact(async (tx) => {
    const member = tx.selectFrom('people').select('id').where('role', '=', 'member').limit(1);
    const { id } = await member.executeTakeFirstOrThrow();
    const session = {
      id: token.slice(0, 24),
      token,
      person_id: id,
      created_at: at,
      updated_at: at,
    };
    const rest = { expires_at: '2999-01-01T00:00:00.000Z', ip_address: null, user_agent: null };
    await tx
      .insertInto('sessions')
      .values({ ...session, ...rest })
      .execute();
  });
  await database.close();
  const signed = await serializeSigned('session', token, sessionSecret(SECRET));
  const value = signed.split(';')[0].slice('session='.length);
  return [
    { name: sessionCookieOf(url), value, url, httpOnly: true, sameSite: 'Lax' },
    { name: HINT_COOKIE, value: '1', url, sameSite: 'Lax' },
  ];
}

async function measure(browser, { base, cookies, runs, only }) {
  const plans = [...plansOf(PAGES, base, []), ...plansOf(OWN_PAGES, base, cookies)];
  const copies = [];
  for (const [how, options] of Object.entries(WORSE)) {
    const copy = await startWorseCopy(base, options);
    copies.push(copy);
    const pages = { day: DAY, paper: PAPER };
    plans.push(
      ...plansOf(pages, copy.url, []).map((plan) => ({ ...plan, name: `${plan.name}, ${how}` })),
    );
  }
  const chosen = plans.filter(({ name }) => name.includes(only));
  const rows = chosen.map((plan) => ({ ...plan, visits: [] }));
  // The first visit of each warms the server up; in turn, so that a busy moment meets all of them.
  for (let run = -1; run < runs; run++) {
    for (const row of rows) {
      const figures = await visit(browser, row);
      if (run >= 0) row.visits.push(figures);
    }
  }
  for (const copy of copies) await copy.stop();
  return rows;
}

function plansOf(pages, base, cookies) {
  return Object.entries(pages).map(([name, address]) => ({ name, url: base + address, cookies }));
}

function report(rows, { runs, version, isWritten }) {
  const lines = [
    `${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.versions.node}, Chromium ${version}, ${runs} visits a page; ms are median / 95th of a hundred, bytes kB.`,
    '',
    ...renderTable(rows),
  ];
  console.log(lines.join('\n'));
  // What is made worse on purpose has no goal.
  const own = rows.filter(({ name }) => !Object.keys(WORSE).some((how) => name.endsWith(how)));
  const missed = missedGoals(own);
  console.log(missed.length === 0 ? '\nAll goals are met.' : `\nMissed:\n${missed.join('\n')}`);
  if (!isWritten) return;
  fs.writeFileSync(DOCUMENT, putIn(fs.readFileSync(DOCUMENT, 'utf8'), lines));
}
