// The channels of an owner, one channel with its log, and one post.
import type { Child } from 'hono/jsx';
import { CHANNEL_KINDS, type Channel, maskedTarget } from '../channels/channel.ts';
import { KEPT_POSTS } from '../channels/enqueue-post.ts';
import type { PostContent } from '../channels/post-content.ts';
import { canReplay, type Post } from '../channels/post-log.ts';
import {
  ActButton,
  baseOf,
  type ChannelBase,
  ChannelFrame,
  OWN_CHANNELS,
} from './channel-frame.tsx';
import {
  filtersInWords,
  KIND_NAMES,
  occasionInWords,
  stateInWords,
  triggerInWords,
} from './channel-words.ts';
import { counted } from './dates.ts';
import type { Site } from './layout.tsx';
import { type Told, When } from './settings-layout.tsx';

export function ChannelListPage({
  site,
  base,
  channels,
  last,
  told,
}: {
  site: Site;
  base: ChannelBase;
  channels: Channel[];
  last: Map<string, Post>;
  told: Told;
}) {
  const isOwn = base === OWN_CHANNELS;
  return (
    <ChannelFrame
      site={site}
      base={base}
      title={isOwn ? 'Your channels' : 'Channels of the instance'}
      told={told}
    >
      <p>
        Papers, posted to a chat or to a program: the best of each day, or each paper that reaches a
        number of votes.{' '}
        {!isOwn && 'These speak for the instance; people have channels of their own.'}
      </p>
      {channels.length === 0 && <p class="empty">There is no channel yet.</p>}
      <ul class="rows">
        {channels.map((channel) => (
          <li>
            <span>
              <a href={`${base}/${channel.id}`}>{channel.name}</a>{' '}
              <span class="note">{KIND_NAMES[channel.target.kind]}</span>
              <StateLabel channel={channel} />
              <br />
              <span class="note">
                {filtersInWords(channel)}; {triggerInWords(channel)}
              </span>
              <br />
              <LastPost post={last.get(channel.id)} />
              {channel.problem && <span class="problem">{channel.problem}</span>}
            </span>
          </li>
        ))}
      </ul>
      <h2>A new channel</h2>
      <ul class="kinds">
        {CHANNEL_KINDS.map((kind) => (
          <li>
            <a href={`${base}/new?kind=${kind}`}>{KIND_NAMES[kind]}</a>
          </li>
        ))}
      </ul>
    </ChannelFrame>
  );
}

function StateLabel({ channel }: { channel: Channel }) {
  if (channel.state === 'active') return <span class="status complete">active</span>;
  return <span class="status incomplete">paused</span>;
}

function LastPost({ post }: { post: Post | undefined }) {
  if (!post) return <span class="note">nothing posted yet</span>;
  return (
    <span class="note">
      last: {occasionInWords(post.occasion)}, {stateInWords(post).words}{' '}
      <When at={post.postedAt ?? post.createdAt} />
    </span>
  );
}

/** Undefined: nothing would be told. */
export type Preview = { content: PostContent; payload: string } | { problem: string } | undefined;

export function ChannelPage({
  site,
  channel,
  posts,
  offset,
  preview,
  told,
}: {
  site: Site;
  channel: Channel;
  posts: { posts: Post[]; hasMore: boolean };
  /** How many newer posts are not shown. */
  offset: number;
  preview: Preview;
  told: Told;
}) {
  const base = baseOf(channel.owner);
  const path = `${base}/${channel.id}`;
  const isPaused = channel.state === 'paused';
  return (
    <ChannelFrame site={site} base={base} title={channel.name} told={told}>
      <p>
        <a href={base}>All channels</a>
      </p>
      {channel.problem && (
        <p class="problem" role="alert">
          {channel.problem}
        </p>
      )}
      <dl class="facts">
        <Fact name="Kind">
          {KIND_NAMES[channel.target.kind]} <StateLabel channel={channel} />
        </Fact>
        <Fact name="Posts to">
          <code>{maskedTarget(channel.target)}</code>
        </Fact>
        <Fact name="Tells">{triggerInWords(channel)}</Fact>
        <Fact name="Of">{filtersInWords(channel)}</Fact>
        {channel.nextAt && !isPaused && (
          <Fact name="Next">
            <When at={channel.nextAt} /> UTC
          </Fact>
        )}
      </dl>
      <div class="buttons">
        <ActButton action={`${path}/test`} label="Send a test post" />
        <form action={`${path}/edit`}>
          <button type="submit">Change</button>
        </form>
        <ActButton
          action={`${path}/${isPaused ? 'resume' : 'pause'}`}
          label={isPaused ? 'Go on' : 'Pause'}
        />
        {channel.target.kind === 'webhook' && (
          <ActButton action={`${path}/secret`} label="Make a new secret" />
        )}
        <form action={`${path}/delete`}>
          <button type="submit" class="danger">
            Delete
          </button>
        </form>
      </div>
      {offset === 0 && <PreviewSection preview={preview} channel={channel} />}
      <h2>Log</h2>
      <PostLog posts={posts.posts} path={path} offset={offset} />
      {posts.hasMore && (
        <p class="pages">
          <a rel="next" href={`${path}?from=${offset + posts.posts.length}`}>
            Earlier posts
          </a>
        </p>
      )}
    </ChannelFrame>
  );
}

