// The channels of the instance and of people: the same pages at two places, under two rules.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { CHANNEL_KINDS, type Channel, type ChannelKind } from '../channels/channel.ts';
import {
  changeChannel,
  createChannel,
  deleteChannel,
  getChannel,
  listChannels,
  renewSecret,
  setPaused,
} from '../channels/channel-store.ts';
import { deliverNow } from '../channels/deliver-posts.ts';
import { parseChannel, type TypedChannel, typedOf } from '../channels/parse-channel.ts';
import { enqueueTest, getPost, lastPosts, listPosts, replayPost } from '../channels/post-log.ts';
import { previewPost } from '../channels/preview-post.ts';
import { payloadOf } from '../channels/render-post.ts';
import { findText } from '../language/find-text.ts';
import { words } from '../language/words.ts';
import { spend } from '../people/limits.ts';
import { ChannelFormPage } from './channel-form.tsx';
import { type ChannelBase, INSTANCE_CHANNELS, OWN_CHANNELS } from './channel-frame.tsx';
import {
  ChannelListPage,
  ChannelPage,
  DeleteChannelPage,
  PostPage,
  type Preview,
  SecretPage,
} from './channel-pages.tsx';
import { type Fields, readFields } from './read-form.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

const PAGE_SIZE = 50;
/** Of the newest posts. */
const MAX_OFFSET = 1_000;

export function addChannelRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  addRoutesAt(OWN_CHANNELS, web, app, publicUrl);
  addRoutesAt(INSTANCE_CHANNELS, web, app, publicUrl);
}

