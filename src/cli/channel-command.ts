import type { Command } from 'commander';
import type { App } from '../app.ts';
import { parseDay } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { type Channel, channelFromRow, maskedTarget } from '../channels/channel.ts';
import { findChannel } from '../channels/channel-store.ts';
import { choosePapersOfDay } from '../channels/choose-papers.ts';
import { deliverNow } from '../channels/deliver-posts.ts';
import { enqueuePost } from '../channels/enqueue-post.ts';
import { enqueueTest, getPost } from '../channels/post-log.ts';
import { topicKey } from '../feed/topic.ts';
import { print, withApp, withExamples } from './command.ts';

const MAX_LISTED = 1_000;

type Json = { json?: boolean };

export function addChannelCommand(program: Command): void {
  const channel = program.command('channel').description('see where papers are posted, and post');
  withExamples(channel, ['channel list', 'channel test ID', 'channel post --day 2025-10-29 ID']);
  withExamples(
    channel
      .command('list')
      .description(`all channels, the instance’s and people’s own, ${MAX_LISTED} at most`)
      .option('--json', 'print them as JSON')
      .action(list),
    ['channel list', 'channel list --json'],
  );
  withExamples(
    channel
      .command('test <id>')
      .description('send a test post, also to a paused channel')
      .option('--json', 'print the post as JSON')
      .action((id: string, { json }: Json) =>
        withApp(async (app) => {
          const found = await getAnyChannel(app, id);
          const { database } = app;
          const post = await database.transact((tx) => enqueueTest(tx, database.engine, found));
          await deliver(app, found, post, json);
        }),
      ),
    ['channel test 0q3v8x1m5k7n2b4c6d8f'],
  );
  withExamples(
    channel
      .command('post <id>')
      .description('post the top of a day at once, as far as the channel has not had it')
      .requiredOption('--day <day>', 'the day, such as 2025-10-29')
      .option('--json', 'print the post as JSON')
      .action(post),
    ['channel post --day 2025-10-29 0q3v8x1m5k7n2b4c6d8f'],
  );
}

async function list({ json }: Json): Promise<void> {
  await withApp(async ({ database }) => {
    const rows = await database.read
      .selectFrom('channels')
      .leftJoin('people', 'people.id', 'channels.person_id')
      .selectAll('channels')
      .select('people.handle')
      .orderBy('channels.created_at')
      .orderBy('channels.id')
      .limit(MAX_LISTED)
      .execute();
    const channels = rows.map((row) => present(channelFromRow(row), row.handle));
    const lines = channels.map(
      ({ id, kind, state, owner, name, problem }) =>
        `${id}  ${kind.padEnd(8)} ${state.padEnd(6)} ${owner.padEnd(20)} ${name}${problem ? `: ${problem}` : ''}`,
    );
    print({ channels }, lines.length > 0 ? lines : ['There is no channel.'], json);
  });
}

async function post(id: string, options: Json & { day: string }): Promise<void> {
  const day = parseDay(options.day);
  await withApp(async (app) => {
    const { database, search } = app;
    const found = await getAnyChannel(app, id);
    const papers = await choosePapersOfDay({ db: database.read, search }, found, day);
    const occasion = `day ${day}`;
    const postId = await database.transact((tx) =>
      enqueuePost(tx, database.engine, { channelId: id, occasion, papers }),
    );
    if (postId === undefined) throw new AppError('conflict', whyNot(found, day, papers.length));
    await deliver(app, found, postId, options.json);
  });
}

function whyNot({ state }: Channel, day: string, papers: number): string {
  if (state === 'paused') return 'The channel is paused: let it go on first, on its page.';
  if (papers === 0) return `${day} has no paper that the channel has not had.`;
  return `${day} was posted there already: send it again from the log on the channel’s page.`;
}

/** Throws `unavailable` when it did not arrive. */
async function deliver(
  app: App,
  channel: Channel,
  postId: string,
  json: boolean | undefined,
): Promise<void> {
  const isSent = await deliverNow(app, postId);
  const { state, status, problem } = await getPost(app.database.read, channel, postId);
  if (isSent && state !== 'posted') {
    throw new AppError('unavailable', `It did not arrive. ${problem ?? ''}`.trim());
  }
  const line = isSent ? 'Posted.' : 'Another post is on its way: this one follows it.';
  print({ id: postId, state, status: status ?? null }, [line], json);
}

async function getAnyChannel({ database }: App, id: string): Promise<Channel> {
  const channel = await findChannel(database.read, id);
  if (channel) return channel;
  throw new AppError('not-found', 'There is no such channel: look with "broadsheet channel list".');
}

function present(channel: Channel, handle: string | null) {
  const { id, name, target, state, trigger, topics, problem } = channel;
  return {
    id,
    name,
    owner: handle ?? 'the instance',
    kind: target.kind,
    postsTo: maskedTarget(target),
    state,
    trigger,
    topics: topics.map(topicKey),
    problem: problem ?? null,
  };
}
