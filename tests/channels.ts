// Channels for tests, which post to a local server.
import type { App } from '../src/app.ts';
import type { Channel, ChannelDraft, Owner, Target } from '../src/channels/channel.ts';
import { createChannel, findChannel } from '../src/channels/channel-store.ts';
import { listPosts, type Post } from '../src/channels/post-log.ts';
import type { ChatServer } from './chat-server.ts';

export const TEST_SECRET = 'bsk_of-the-tests';

/** Where the local server plays each service. */
export function targetAt(chat: ChatServer, kind: Target['kind'], path = ''): Target {
  switch (kind) {
    case 'telegram':
      return { kind, token: `123456789:${'A'.repeat(35)}${path}`, chatId: '-1001234' };
    case 'webhook':
      return { kind, url: `${chat.url}/hook${path}`, secret: TEST_SECRET };
    default:
      return { kind, url: `${chat.url}/${kind}${path}` };
  }
}

/** Settings under which the program may reach the local server. */
export function settingsFor(chat: ChatServer): Record<string, string> {
  return { BROADSHEET_PRIVATE_HOSTS: chat.host, BROADSHEET_TELEGRAM_URL: chat.url };
}

export async function makeChannel(
  { database }: App,
  target: Target,
  changes: Partial<ChannelDraft> & { owner?: Owner } = {},
): Promise<string> {
  const { owner, ...draft } = changes;
  const whole: ChannelDraft = {
    name: `The ${target.kind} of the tests`,
    target,
    trigger: 'day',
    papers: 3,
    votes: 10,
    hour: 8,
    timeZone: 'UTC',
    topics: [],
    ...draft,
  };
  return database.transact((tx) => createChannel(tx, owner, whole, { by: undefined }));
}

/** The hours of all channels have come, and whatever was put off is due. */
export async function comeTime({ database }: App): Promise<void> {
  const past = '2000-01-01T00:00:00.000Z';
  await database.transact(async (tx) => {
    await tx.updateTable('channels').set({ next_at: past }).where('trigger', '=', 'day').execute();
    await tx.updateTable('channels').set({ busy_until: null }).execute();
    await tx
      .updateTable('channel_posts')
      .set({ run_at: past, lease_until: null })
      .where('state', '=', 'waiting')
      .execute();
  });
}

/** The oldest first. */
export async function postsOf({ database }: App, channelId: string): Promise<Post[]> {
  return (await listPosts(database.read, channelId, { limit: 300, offset: 0 })).posts.reverse();
}

export async function channelOf({ database }: App, id: string): Promise<Channel> {
  return (await findChannel(database.read, id)) as Channel;
}
