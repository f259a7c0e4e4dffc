// Pages about one comment: writing it, it with its replies, and what it said before.
import { raw } from 'hono/html';
import { assetPath } from '../base/assets.ts';
import { renderTexHtml, renderTexText } from '../base/tex/tex.ts';
import type { CommentVersion } from '../comments/find-comment.ts';
import type { ShownComment } from '../comments/hydrate-comments.ts';
import type { Conversation } from '../comments/load-thread.ts';
import { excerptOf } from '../comments/markdown/excerpt.ts';
import { shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { type CommentDraft, CommentForm } from './comment-form.tsx';
import { LockNotice, Rest } from './comment-section.tsx';
import { CommentText } from './comment-text.tsx';
import { type CommentContext, CommentView } from './comment-view.tsx';
import { Layout, type Site } from './layout.tsx';

/** What search engines and chats show of a page. */
const MAX_EXCERPT = 200;

export type Writing = {
  what: 'comment' | 'reply' | 'edit';
  action: string;
  draft: CommentDraft;
  answered?: ShownComment | undefined;
};

export function WritingPage({
  site,
  paper,
  writing,
}: {
  site: Site;
  paper: Paper;
  writing: Writing;
}) {
  const { what, action, answered } = writing;
  const texts = words.comments.writing;
  const { heading, button } = texts[what];
  return (
    <Layout site={site} head={{ title: heading, path: action, isUnindexed: true }}>
      <div class="comments writing">
        <h1>{heading}</h1>
        <PaperTitle paper={paper} />
        {answered && answered.html !== '' && (
          <>
            <h2>{texts.answered}</h2>
            <blockquote class="answered">
              <h3 class="who">{answered.author?.name ?? words.people.leftFirst}</h3>
              <CommentText html={answered.html} />
            </blockquote>
          </>
        )}
        <h2 class="unseen">{button}</h2>
        <CommentForm
          id="own"
          action={action}
          label={texts.words}
          button={button}
          draft={writing.draft}
          rows={12}
        />
        <script type="module" src={assetPath('comments.js')}></script>
      </div>
    </Layout>
  );
}

export function ConversationPage({
  paper,
  conversation,
  context,
}: {
  paper: Paper;
  conversation: Conversation;
  context: CommentContext;
}) {
  const { site } = context;
  const [first] = conversation.comments;
  const path = pathOfPaper(paper.id);
  const name = first?.author?.name;
  const { one, writing, signedIn } = words.comments;
  const title = one.title(name, renderTexText(paper.title));
  return (
    <Layout
      site={site}
      head={{
        title,
        description: excerptOf(first?.raw ?? '', MAX_EXCERPT),
        path: `${path}/comments/${first?.id}`,
        isUnindexed: true,
      }}
    >
      <section
        class="comments"
        aria-labelledby="comments"
        data-comments={context.hand ? 'own' : 'shared'}
        data-paper={path}
        data-conversation={first?.id}
      >
        <h1 id="comments">{one.heading(name)}</h1>
        <PaperTitle paper={paper} />
        {conversation.isLocked && <LockNotice />}
        {conversation.answered && (
          <>
            <h2>{writing.answered}</h2>
            <ol class="thread answered">
              <CommentView
                comment={{ ...conversation.answered, depth: 0, answers: undefined }}
                context={context}
              />
            </ol>
          </>
        )}
        <h2>{one.withReplies}</h2>
        <ol class="thread">
          {conversation.comments.map((comment) => (
            <CommentView comment={comment} context={context} />
          ))}
        </ol>
        {conversation.rest && (
          <Rest path={path} rest={conversation.rest} isOwn={context.hand !== undefined} />
        )}
        {!context.hand && (
          <noscript>
            <p class="note">
              {signedIn((text) => (
                <a href={`${path}/comments/${first?.id}?mine`}>{text}</a>
              ))}
            </p>
          </noscript>
        )}
        <script type="module" src={assetPath('comments.js')}></script>
      </section>
    </Layout>
  );
}

export function HistoryPage({
  site,
  paper,
  comment,
  versions,
}: {
  site: Site;
  paper: Paper;
  comment: ShownComment;
  /** Former texts, oldest first. */
  versions: CommentVersion[];
}) {
  const texts = words.comments.history;
  const left = words.people.leftFirst;
  const heading = texts.heading(comment.author?.name ?? left);
  const written = [
    ...versions,
    {
      raw: comment.raw,
      writtenAt: comment.editedAt ?? comment.createdAt,
      editor: comment.author?.name,
    },
  ].reverse();
  return (
    <Layout
      site={site}
      head={{
        title: heading,
        path: `/comments/${comment.id}/history`,
        isUnindexed: true,
      }}
    >
      <div class="comments">
        <h1>{heading}</h1>
        <PaperTitle paper={paper} />
        <ol class="history">
          {written.map((version, index) => (
            <li>
              <h2>
                {index === 0 ? texts.now : texts.version(written.length - index)}
                <small>
                  {' '}
                  {texts.by(
                    version.editor ?? left,
                    <time datetime={version.writtenAt}>
                      {texts.time(
                        shortDate(version.writtenAt, site.today),
                        version.writtenAt.slice(11, 16),
                      )}
                    </time>,
                  )}
                </small>
              </h2>
              <pre class="source">{version.raw}</pre>
            </li>
          ))}
        </ol>
      </div>
    </Layout>
  );
}

function PaperTitle({ paper }: { paper: Paper }) {
  return (
    <p class="on-paper">
      {words.comments.writing.onPaper(
        <a href={`${pathOfPaper(paper.id)}#comments`}>
          {raw(renderTexHtml(paper.title, { breaks: false, links: false }))}
        </a>,
      )}
    </p>
  );
}