function addRoutesAt(
  base: ChannelBase,
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
): void {
  const { database, config } = app;
  const db = database.read;
  const site = siteLoader(app, publicUrl);
  const toldBy = (c: WebContext): Told => ({
    done: findText(words.channels.done, c.req.query('done')),
  });
  const ownerOf = (c: WebContext) => (base === OWN_CHANNELS ? viewerOf(c).person.id : undefined);
  const byOf = (c: WebContext) => ({ by: viewerOf(c).person.id });
  const channelOf = (c: WebContext) => getChannel(db, ownerOf(c), c.req.param('id') ?? '');

  async function listPage(c: WebContext, told: Told) {
    const channels = await listChannels(db, ownerOf(c));
    const last = await lastPosts(
      db,
      channels.map(({ id }) => id),
    );
    return (
      <ChannelListPage
        site={await site(c)}
        base={base}
        channels={channels}
        last={last}
        told={told}
      />
    );
  }

  async function channelPage(c: WebContext, channel: Channel, told: Told) {
    const offset = offsetOf(c.req.query('from'));
    const posts = await listPosts(db, channel.id, { limit: PAGE_SIZE, offset });
    return (
      <ChannelPage
        site={await site(c)}
        channel={channel}
        posts={posts}
        offset={offset}
        preview={offset === 0 ? await previewOf(channel) : undefined}
        told={told}
      />
    );
  }

  async function previewOf(channel: Channel): Promise<Preview> {
    let next: Awaited<ReturnType<typeof previewPost>>;
    try {
      next = await previewPost(app, channel);
    } catch (error) {
      if (!isAppError(error, 'unavailable')) throw error;
      return { problem: error.message };
    }
    if (!next) return undefined;
    const head = { id: 'preview', createdAt: '', replays: 0, occasion: next.occasion };
    const payload = JSON.stringify(payloadOf(channel, next.content, head), null, 2);
    return { content: next.content, payload };
  }

  web.get(base, async (c) => c.html(await listPage(c, toldBy(c))));

  web.get(`${base}/new`, async (c) => {
    const typed = newChannel(config.timeZone);
    return c.html(
      <ChannelFormPage
        site={await site(c)}
        base={base}
        kind={kindOf(c)}
        known={undefined}
        typed={typed}
        problems={{}}
        told={{}}
      />,
    );
  });
  web.post(`${base}/new`, async (c) => {
    const kind = kindOf(c);
    const typed = typedChannel(await readFields(c));
    const { draft, problems } = parseChannel(typed, { kind, config });
    const form = { base, kind, known: undefined, typed, problems };
    if (!draft) {
      return c.html(<ChannelFormPage {...form} site={await site(c)} told={notSaved()} />, 400);
    }
    try {
      const id = await database.transact((tx) => createChannel(tx, ownerOf(c), draft, byOf(c)));
      if (draft.target.kind !== 'webhook') return c.redirect(`${base}/${id}?done=made`, 303);
      const channel = await getChannel(db, ownerOf(c), id);
      const { secret } = draft.target;
      return c.html(<SecretPage site={await site(c)} channel={channel} secret={secret} />);
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      const told = { problem: error.message };
      return c.html(<ChannelFormPage {...form} site={await site(c)} told={told} />, 409);
    }
  });

  web.get(`${base}/:id`, async (c) => c.html(await channelPage(c, await channelOf(c), toldBy(c))));
  web.get(`${base}/:id/posts/:post`, async (c) => {
    const channel = await channelOf(c);
    const post = await getPost(db, channel, c.req.param('post') ?? '');
    return c.html(<PostPage site={await site(c)} channel={channel} post={post} />);
  });

  web.get(`${base}/:id/edit`, async (c) => {
    const known = await channelOf(c);
    const { kind } = known.target;
    const form = { base, kind, known, typed: typedOf(known), problems: {}, told: {} };
    return c.html(<ChannelFormPage {...form} site={await site(c)} />);
  });
  web.post(`${base}/:id/edit`, async (c) => {
    const known = await channelOf(c);
    const { kind } = known.target;
    const typed = typedChannel(await readFields(c));
    const { draft, problems } = parseChannel(typed, { kind, known, config });
    if (!draft) {
      const form = { base, kind, known, typed, problems, told: notSaved() };
      return c.html(<ChannelFormPage {...form} site={await site(c)} />, 400);
    }
    await database.transact((tx) => changeChannel(tx, known, draft, byOf(c)));
    return c.redirect(`${base}/${known.id}?done=saved`, 303);
  });

  web.post(`${base}/:id/test`, async (c) => {
    const channel = await channelOf(c);
    await spend(database, 'test post', viewerOf(c).person.id);
    const id = await database.transact((tx) => enqueueTest(tx, database.engine, channel));
    const path = `${base}/${channel.id}`;
    if (!(await deliverNow(app, id))) return c.redirect(`${path}?done=waits`, 303);
    const { state, problem } = await getPost(db, channel, id);
    if (state === 'posted') return c.redirect(`${path}?done=tested`, 303);
    const told = { problem: words.channels.testFailed(problem ?? '') };
    return c.html(await channelPage(c, { ...(await channelOf(c)), problem: undefined }, told), 409);
  });

  for (const isPaused of [true, false]) {
    web.post(`${base}/:id/${isPaused ? 'pause' : 'resume'}`, async (c) => {
      const channel = await channelOf(c);
      await database.transact((tx) => setPaused(tx, channel, isPaused, byOf(c)));
      return c.redirect(`${base}/${channel.id}?done=${isPaused ? 'paused' : 'resumed'}`, 303);
    });
  }

  web.post(`${base}/:id/secret`, async (c) => {
    const channel = await channelOf(c);
    const secret = await database.transact((tx) => renewSecret(tx, channel, byOf(c)));
    return c.html(<SecretPage site={await site(c)} channel={channel} secret={secret} />);
  });

  web.post(`${base}/:id/replay`, async (c) => {
    const channel = await channelOf(c);
    const post = (await readFields(c)).text('post');
    try {
      await database.transact((tx) => replayPost(tx, database.engine, channel, post));
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      return c.html(await channelPage(c, channel, { problem: error.message }), 409);
    }
    return c.redirect(`${base}/${channel.id}?done=replayed`, 303);
  });

  web.get(`${base}/:id/delete`, async (c) =>
    c.html(<DeleteChannelPage site={await site(c)} channel={await channelOf(c)} />),
  );
  web.post(`${base}/:id/delete`, async (c) => {
    const channel = await channelOf(c);
    await database.transact((tx) => deleteChannel(tx, channel, byOf(c)));
    return c.redirect(`${base}?done=deleted`, 303);
  });
}

function notSaved(): Told {
  return { problem: words.channels.form.notSaved };
}

function kindOf(c: WebContext): ChannelKind {
  const kind = CHANNEL_KINDS.find((one) => one === c.req.query('kind'));
  if (kind) return kind;
  throw new AppError('not-found', words.channels.form.noSuchKind);
}

function offsetOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const offset = Number(text);
  if (/^\d{1,4}$/.test(text) && offset <= MAX_OFFSET) return offset;
  throw new AppError('not-found', words.channels.log.noSuchPage);
}

function newChannel(timeZone: string): TypedChannel {
  return {
    name: '',
    url: '',
    token: '',
    chatId: '',
    trigger: 'day',
    papers: '5',
    votes: '50',
    hour: '8',
    timeZone,
    categories: '',
    authors: '',
    searches: '',
    matchedBy: 'either',
  };
}

/** The only fields that a channel is made of. */
function typedChannel({ text }: Fields): TypedChannel {
  return {
    name: text('name'),
    url: text('url'),
    token: text('token'),
    chatId: text('chatId'),
    trigger: text('trigger'),
    papers: text('papers'),
    votes: text('votes'),
    hour: text('hour'),
    timeZone: text('timeZone'),
    categories: text('categories'),
    authors: text('authors'),
    searches: text('searches'),
    matchedBy: text('matchedBy'),
  };
}
