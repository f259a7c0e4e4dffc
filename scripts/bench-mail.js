// Measures composing and handing over a digest to many subscribers, with one and with two processes, beside a
// plain nodemailer loop that sends the bytes of one of these mails to the same server:
// npm run bench:mail -- [--subscribers 10000] [--database postgres://…]
// The database must be empty. The papers are those of the demo edition.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { main, ROOT, Stop } from './command.js';
import { ensure } from './ensure.js';
import { PROGRAM, statusOf } from './measure.js';

const CONNECTIONS = 2;
const DAY = '2025-10-29';
/** What readers want: few ask for the same as nobody else. */
const TOPICS = [
  ['list'],
  ['trending'],
  ['list', 'trending'],
  ['category:cs.LG'],
  ['category:cs.CL'],
  ['list', 'category:cs.CV'],
  ['category:cs.AI', 'category:cs.RO'],
  ['trending', 'search:words:diffusion'],
];

/** Asked again and again while the digest is sent. */
let reader;
/** Those that still run are ended when something fails. */
const children = new Set();

await main(async () => {
  const { values } = parseArgs({
    options: { subscribers: { type: 'string', default: '10000' }, database: { type: 'string' } },
  });
  const count = Number(values.subscribers);
  if (!Number.isInteger(count) || count < 100) throw new Stop('Give a number of subscribers.');
  await ensure();
  await build();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-mail-'));
  const sink = await startSink();
  try {
    const settings = {
      PATH: process.env.PATH,
      BROADSHEET_DATA: folder,
      BROADSHEET_OFFLINE: '1',
      BROADSHEET_URL: 'https://papers.example.org',
      BROADSHEET_SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      BROADSHEET_MAIL_CONNECTIONS: String(CONNECTIONS),
      BROADSHEET_MAIL_PER_DOMAIN: '0',
      BROADSHEET_LOG_LEVEL: 'warn',
      ...(values.database ? { BROADSHEET_DATABASE_URL: values.database } : {}),
    };
    const rows = await measure({ count, settings, sink, folder });
    print(rows, { count, engine: values.database ? 'PostgreSQL' : 'SQLite' });
  } finally {
    sink.stop();
    for (const child of children) child.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

async function measure({ count, settings, sink, folder }) {
  await fill(settings, count);
  // Formulas and the search index are made before anything is measured.
  await ended(startProgram(['work', '--until-idle'], settings));
  const file = path.join(folder, 'sample.eml');
  const rows = [await runDigest({ workers: 1, count, settings, sink })];
  fs.writeFileSync(file, await sink.sample());
  rows.push(await runPlain({ count, sink, file }));
  await forgetIssue(settings);
  rows.push(await runDigest({ workers: 2, count, settings, sink }));
  rows.push(await runPlain({ count, sink, file }));
  return rows;
}

async function runDigest({ workers, count, settings, sink }) {
  const madeMs = await timed(() =>
    ended(startProgram(['digest', 'send', '--day', DAY, '--json'], settings)),
  );
  const processes = Array.from({ length: workers }, () => startProgram(['work'], settings));
  const memory = watchMemory(processes);
  const taken = await sink.take(() => isOver(settings));
  const { peak, course } = memory.stop();
  for (const child of processes) child.kill('SIGTERM');
  await Promise.all(processes.map(ended));
  return {
    name: `${workers} process${workers > 1 ? 'es' : ''}`,
    ...taken,
    made: Math.round(count / (madeMs / 1_000)),
    peak,
    course,
  };
}

async function runPlain({ count, sink, file }) {
  const args = [sink.port, count, CONNECTIONS, file].map(String);
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/bench-mail/plain.js'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const memory = watchMemory([child]);
  const end = ended(child);
  let isDone = false;
  end.then(() => {
    isDone = true;
  });
  const taken = await sink.take(async () => isDone);
  await end;
  const { peak, course } = memory.stop();
  return { name: 'plain nodemailer loop', ...taken, made: undefined, peak, course };
}

/** Resident megabytes, all processes together: the most, and at the end of each quarter of the time. */
function watchMemory(children) {
  const samples = [];
  const timer = setInterval(() => {
    const all = children.map(({ pid }) => statusOf(pid, 'VmRSS') || 0);
    samples.push(all.reduce((sum, one) => sum + one, 0));
  }, 200);
  return {
    stop() {
      clearInterval(timer);
      const at = (share) => samples[Math.max(0, Math.ceil(samples.length * share) - 1)] ?? 0;
      return { peak: Math.max(0, ...samples), course: [0.25, 0.5, 0.75, 1].map(at) };
    },
  };
}

async function startSink() {
  const child = fork(path.join(ROOT, 'scripts/bench-mail/sink.js'), { stdio: 'inherit' });
  const listeners = new Set();
  child.on('message', (message) => {
    for (const listener of listeners) listener(message);
  });
  const next = (name) =>
    new Promise((resolve) => {
      const listener = (message) => {
        if (message[name] === undefined) return;
        listeners.delete(listener);
        resolve(message);
      };
      listeners.add(listener);
    });
  const { port } = await next('port');
  return {
    port,
    stop: () => child.kill(),
    async sample() {
      child.send('sample');
      return Buffer.from((await next('sample')).sample, 'base64');
    },
    /** Counts until it is over; the time is from the first message to the last. */
    async take(isOver) {
      const before = await next('count');
      let first;
      let last = before;
      while (!(await isOver())) {
        const now = await next('count');
        if (now.count === last.count) continue;
        first ??= last;
        last = now;
      }
      const final = await next('count');
      if (final.count > last.count) last = final;
      const seconds = (last.at - (first ?? before).at) / 1_000;
      const messages = last.count - before.count;
      return {
        messages,
        rate: Math.round(messages / seconds),
        kilobytes: Math.round((last.bytes - before.bytes) / messages / 1_000),
      };
    },
  };
}

function startProgram(args, settings) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: settings.BROADSHEET_DATA,
    env: settings,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.exitCode) throw new Stop(`A process ended with ${child.exitCode}.`);
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function withDatabase(settings, work) {
  const { openApp } = await import('../dist/app.js');
  const { parseConfig } = await import('../dist/config.js');
  const app = await openApp(parseConfig(settings));
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The demo edition, and subscribers who want the weekdays' issue far in the future. */
async function fill(settings, count) {
  const { loadDemoIfEmpty } = await import('../dist/cli/demo.js');
  const { chunkedForInsert } = await import('../dist/database/insert-rows.js');
  await withDatabase(settings, async (app) => {
    await loadDemoIfEmpty(app);
    const rows = Array.from({ length: count }, (_, n) => subscriber(n));
    for (let start = 0; start < rows.length; start += 5_000) {
      await app.database.transact(async (tx) => {
        for (const some of chunkedForInsert(rows.slice(start, start + 5_000))) {
          await tx.insertInto('subscriptions').values(some).execute();
        }
      });
    }
  });
}

function subscriber(n) {
  const at = '2025-10-01T00:00:00.000Z';
  const topics = TOPICS[n % TOPICS.length].map((topic) => ({ topic, isPaused: false }));
  return {
    id: `s${String(n).padStart(9, '0')}`,
    person_id: null,
    email: `p${n}@d${n % 100}.example.org`,
    name: null,
    cadence: 'weekdays',
    topics: JSON.stringify(topics),
    max_papers: 10,
    hour: 7,
    time_zone: 'UTC',
    language: 'en',
    state: 'active',
    ended_by: null,
    created_at: at,
    confirmed_at: at,
    changed_at: at,
    next_at: '9999-01-01T00:00:00.000Z',
    covered_until: null,
  };
}

async function isOver(settings) {
  await sleep(200);
  const { openDatabase } = await import('../dist/database/open-database.js');
  const { parseConfig } = await import('../dist/config.js');
  reader ??= await openDatabase(parseConfig(settings).databaseUrl);
  const left = await reader.read
    .selectFrom('deliveries')
    .select('id')
    .where('state', 'in', ['waiting', 'sending'])
    .limit(1)
    .executeTakeFirst();
  if (!left) {
    await reader.close();
    reader = undefined;
  }
  return !left;
}

async function forgetIssue(settings) {
  await withDatabase(settings, ({ database }) =>
    database.transact(async (tx) => {
      await tx.deleteFrom('deliveries').execute();
      await tx.updateTable('subscriptions').set({ covered_until: null }).execute();
    }),
  );
}

function print(rows, { count, engine }) {
  const [cpu] = os.cpus();
  console.log(
    `\n${count.toLocaleString('en')} subscribers, ${engine}, ${CONNECTIONS} connections a process; ${os.cpus().length} × ${cpu?.model}, Node ${process.versions.node}\n`,
  );
  console.log(
    '| what | mails | KB each | a second | deliveries written a second | peak MB, all | MB at ¼, ½, ¾, end |',
  );
  console.log('| --- | --: | --: | --: | --: | --: | --- |');
  for (const { name, messages, kilobytes, rate, made, peak, course } of rows) {
    const cells = [messages, kilobytes, rate, made, peak].map((n) => n?.toLocaleString('en') ?? '');
    console.log(`| ${name} | ${cells.join(' | ')} | ${course.join(', ')} |`);
  }
}
