import { assetPath } from '../base/assets.ts';
import type { Thread } from '../comments/load-thread.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { CommentForm } from './comment-form.tsx';
import { type CommentContext, CommentView } from './comment-view.tsx';

/** A paper's discussion, for all readers or for one. */
export function CommentSection({ thread, context }: { thread: Thread; context: CommentContext }) {
  const { comments } = words;
  const path = pathOfPaper(context.paperId);
  const address = (changes: { sort?: string; page?: number }) => {
    const { sort, page } = { sort: thread.sort, page: 0, ...changes };
    const query = [
      ...(context.hand ? ['mine'] : []),
      ...(sort === 'time' ? [] : [`sort=${sort}`]),
      ...(page === 0 ? [] : [`p=${page}`]),
    ].join('&');
    return `${path}${query && `?${query}`}#comments`;
  };
  const sortLink = (sort: Thread['sort'], label: string) => (
    <a href={address({ sort })} aria-current={thread.sort === sort ? 'true' : undefined}>
      {label}
    </a>
  );
  return (
    <section
      class="comments"
      aria-labelledby="comments"
      data-comments={context.hand ? 'own' : 'shared'}
      data-paper={path}
    >
      <h2 id="comments">{comments.heading(thread.total)}</h2>
      {thread.comments.length > 1 && (
        <nav class="sorts" aria-label={comments.order}>
          {sortLink('time', comments.oldest)}
          {sortLink('votes', comments.mostLiked)}
        </nav>
      )}
      {thread.isLocked && <LockNotice />}
      {thread.comments.length > 0 && (
        <ol class="thread">
          {thread.comments.map((comment) => (
            <CommentView comment={comment} context={context} />
          ))}
        </ol>
      )}
      {thread.rest && <Rest path={path} rest={thread.rest} isOwn={context.hand !== undefined} />}
      {thread.pages > 1 && (
        <nav class="pages" aria-label={comments.pages}>
          {thread.page > 0 && (
            <a rel="prev" href={address({ page: thread.page - 1 })}>
              {comments.earlier}
            </a>
          )}
          <span>{comments.page(thread.page + 1, thread.pages)}</span>
          {thread.page + 1 < thread.pages && (
            <a rel="next" href={address({ page: thread.page + 1 })}>
              {comments.next}
            </a>
          )}
        </nav>
      )}
      <Writing context={context} path={path} />
      <script type="module" src={assetPath('comments.js')}></script>
    </section>
  );
}

export function LockNotice() {
  return <p class="notice">{words.comments.locked}</p>;
}

export function Rest({
  path,
  rest,
  isOwn,
}: {
  path: string;
  rest: NonNullable<Thread['rest']>;
  isOwn: boolean;
}) {
  return (
    <p>
      <a href={`${path}/comments/${rest.firstId}${isOwn ? '?mine' : ''}`}>
        {words.comments.more(rest.count)}
      </a>
    </p>
  );
}

function Writing({ context, path }: { context: CommentContext; path: string }) {
  const { hand } = context;
  const { comments } = words;
  if (context.isLocked) return null;
  if (hand?.mayComment) {
    const { yours, comment } = comments.form;
    return <CommentForm id="new" action={`${path}/comments`} label={yours} button={comment} />;
  }
  if (hand) return <p class="note">{comments.mayNotComment}</p>;
  const next = encodeURIComponent(`${path}?mine#comments`);
  return (
    <p class="sign-in-to-comment">
      <a href={`/sign-in?next=${next}`}>{comments.signIn}</a>
      <noscript>
        {' '}
        {comments.signedInAlready((text) => (
          <a href={`${path}?mine#comments`}>{text}</a>
        ))}
      </noscript>
    </p>
  );
}
