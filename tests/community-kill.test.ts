// Nothing that people were told was taken is lost when the server is killed while they vote and write.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { checkComments, checkVotes } from '../src/cli/check-counts.ts';
import type { Database } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { record, save } from './fixtures.ts';
import { createPerson, signIn } from './people.ts';
import { run, serve } from './program.ts';
import { ENGINE, temporaryFolder, testDatabaseUrl } from './test-database.ts';

const KILLS = 25;
const PEOPLE = 40;
const PAPERS = ['2510.00001', '2510.00002', '2510.00003', '2510.00004', '2510.00005'];
/** As many are answered before the server is killed, somewhere in the middle of the next ones. */
const ANSWERS_BEFORE = 60;
const SECRET = 'a-secret-of-the-tests-that-is-long-enough';

type Writer = {
  id: string;
  cookie: string;
  address: string;
  /** By paper what the server said last; absent while it owes an answer. */
  said: Map<string, boolean>;
  /** Ids of the comments that it took. */
  comments: string[];
};

/** Sends until the server is gone; every answer that comes is written down. */
async function write(url: string, writer: Writer, onAnswer: () => void): Promise<void> {
  const headers = {
    cookie: writer.cookie,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    'x-forwarded-for': writer.address,
  };
  const send = async (method: string, path: string, body?: object) => {
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const answer = await fetch(url + path, init);
    const json = (await answer.json()) as Record<string, unknown>;
    onAnswer();
    return { status: answer.status, json };
  };
  try {
    for (let turn = 0; ; turn++) {
      if (turn % 20 === 0) {
        const comment = `Words of ${writer.id} on ${new Date().toISOString()}.`;
        const path = `/api/papers/${PAPERS[0]}/comment`;
        const { status, json } = await send('POST', path, { comment });
        if (status === 201) writer.comments.push((json.newMessage as { id: string }).id);
      }
      const paper = PAPERS[Math.floor(Math.random() * PAPERS.length)] as string;
      const isOn = Math.random() < 0.6;
      const before = writer.said.get(paper);
      writer.said.delete(paper);
      const { status } = await send(isOn ? 'PUT' : 'DELETE', `/api/papers/${paper}/vote`);
      if (status === 200) writer.said.set(paper, isOn);
      // Refused for being too often: as it was.
      else if (status === 429 && before !== undefined) writer.said.set(paper, before);
      else expect(status).toBe(429);
    }
  } catch (error) {
    // The server was killed before it answered: it may have taken the last request or not.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** What the database lacks, or has too much, of what the server said. */
async function findLost(database: Database, writers: Writer[]): Promise<string[]> {
  const votes = await database.read
    .selectFrom('votes')
    .innerJoin('papers', 'papers.key', 'votes.paper_key')
    .select(['votes.person_id', 'papers.id'])
    .execute();
  const cast = new Set(votes.map((row) => `${row.person_id} ${row.id}`));
  const comments = await database.read.selectFrom('comments').select('id').execute();
  const written = new Set(comments.map((row) => row.id));
  return writers.flatMap((writer) => [
    ...[...writer.said]
      .filter(([paper, isOn]) => cast.has(`${writer.id} ${paper}`) !== isOn)
      .map(([paper, isOn]) => `${isOn ? 'a vote' : 'a vote taken back'} for ${paper}`),
    ...writer.comments.filter((id) => !written.has(id)).map((id) => `the comment ${id}`),
  ]);
}

test(`a server that is killed ${KILLS} times loses no vote and no comment that it took`, {
  timeout: 600_000,
}, async () => {
  const location = await testDatabaseUrl();
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  await migrate(database);
  await save(database, ...PAPERS.map((id) => record(id, { title: `The paper ${id}` })));
  const settings = {
    BROADSHEET_DATABASE_URL: location,
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_SECRET: SECRET,
    BROADSHEET_DEMO: 'false',
    BROADSHEET_TRUSTED_PROXIES: '127.0.0.1,::1',
  };
  const writers: Writer[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const person = await createPerson(database);
    const cookie = await signIn({ database, secret: () => SECRET }, person, 'http://localhost');
    const address = `10.0.0.${n + 1}`;
    writers.push({ id: person.id, cookie, address, said: new Map(), comments: [] });
  }
  let answers = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const { url, running } = await serve(settings);
    const enough = answers + ANSWERS_BEFORE;
    let isEnough: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      isEnough = resolve;
    });
    const writing = writers.map((writer) =>
      write(url, writer, () => {
        answers++;
        if (answers >= enough) isEnough();
      }),
    );
    await Promise.race([reached, Promise.all(writing)]);
    await sleep(Math.random() * 300);
    running.child.kill('SIGKILL');
    await running.finished;
    await Promise.all(writing);
    // A server process may still be finishing the last statement of a dead client.
    if (ENGINE === 'postgres') await sleep(200);
    expect([kill, await findLost(database, writers)]).toEqual([kill, []]);
    await checkVotes(database);
    await checkComments(database);
  }
  expect(answers).toBeGreaterThan(KILLS * ANSWERS_BEFORE);
  expect(writers.flatMap((writer) => writer.comments).length).toBeGreaterThan(KILLS);
  const doctor = await run(['doctor'], settings);
  expect(doctor.stdout).toMatch(/ok {3}votes: .*\nok {3}comments: /);
  expect([doctor.code, doctor.stdout]).toEqual([0, doctor.stdout]);
});