function PreviewSection({ preview, channel }: { preview: Preview; channel: Channel }) {
  const isDay = channel.trigger === 'day';
  return (
    <section class="preview">
      <h2>{isDay ? 'The next post, as it stands' : 'Such as'}</h2>
      {preview && 'problem' in preview && <p class="problem">{preview.problem}</p>}
      {preview && 'content' in preview && (
        <>
          <p>
            <b>{preview.content.heading}</b>
          </p>
          <ol>
            {preview.content.papers.map((paper) => (
              <li>
                <a href={paper.url}>{paper.title}</a>{' '}
                {paper.votes > 0 && <span class="note">{counted(paper.votes, 'vote')}</span>}
              </li>
            ))}
          </ol>
          <details>
            <summary>What would be sent</summary>
            <pre tabindex={0}>{preview.payload}</pre>
          </details>
        </>
      )}
      {!preview && (
        <p class="empty">
          {isDay
            ? 'Nothing yet: the day has no paper for it.'
            : 'No paper of the last month has reached so many votes.'}
        </p>
      )}
    </section>
  );
}

function PostLog({ posts, path, offset }: { posts: Post[]; path: string; offset: number }) {
  if (posts.length === 0) {
    return <p class="empty">{offset === 0 ? 'Nothing was posted yet.' : 'Nothing earlier.'}</p>;
  }
  return (
    <>
      <p class="note">The last {KEPT_POSTS} posts are kept. Times are UTC.</p>
      <ul class="rows">
        {posts.map((post) => (
          <li>
            <span>
              <a href={`${path}/posts/${post.id}`}>{occasionInWords(post.occasion)}</a>
              <PostState post={post} />
              <br />
              <span class="note">
                <When at={post.createdAt} />
                {post.papers.length > 0 && `, ${counted(post.papers.length, 'paper')}`}
                {post.status !== undefined && `, answered ${post.status}`}
                {post.attempts > 1 && `, ${post.attempts} tries`}
                {post.replays > 0 &&
                  `, sent again ${post.replays === 1 ? 'once' : `${post.replays} times`}`}
              </span>
              {post.problem && <span class="problem">{post.problem}</span>}
            </span>
            <ReplayButton post={post} path={path} />
          </li>
        ))}
      </ul>
    </>
  );
}

function PostState({ post }: { post: Post }) {
  const { words, tone } = stateInWords(post);
  return <span class={tone === '' ? 'status' : `status ${tone}`}>{words}</span>;
}

function ReplayButton({ post, path }: { post: Post; path: string }) {
  if (!canReplay(post)) return null;
  return (
    <form method="post" action={`${path}/replay`}>
      <input type="hidden" name="post" value={post.id} />
      <button type="submit" aria-label={`Send again: ${occasionInWords(post.occasion)}`}>
        Send again
      </button>
    </form>
  );
}

export function PostPage({ site, channel, post }: { site: Site; channel: Channel; post: Post }) {
  const base = baseOf(channel.owner);
  const path = `${base}/${channel.id}`;
  return (
    <ChannelFrame
      site={site}
      base={base}
      title={`${channel.name}: ${occasionInWords(post.occasion)}`}
    >
      <p>
        <a href={path}>Back to the channel</a>
      </p>
      <dl class="facts">
        <Fact name="Event">
          <code>{post.id}</code>
        </Fact>
        <Fact name="State">
          <PostState post={post} /> {post.problem}
        </Fact>
        <Fact name="Written down">
          <When at={post.createdAt} /> UTC
        </Fact>
        {post.postedAt && (
          <Fact name="Posted">
            <When at={post.postedAt} /> UTC
          </Fact>
        )}
        {post.state === 'waiting' && !post.isOnItsWay && (
          <Fact name="Tried next">
            <When at={post.runAt} /> UTC
          </Fact>
        )}
        <Fact name="Tries">{post.attempts}</Fact>
        <Fact name="Answer">{post.status === undefined ? 'none' : `status ${post.status}`}</Fact>
        <Fact name="Papers">
          {post.papers.length === 0 && 'none'}
          {post.papers.map((id, index) => (
            <>
              {index > 0 && ', '}
              <a href={`/papers/${id}`}>{id}</a>
            </>
          ))}
        </Fact>
      </dl>
      <ReplayButton post={post} path={path} />
      <h2>What was sent</h2>
      {post.sent ? (
        <pre tabindex={0}>{indented(post.sent)}</pre>
      ) : (
        <p class="empty">Nothing yet.</p>
      )}
    </ChannelFrame>
  );
}

function Fact({ name, children }: { name: string; children: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** As it was, where it was cut. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** The only time that a secret is shown. */
export function SecretPage({
  site,
  channel,
  secret,
}: {
  site: Site;
  channel: Channel;
  secret: string;
}) {
  const base = baseOf(channel.owner);
  return (
    <ChannelFrame site={site} base={base} title="The secret of your webhook">
      <p>
        Copy it now: it is not shown again. Every post to “{channel.name}” carries{' '}
        <code>Broadsheet-Signature: t=…,v1=…</code>, where <code>v1</code> is the HMAC-SHA256 of the
        time, a dot and the body with this secret as its key.
      </p>
      <p>
        <code class="once">{secret}</code>
      </p>
      <p>
        <a href={`${base}/${channel.id}`}>To the channel</a>
      </p>
    </ChannelFrame>
  );
}

export function DeleteChannelPage({ site, channel }: { site: Site; channel: Channel }) {
  const base = baseOf(channel.owner);
  return (
    <ChannelFrame site={site} base={base} title={`Delete “${channel.name}”?`}>
      <p>It goes with its log, and nothing is posted to it any more. This cannot be undone.</p>
      <div class="buttons">
        <ActButton action={`${base}/${channel.id}/delete`} label="Delete it" tone="danger" />
        <a href={`${base}/${channel.id}`}>Keep it</a>
      </div>
    </ChannelFrame>
  );
}
