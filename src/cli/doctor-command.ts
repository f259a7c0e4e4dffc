import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { sql } from 'kysely';
import { now } from '../base/calendar.ts';
import { messageOf } from '../base/errors.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { openEmbedder } from '../embeddings/open-embedder.ts';
import { countPapers } from '../papers/paper-store.ts';
import { countJobs } from '../queue/job-list.ts';
import { describeIndex } from '../search/index/describe-index.ts';
import { loadSettings } from '../settings/saved-settings.ts';
import { arxivToday } from '../sources/arxiv/announcement-days.ts';
import { type DayStatus, listAnnouncementDays } from '../sources/completeness.ts';
import { listSources } from '../sources/source-store.ts';
import { checkComments, checkVotes } from './check-counts.ts';
import { loadConfig, print, withExamples } from './command.ts';

const MIN_FREE_BYTES = 500 * 1024 * 1024;

type Finding = { check: string; isOk: boolean; detail: string };

export function addDoctorCommand(program: Command): void {
  withExamples(
    program
      .command('doctor')
      .description('look for what is wrong with this instance; exit code 1 when something is')
      .option('--json', 'print the findings as JSON')
      .action(async (options: { json?: boolean }) => {
        const findings = await examine(loadConfig());
        const lines = findings.map(
          ({ check, isOk, detail }) => `${isOk ? 'ok  ' : 'BAD '} ${check}: ${detail}`,
        );
        const isOk = findings.every((finding) => finding.isOk);
        print({ isOk, findings }, lines, options.json);
        if (!isOk) process.exitCode = 1;
      }),
    ['doctor', 'doctor --json'],
  );
}

async function examine(environment: Config): Promise<Finding[]> {
  let config = environment;
  const findings: Finding[] = [];
  const look = async (check: string, examineIt: () => Promise<string> | string) => {
    try {
      findings.push({ check, isOk: true, detail: await examineIt() });
    } catch (error) {
      findings.push({ check, isOk: false, detail: messageOf(error) });
    }
  };
  await look('settings', () => `read; pages are at ${config.url ?? 'a free port'}`);
  await look('data folder', () => checkFolder(config.dataDir));
  let database: Database | undefined;
  await look('database', async () => {
    database = await openDatabase(config.databaseUrl);
    return `${database.engine} at ${database.location}`;
  });
  if (!database) return findings;
  const open = database;
  await look('schema', async () => {
    const pending = await pendingMigrations(open);
    if (pending.length > 0)
      throw new Error(`${pending.join(', ')} has not run: run "broadsheet migrate"`);
    return 'current';
  });
  if (findings.at(-1)?.isOk) {
    await look('saved settings', async () => {
      config = await loadSettings(open.read, environment);
      return 'they go with the environment';
    });
    await look('integrity', () => checkIntegrity(open));
    await look(
      'papers',
      async () => `${(await countPapers(open.read)).toLocaleString('en')} papers`,
    );
    await look('votes', () => checkVotes(open));
    await look('comments', () => checkComments(open));
    await look('imports', () => checkImports(open));
    await look('queue', () => checkQueue(open));
    await look('search index', () => checkIndex(open, config));
    await look('embedder', () => checkEmbedder(config));
    await look('sources', () => checkSources(open, config));
    await look('announcements', () => checkAnnouncements(open, config));
  }
  await open.close();
  return findings;
}

function checkFolder(folder: string): string {
  if (!fs.existsSync(folder)) return `${folder} is not there yet; the first start makes it`;
  try {
    fs.accessSync(folder, fs.constants.W_OK);
  } catch {
    throw new Error(`${folder} cannot be written to: make it writable for this user`);
  }
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = bavail * bsize;
  const text = `${Math.round(free / 1024 ** 2).toLocaleString('en')} MiB free at ${path.resolve(folder)}`;
  if (free < MIN_FREE_BYTES) throw new Error(`only ${text}: make room`);
  return text;
}

