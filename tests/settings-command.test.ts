import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { run, serve } from './program.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

/** Each test starts several processes. */
const PATIENT = { timeout: 120_000 };

async function instance(): Promise<Record<string, string>> {
  return {
    BROADSHEET_DATABASE_URL: await testDatabaseUrl(),
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_DEMO: '0',
  };
}

test('settings are shown, changed and forgotten at the command line', PATIENT, async () => {
  const env = await instance();
  const changed = await run(['settings', 'broadsheet_name', 'The Morning Paper'], env);
  expect([changed.code, changed.stdout]).toEqual([
    0,
    'BROADSHEET_NAME  The Morning Paper  (saved)\n',
  ]);
  await run(['settings', 'BROADSHEET_SMTP_URL', 'smtp://me:hush@mail.example.org'], env);
  const all = await run(['settings', '--json'], { ...env, BROADSHEET_COMMUNITY: 'quantum' });
  const { settings } = JSON.parse(all.stdout);
  expect(settings).toContainEqual({
    name: 'BROADSHEET_NAME',
    value: 'The Morning Paper',
    source: 'saved',
  });
  expect(settings).toContainEqual({
    name: 'BROADSHEET_COMMUNITY',
    value: 'quantum',
    source: 'environment',
  });
  expect(all.stdout).not.toContain('hush');
  const forgotten = await run(['settings', 'BROADSHEET_NAME', '--unset'], env);
  expect(forgotten.stdout).toBe('BROADSHEET_NAME  Broadsheet  (default)\n');
});

test('what cannot be is refused with the reason', PATIENT, async () => {
  const env = await instance();
  const refused = async (args: string[], more: Record<string, string> = {}) => {
    const { code, stderr } = await run(['settings', ...args], { ...env, ...more });
    return [code, stderr];
  };
  expect(await refused(['BROADSHEET_TIME_ZONE', 'Mars/Olympus'])).toEqual([
    2,
    expect.stringContaining('BROADSHEET_TIME_ZONE is "Mars/Olympus", but must be a time zone'),
  ]);
  expect(await refused(['BROADSHEET_JOINING', 'domain'])).toEqual([
    2,
    expect.stringContaining('BROADSHEET_JOINING_DOMAINS is missing'),
  ]);
  expect(await refused(['BROADSHEET_PORT', '80'])).toEqual([
    2,
    expect.stringContaining('in the environment or in .env only'),
  ]);
  expect(await refused(['BROADSHEET_NAME', 'x'], { BROADSHEET_NAME: 'y' })).toEqual([
    1,
    expect.stringContaining('which wins: change it there'),
  ]);
});

test('a running server takes it on, and answers all the while', PATIENT, async () => {
  const env = await instance();
  const { url, running } = await serve(env);
  let isOver = false;
  const failures: unknown[] = [];
  const asking = (async () => {
    while (!isOver) {
      const answer = await fetch(`${url}/about`).catch((error) => error);
      if (answer.status !== 200) failures.push(answer.status ?? answer);
      else await answer.text();
      await sleep(20);
    }
  })();
  await run(['settings', 'BROADSHEET_NAME', 'The Morning Paper'], env);
  for (let look = 0; look < 200; look++) {
    if ((await (await fetch(`${url}/about`)).text()).includes('The Morning Paper')) break;
    await sleep(100);
  }
  isOver = true;
  await asking;
  expect(await (await fetch(`${url}/about`)).text()).toContain('<h1>About The Morning Paper</h1>');
  expect(failures).toEqual([]);
  running.child.kill('SIGTERM');
  expect((await running.finished).code).toBe(0);
});
