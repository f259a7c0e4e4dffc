// The channels of an owner, one channel with its log, and one post.
import type { Child } from 'hono/jsx';
import { CHANNEL_KINDS, type Channel, maskedTarget } from '../channels/channel.ts';
import { KEPT_POSTS } from '../channels/enqueue-post.ts';
import type { PostContent } from '../channels/post-content.ts';
import { canReplay, type Post } from '../channels/post-log.ts';
import { words } from '../language/words.ts';
import {
  ActButton,
  baseOf,
  type ChannelBase,
  ChannelFrame,
  OWN_CHANNELS,
} from './channel-frame.tsx';
import { filtersInWords, occasionInWords, stateInWords, triggerInWords } from './channel-words.ts';
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
  const { ownTitle, instanceTitle, about, aboutInstance, none, kinds } = words.channels;
  return (
    <ChannelFrame site={site} base={base} title={isOwn ? ownTitle : instanceTitle} told={told}>
      <p>
        {about} {!isOwn && aboutInstance}
      </p>
      {channels.length === 0 && <p class="empty">{none}</p>}
      <ul class="rows">
        {channels.map((channel) => (
          <li>
            <span>
              <a href={`${base}/${channel.id}`}>{channel.name}</a>{' '}
              <span class="note">{kinds[channel.target.kind]}</span>
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
      <h2>{words.channels.new}</h2>
      <ul class="kinds">
        {CHANNEL_KINDS.map((kind) => (
          <li>
            <a href={`${base}/new?kind=${kind}`}>{kinds[kind]}</a>
          </li>
        ))}
      </ul>
    </ChannelFrame>
  );
}

function StateLabel({ channel }: { channel: Channel }) {
  const { active, paused } = words.channels.states;
  if (channel.state === 'active') return <span class="status complete">{active}</span>;
  return <span class="status incomplete">{paused}</span>;
}

function LastPost({ post }: { post: Post | undefined }) {
  const { nothingPosted, lastPost } = words.channels;
  if (!post) return <span class="note">{nothingPosted}</span>;
  const at = <When at={post.postedAt ?? post.createdAt} />;
  return (
    <span class="note">
      {lastPost(occasionInWords(post.occasion), stateInWords(post).label, at)}
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
  const texts = words.channels;
  const { facts } = texts;
  return (
    <ChannelFrame site={site} base={base} title={channel.name} told={told}>
      <p>
        <a href={base}>{texts.all}</a>
      </p>
      {channel.problem && (
        <p class="problem" role="alert">
          {channel.problem}
        </p>
      )}
      <dl class="facts">
        <Fact name={facts.kind}>
          {texts.kinds[channel.target.kind]} <StateLabel channel={channel} />
        </Fact>
        <Fact name={facts.postsTo}>
          <code>{maskedTarget(channel.target)}</code>
        </Fact>
        <Fact name={facts.tells}>{triggerInWords(channel)}</Fact>
        <Fact name={facts.of}>{filtersInWords(channel)}</Fact>
        {channel.nextAt && !isPaused && (
          <Fact name={facts.next}>{texts.inUtc(<When at={channel.nextAt} />)}</Fact>
        )}
      </dl>
      <div class="buttons">
        <ActButton action={`${path}/test`} label={texts.sendTest} />
        <form action={`${path}/edit`}>
          <button type="submit">{texts.change}</button>
        </form>
        <ActButton
          action={`${path}/${isPaused ? 'resume' : 'pause'}`}
          label={isPaused ? texts.goOn : texts.pause}
        />
        {channel.target.kind === 'webhook' && (
          <ActButton action={`${path}/secret`} label={texts.makeSecret} />
        )}
        <form action={`${path}/delete`}>
          <button type="submit" class="danger">
            {texts.delete}
          </button>
        </form>
      </div>
      {offset === 0 && <PreviewSection preview={preview} channel={channel} />}
      <h2>{texts.log.title}</h2>
      <PostLog posts={posts.posts} path={path} offset={offset} />
      {posts.hasMore && (
        <p class="pages">
          <a rel="next" href={`${path}?from=${offset + posts.posts.length}`}>
            {texts.log.earlier}
          </a>
        </p>
      )}
    </ChannelFrame>
  );
}

function PreviewSection({ preview, channel }: { preview: Preview; channel: Channel }) {
  const isDay = channel.trigger === 'day';
  const texts = words.channels.preview;
  return (
    <section class="preview">
      <h2>{isDay ? texts.ofDay : texts.ofVotes}</h2>
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
                {paper.votes > 0 && <span class="note">{texts.votes(paper.votes)}</span>}
              </li>
            ))}
          </ol>
          <details>
            <summary>{texts.payload}</summary>
            <pre tabindex={0}>{preview.payload}</pre>
          </details>
        </>
      )}
      {!preview && <p class="empty">{isDay ? texts.noneOfDay : texts.noneOfVotes}</p>}
    </section>
  );
}

