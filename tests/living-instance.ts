// A served instance in which all there can be is there at least once, for walks over every page. It stands for
// a whole file of tests: the demo edition, the living community, and what that leaves out.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { inject } from 'vitest';
import { now, today } from '../src/base/calendar.ts';
import { livingPeople } from '../src/cli/living/people.ts';
import { seedLiving } from '../src/cli/living/seed-living.ts';
import type { Database } from '../src/database/database.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { findPerson, type Person } from '../src/people/person.ts';
import { HINT_COOKIE } from '../src/people/sessions.ts';
import { type Corners, fillCorners } from './corners.ts';
import { copyDemo } from './demo-folder.ts';
import { signIn } from './people.ts';
import { startIn } from './program.ts';

const SECRET = 'a-secret-of-the-tests-long-enough-for-it';

/** Who looks at a page; nobody is a visitor. */
export type Role = 'member' | 'moderator' | 'administrator';

export type LivingInstance = {
  url: string;
  /** Where mails lie that were sent. */
  outbox: string;
  database: Database;
  corners: Corners;
  /** Makes a browser that of one of the people. */
  enter(context: BrowserContext, role: Role): Promise<void>;
  close(): Promise<void>;
};

export async function openLivingInstance(): Promise<LivingInstance> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-test-living-'));
  copyDemo(inject('demoFolder'), folder, undefined);
  const database = await openDatabase(`sqlite:${path.join(folder, 'broadsheet.db')}`);
  await seedLiving(database, { today: today(), nowMs: Date.now(), isForced: false });
  const people = await findPeople(database);
  const corners = await fillCorners(database, people, SECRET);
  const server = startIn(folder, ['serve'], {
    BROADSHEET_DATA: folder,
    BROADSHEET_PORT: '0',
    BROADSHEET_LOG_LEVEL: 'error',
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_SUBMIT_WEEKENDS: 'true',
  });
  const [, url = ''] = await server.shows(/is at (http:\S+)/);
  return {
    url,
    outbox: path.join(folder, 'outbox'),
    database,
    corners,
    async enter(context, role) {
      const cookie = await signIn({ database, secret: () => SECRET }, people[role], url);
      const [name = '', ...value] = cookie.split('=');
      await context.addCookies([
        { name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' },
        { name: HINT_COOKIE, value: '1', url, sameSite: 'Lax' },
      ]);
    },
    async close() {
      server.child.kill('SIGTERM');
      await server.finished;
      await database.close();
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
    },
  };
}

async function findPeople(database: Database): Promise<Record<Role, Person>> {
  const people = livingPeople(Date.now());
  const find = async (role: Role) => {
    const { id } = people.find((one) => one.role === role) as { id: string };
    return (await findPerson(database.read, id, now())) as Person;
  };
  return {
    member: await find('member'),
    moderator: await find('moderator'),
    administrator: await find('administrator'),
  };
}
