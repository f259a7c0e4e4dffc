import { expect, onTestFinished, test } from 'vitest';
import { comeTime, makeChannel, postsOf, settingsFor, targetAt } from '../../tests/channels.ts';
import { openChatServer } from '../../tests/chat-server.ts';
import { list, record } from '../../tests/fixtures.ts';
import { openTestServer } from '../../tests/test-server.ts';
import { CHANNEL_SCHEDULE } from '../channels/channel-jobs.ts';
import { enqueue } from '../queue/job.ts';
import { startWork } from './work.ts';

test('a work process plans and posts when the schedule says so', async () => {
  const chat = await openChatServer();
  const settings = { ...settingsFor(chat), BROADSHEET_OFFLINE: 'true' };
  const { app } = await openTestServer(settings, '2025-10-30');
  const { database } = app;
  await list(database, '2025-10-29', [{ record: record('2510.00001'), votes: 3 }]);
  const id = await makeChannel(app, targetAt(chat, 'webhook'));
  await comeTime(app);
  for (const { job } of CHANNEL_SCHEDULE) {
    await database.transact((tx) => enqueue(tx, database.engine, job));
  }
  const work = await startWork(app);
  onTestFinished(() => work.stop());
  await work.idle();
  expect(await postsOf(app, id)).toMatchObject([{ state: 'posted' }]);
  expect(chat.requests).toHaveLength(1);
});
