import { assetPath } from '../base/assets.ts';
import type { Thread } from '../comments/load-thread.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { CommentForm } from './comment-form.tsx';
import { type CommentContext, CommentView } from './comment-view.tsx';

/** A paper's discussion, for all readers or for one. */
export function CommentSection({ thread, context }: { thread: Thread; context: CommentContext }) {
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
      <h2 id="comments">
        Comments <small>{thread.total.toLocaleString('en')}</small>
      </h2>
      {thread.comments.length > 1 && (
        <nav class="sorts" aria-label="Order of comments">
          {sortLink('time', 'Oldest first')}
          {sortLink('votes', 'Most liked first')}
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
        <nav class="pages" aria-label="Pages of comments">
          {thread.page > 0 && (
            <a rel="prev" href={address({ page: thread.page - 1 })}>
              ← Earlier page
            </a>
          )}
          <span>
            Page {thread.page + 1} of {thread.pages}
          </span>
          {thread.page + 1 < thread.pages && (
            <a rel="next" href={address({ page: thread.page + 1 })}>
              Next page →
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
  return (
    <p class="notice">A moderator locked this discussion: it can be read, but nothing is added.</p>
  );
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
        {rest.count.toLocaleString('en')} more
      </a>
    </p>
  );
}

function Writing({ context, path }: { context: CommentContext; path: string }) {
  const { hand } = context;
  if (context.isLocked) return null;
  if (hand?.mayComment) {
    return <CommentForm action={`${path}/comments`} label="Your comment" button="Comment" />;
  }
  if (hand) return <p class="note">Your account may read here, but not comment.</p>;
  const next = encodeURIComponent(`${path}?mine#comments`);
  return (
    <p class="sign-in-to-comment">
      <a href={`/sign-in?next=${next}`}>Sign in to comment</a>
      <noscript>
        {' '}
        Signed in already? <a href={`${path}?mine#comments`}>Show what you can do here</a>.
      </noscript>
    </p>
  );
}
