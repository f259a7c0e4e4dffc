// A real, empty database for a test, on the engine that the test project is for.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Database, Engine } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';

export const ENGINE: Engine =
  process.env.BROADSHEET_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

const REMOVE_TRIES = 50;

/** A worker that outlives its server by a moment may still write there. */
async function removeFolder(folder: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === REMOVE_TRIES) throw error;
      await sleep(200);
    }
  }
}

/** The address of a fresh, empty database of `engine`; several processes may open it. */
export async function testDatabaseUrl(engine: Engine = ENGINE): Promise<string> {
  if (engine === 'sqlite') return `sqlite:${path.join(temporaryFolder(), 'test.db')}`;
  const server = process.env.TEST_DATABASE_URL as string;
  const schema = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create schema ${schema}`);
  onTestFinished(() => onServer(server, `drop schema ${schema} cascade`));
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

/** Open, with the newest schema; closed when the test ends. */
export async function openTestDatabase(engine: Engine = ENGINE): Promise<Database> {
  const database = await openDatabase(await testDatabaseUrl(engine));
  onTestFinished(() => database.close());
  await migrate(database);
  return database;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