function PostLog({ posts, path, offset }: { posts: Post[]; path: string; offset: number }) {
  const { log } = words.channels;
  if (posts.length === 0) {
    return <p class="empty">{offset === 0 ? log.nothing : log.nothingEarlier}</p>;
  }
  return (
    <>
      <p class="note">{log.kept(KEPT_POSTS)}</p>
      <ul class="rows">
        {posts.map((post) => (
          <li>
            <span>
              <a href={`${path}/posts/${post.id}`}>{occasionInWords(post.occasion)}</a>
              <PostState post={post} />
              <br />
              <span class="note">
                <When at={post.createdAt} />
                {post.papers.length > 0 && log.papers(post.papers.length)}
                {post.status !== undefined && log.answered(post.status)}
                {post.attempts > 1 && log.tries(post.attempts)}
                {post.replays > 0 && log.sentAgain(post.replays)}
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
  const { label, tone } = stateInWords(post);
  return <span class={tone === '' ? 'status' : `status ${tone}`}>{label}</span>;
}

function ReplayButton({ post, path }: { post: Post; path: string }) {
  if (!canReplay(post)) return null;
  const { sendAgain, sendAgainLabel } = words.channels;
  return (
    <form method="post" action={`${path}/replay`}>
      <input type="hidden" name="post" value={post.id} />
      <button type="submit" aria-label={sendAgainLabel(occasionInWords(post.occasion))}>
        {sendAgain}
      </button>
    </form>
  );
}

export function PostPage({ site, channel, post }: { site: Site; channel: Channel; post: Post }) {
  const base = baseOf(channel.owner);
  const path = `${base}/${channel.id}`;
  const texts = words.channels;
  const { facts, inUtc } = texts;
  const title = texts.postTitle(channel.name, occasionInWords(post.occasion));
  return (
    <ChannelFrame site={site} base={base} title={title}>
      <p>
        <a href={path}>{texts.backToChannel}</a>
      </p>
      <dl class="facts">
        <Fact name={facts.event}>
          <code>{post.id}</code>
        </Fact>
        <Fact name={facts.state}>
          <PostState post={post} /> {post.problem}
        </Fact>
        <Fact name={facts.writtenDown}>{inUtc(<When at={post.createdAt} />)}</Fact>
        {post.postedAt && <Fact name={facts.posted}>{inUtc(<When at={post.postedAt} />)}</Fact>}
        {post.state === 'waiting' && !post.isOnItsWay && (
          <Fact name={facts.triedNext}>{inUtc(<When at={post.runAt} />)}</Fact>
        )}
        <Fact name={facts.tries}>{post.attempts}</Fact>
        <Fact name={facts.answer}>
          {post.status === undefined ? texts.noAnswer : texts.answeredWith(post.status)}
        </Fact>
        <Fact name={facts.papers}>
          {post.papers.length === 0 && texts.noPapers}
          {post.papers.map((id, index) => (
            <>
              {index > 0 && ', '}
              <a href={`/papers/${id}`}>{id}</a>
            </>
          ))}
        </Fact>
      </dl>
      <ReplayButton post={post} path={path} />
      <h2>{texts.sent}</h2>
      {post.sent ? (
        <pre tabindex={0}>{indented(post.sent)}</pre>
      ) : (
        <p class="empty">{texts.notSent}</p>
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
  const texts = words.channels;
  return (
    <ChannelFrame site={site} base={base} title={texts.secretTitle}>
      <p>{texts.secret(channel.name)}</p>
      <p>
        <code class="once">{secret}</code>
      </p>
      <p>
        <a href={`${base}/${channel.id}`}>{texts.toChannel}</a>
      </p>
    </ChannelFrame>
  );
}

export function DeleteChannelPage({ site, channel }: { site: Site; channel: Channel }) {
  const base = baseOf(channel.owner);
  const { deleteTitle, deleteNote, deleteIt, keepIt } = words.channels;
  return (
    <ChannelFrame site={site} base={base} title={deleteTitle(channel.name)}>
      <p>{deleteNote}</p>
      <div class="buttons">
        <ActButton action={`${base}/${channel.id}/delete`} label={deleteIt} tone="danger" />
        <a href={`${base}/${channel.id}`}>{keepIt}</a>
      </div>
    </ChannelFrame>
  );
}
