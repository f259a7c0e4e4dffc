import { expect, test } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { run } from './program.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

async function instance(): Promise<Record<string, string>> {
  return { BROADSHEET_DATABASE_URL: await testDatabaseUrl(), BROADSHEET_DATA: temporaryFolder() };
}

test('the command line makes people, gives them roles, shows them and deletes them', async () => {
  const settings = await instance();
  const user = (...args: string[]) => run(['user', ...args], settings);
  const made = await user('create', 'Ada@Example.org', '--name', 'Ada Lovelace', '--json');
  expect(JSON.parse(made.stdout)).toMatchObject({
    email: 'ada@example.org',
    role: 'member',
    name: 'Ada Lovelace',
    handle: expect.stringMatching(/^ada-lovelace-[0-9a-f]{6}$/),
  });
  const { handle } = JSON.parse(made.stdout) as { handle: string };
  const again = await user('create', 'ada@example.org');
  expect([again.code, again.stderr]).toEqual([
    1,
    expect.stringContaining('has an account already'),
  ]);

  const promoted = await user('promote', 'ADA@example.org', 'administrator');
  expect([promoted.code, promoted.stdout]).toEqual([0, `${handle} is administrator now.\n`]);
  const demoted = await user('promote', handle, 'member');
  expect([demoted.code, demoted.stderr]).toEqual([
    1,
    'The last administrator cannot go: make someone else administrator first.\n',
  ]);
  expect((await user('list', 'lovelace')).stdout).toContain('ada@example.org');
  expect((await user('list', '--role', 'reader')).stdout).toBe('Nobody was found.\n');
  expect((await user('show', `@${handle}`)).stdout).toContain('role: administrator');

  await user('create', 'grace@example.org', '--role', 'administrator');
  const kept = await user('delete', handle);
  expect([kept.code, kept.stderr]).toEqual([1, expect.stringContaining('give --force')]);
  const gone = await user('delete', handle, '--comments', 'anonymous', '--force', '--json');
  expect(JSON.parse(gone.stdout)).toEqual({ deleted: handle, comments: 'anonymous' });
  expect((await user('show', handle)).code).toBe(1);

  const database = await openDatabase(settings.BROADSHEET_DATABASE_URL as string);
  const log = await database.read.selectFrom('audit_log').select(['action', 'actor_id']).execute();
  await database.close();
  expect(log.map(({ action }) => action).sort()).toEqual([
    'account deleted',
    'joined',
    'joined',
    'role changed',
  ]);
  expect(log.every(({ actor_id }) => actor_id === null)).toBe(true);
});

test.each([
  [['promote', 'ada', 'emperor'], '"emperor" is no role'],
  [['create', 'nonsense'], '"nonsense" is no e-mail address'],
  [['create', 'ada@example.org', '--role', 'x'], '"x" is no role'],
  [['list', '--limit', '0'], '--limit is a number'],
  [['delete', 'ada', '--comments', 'x'], '--comments is tombstones or anonymous'],
  [['promote', 'ada'], "missing required argument 'role'"],
])('user %j is exit code 2 and a sentence', async (args, message) => {
  const { code, stderr } = await run(['user', ...args], await instance());
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('whoever is not there is exit code 1 and where to look', async () => {
  const settings = await instance();
  for (const args of [
    ['show', 'nobody'],
    ['promote', 'a@b.example', 'editor'],
    ['delete', 'x'],
  ]) {
    const { code, stderr } = await run(['user', ...args], settings);
    expect([code, stderr]).toEqual([1, expect.stringContaining('broadsheet user list')]);
  }
});
