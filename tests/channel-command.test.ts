import { expect, test } from 'vitest';
import { createChannel } from '../src/channels/channel-store.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { settingsFor, targetAt } from './channels.ts';
import { openChatServer } from './chat-server.ts';
import { list, record } from './fixtures.ts';
import { run } from './program.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

test('the command line lists channels, tries them and posts a day once', async () => {
  const chat = await openChatServer();
  const url = await testDatabaseUrl();
  const database = await openDatabase(url);
  await migrate(database);
  await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 3 }]);
  const id = await database.transact((tx) =>
    createChannel(
      tx,
      undefined,
      {
        name: 'For all',
        target: targetAt(chat, 'discord', '/SECRET-wxyz'),
        trigger: 'day',
        papers: 5,
        votes: 50,
        hour: 8,
        timeZone: 'UTC',
        topics: [],
      },
      { by: undefined },
    ),
  );
  await database.close();
  const settings = {
    BROADSHEET_DATABASE_URL: url,
    BROADSHEET_DATA: temporaryFolder(),
    ...settingsFor(chat),
  };
  const channel = (...args: string[]) => run(['channel', ...args], settings);

  const listed = await channel('list', '--json');
  expect(listed.stdout).not.toContain('SECRET');
  expect(JSON.parse(listed.stdout)).toMatchObject({
    channels: [{ id, name: 'For all', owner: 'the instance', kind: 'discord', state: 'active' }],
  });
  const posted = await channel('post', '--day', '2025-10-29', id, '--json');
  expect(JSON.parse(posted.stdout)).toMatchObject({ state: 'posted', status: 200 });
  expect(chat.requests[0]?.json).toMatchObject({ embeds: [{ title: 'The title of 2510.00001' }] });
  const again = await channel('post', '--day', '2025-10-29', id);
  expect([again.code, again.stderr]).toEqual([
    1,
    '2025-10-29 has no paper that the channel has not had.\n',
  ]);
  chat.answers.push({ status: 404, body: '{"message":"Unknown Webhook"}' });
  const gone = await channel('test', id);
  expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('The webhook is gone')]);
  expect(chat.requests).toHaveLength(2);
});