async function checkIntegrity(database: Database): Promise<string> {
  if (database.engine === 'postgres') {
    const { rows } = await sql<{
      version: string;
    }>`select current_setting('server_version') as version`.execute(database.read);
    return `PostgreSQL ${rows[0]?.version}`;
  }
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(5)`.execute(database.read);
  const found = rows.map((row) => row.quick_check);
  if (found.length === 1 && found[0] === 'ok') return 'the file is sound';
  throw new Error(`${found.join('; ')}: restore a backup with "broadsheet restore FILE --force"`);
}

async function checkImports(database: Database): Promise<string> {
  const rows = await database.read.selectFrom('imports').select(['id', 'changed_at']).execute();
  if (rows.length === 0) return 'none is half done';
  return rows
    .map(
      ({ id, changed_at }) =>
        `"${id}" stopped at ${changed_at}; give the same command again and it goes on`,
    )
    .join('; ');
}

async function checkQueue(database: Database): Promise<string> {
  const { waiting, running, dead } = await countJobs(database.read);
  const text = `${waiting} waiting, ${running} running`;
  if (dead === 0) return text;
  throw new Error(
    `${text}, ${dead} given up: see "broadsheet work --list", and "broadsheet work --retry ID"`,
  );
}

/** More than this and nobody is following. */
const MAX_CHANGES_BEHIND = 50_000;

async function checkIndex(database: Database, config: Config): Promise<string> {
  const remedy = 'run "broadsheet serve", "broadsheet work" or "broadsheet index"';
  try {
    const index = await describeIndex(config.search.uri, database);
    if (!index) return `none yet; ${remedy} to make it`;
    const { papers, behind, embedder, withoutMeaning } = index;
    const text = `${papers.toLocaleString('en')} papers at ${config.search.uri}, embedder ${embedder}, ${behind} changes behind, ${withoutMeaning} papers without their meaning`;
    if (behind > MAX_CHANGES_BEHIND) throw new Error(text);
    return text;
  } catch (error) {
    throw new Error(`${messageOf(error)}: ${remedy}`);
  }
}

async function checkEmbedder(config: Config): Promise<string> {
  const embedder = await openEmbedder(config);
  try {
    await embedder.embed(['layer normalization'], 'query');
    return `${embedder.fingerprint} answers, with ${embedder.dimensions} dimensions`;
  } finally {
    await embedder.close();
  }
}

const STALE_AFTER_MS = 4 * 86_400_000;

async function checkSources(database: Database, config: Config): Promise<string> {
  const sources = await listSources(database.read);
  if (config.isOffline) return 'none is asked: BROADSHEET_OFFLINE is set';
  if (sources.length === 0) return 'none has been read yet; "broadsheet serve" begins with it';
  const told = sources.map(({ name, lastSuccessAt, problem }) => {
    const isStale = Date.now() - Date.parse(lastSuccessAt ?? '1970-01-01') > STALE_AFTER_MS;
    const why = problem ? ` (${problem.text})` : '';
    return { isStale, text: `${name} last read ${lastSuccessAt ?? 'never'}${why}` };
  });
  const text = told.map((source) => source.text).join('; ');
  if (told.some((source) => source.isStale)) {
    throw new Error(`${text}: is "broadsheet serve" or "broadsheet work" running, with a network?`);
  }
  return text;
}

const ANNOUNCEMENT_DAYS = 14;
const MAX_NAMED = 10;

async function checkAnnouncements(database: Database, config: Config): Promise<string> {
  const days = await listAnnouncementDays(database.read, {
    until: arxivToday(now()),
    days: ANNOUNCEMENT_DAYS,
    categories: config.categories,
    holidays: config.arxiv.holidays,
  });
  if (days.length === 0) return 'no announcement has been read yet';
  const count = (status: DayStatus) => days.filter((day) => day.status === status).length;
  const text = `of the last ${days.length} announcement days ${count('complete')} are complete, ${count('pending')} not yet confirmed, ${count('unknown')} unknown because their feed was never read`;
  const missing = days.flatMap((day) => day.missing);
  const missingCount = days.reduce((sum, day) => sum + day.missingCount, 0);
  if (missingCount === 0) return text;
  const more = missingCount > MAX_NAMED ? ' …' : '';
  throw new Error(
    `${missingCount} announced papers are not here (${missing.slice(0, MAX_NAMED).join(', ')}${more}); they are tried again every hour; ${text}`,
  );
}
