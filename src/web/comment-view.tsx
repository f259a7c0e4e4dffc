import type { ThreadComment } from '../comments/load-thread.ts';
import { REACTIONS } from '../comments/reactions.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentText } from './comment-text.tsx';
import { shortDate } from './dates.ts';
import type { Site } from './layout.tsx';

/** Below it comments go on without further indentation; on phones earlier, by public/style.css. */
const MAX_SHOWN_DEPTH = 6;
const PHONE_DEPTH = 3;

/** What the reader may do there, on a page that is made for them. */
export type Hand = {
  personId: string;
  mayComment: boolean;
  mayReact: boolean;
  mayReport: boolean;
  /** Their reactions, by comment. */
  reactions: Record<string, string[]>;
};

export type CommentContext = {
  site: Site;
  paperId: string;
  isLocked: boolean;
  /** Undefined on pages that all readers share. */
  hand: Hand | undefined;
};

export function CommentView({
  comment,
  context,
}: {
  comment: ThreadComment;
  context: CommentContext;
}) {
  const { id, depth, state } = comment;
  const isGone = state === 'deleted' || (comment.html === '' && comment.raw === '');
  return (
    <li
      id={id}
      class={`comment depth-${Math.min(depth, MAX_SHOWN_DEPTH)}${isGone ? ' gone' : ''}`}
      data-comment={id}
      data-author={comment.author?.id}
    >
      {isGone ? (
        <p class="tombstone">{goneInWords(comment)}</p>
      ) : (
        <>
          <Byline comment={comment} context={context} />
          {state === 'pending' && (
            <p class="notice">Waits for a moderator: only they and its author see it.</p>
          )}
          {state === 'hidden' && <p class="notice">{goneInWords(comment)}</p>}
          <CommentText html={comment.html} />
          {state === 'visible' && <Reactions comment={comment} hand={context.hand} />}
          {context.hand && <Acts comment={comment} context={context} hand={context.hand} />}
        </>
      )}
    </li>
  );
}

function goneInWords({ state, hiddenReason }: ThreadComment): string {
  if (state === 'deleted') return 'Deleted by its author';
  if (state === 'pending') return 'Waits for a moderator';
  return `Hidden by a moderator${hiddenReason ? `: ${hiddenReason}` : ''}`;
}

function Byline({ comment, context }: { comment: ThreadComment; context: CommentContext }) {
  const { author, answers, depth } = comment;
  const path = `${pathOfPaper(context.paperId)}/comments/${comment.id}`;
  const { createdAt } = comment;
  return (
    <div class="byline">
      <h3 class="who">
        {author ? (
          <a href={`/people/${author.handle}`} title={`@${author.handle}`}>
            {author.name}
          </a>
        ) : (
          'Someone who left'
        )}
      </h3>
      {badgesOf(comment).map((badge) => (
        <span class="badge">{badge}</span>
      ))}
      <a href={path} title={`${createdAt.slice(0, 10)} ${createdAt.slice(11, 16)} UTC`}>
        <time datetime={createdAt}>{shortDate(createdAt, context.site.today)}</time>
        <span class="unseen">: this comment and its replies</span>
      </a>
      {comment.edits > 0 && <a href={`/comments/${comment.id}/history`}>edited</a>}
      {answers && (
        <a class={answersClass(depth)} href={`#${answers.id}`}>
          in reply to {answers.name ?? 'a comment'}
        </a>
      )}
    </div>
  );
}

/** Where indentation says it, it is for those who do not see that. */
function answersClass(depth: number): string {
  if (depth > MAX_SHOWN_DEPTH) return 'answers';
  return depth > PHONE_DEPTH ? 'answers on-phones' : 'answers unseen';
}

function badgesOf({ author, isPaperAuthor, isSubmitter }: ThreadComment): string[] {
  const role = author?.role;
  return [
    ...(isPaperAuthor ? ['Paper author'] : []),
    ...(isSubmitter ? ['Submitter'] : []),
    ...(role === 'editor' ? ['Editor'] : []),
    ...(role === 'moderator' ? ['Moderator'] : []),
    ...(role === 'administrator' ? ['Administrator'] : []),
  ];
}

function Reactions({ comment, hand }: { comment: ThreadComment; hand: Hand | undefined }) {
  const counts = new Map(comment.reactions.map((one) => [one.reaction, one]));
  const title = (reaction: string) => {
    const one = counts.get(reaction);
    const name = REACTIONS[reaction as keyof typeof REACTIONS];
    if (!one) return name;
    const names = one.people.map((person) => person.name);
    const more = one.count - names.length;
    return `${name}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  };
  if (!hand?.mayReact) {
    if (counts.size === 0) return null;
    return (
      <ul class="reactions" aria-label="Reactions">
        {comment.reactions.map(({ reaction, count }) => (
          <li title={title(reaction)}>
            <span aria-hidden="true">{reaction}</span> {count}
            <span class="unseen"> {REACTIONS[reaction as keyof typeof REACTIONS]}</span>
          </li>
        ))}
      </ul>
    );
  }
  const own = hand.reactions[comment.id] ?? [];
  const button = (reaction: string) => (
    <button
      type="submit"
      name="reaction"
      value={reaction}
      title={title(reaction)}
      aria-pressed={own.includes(reaction) ? 'true' : 'false'}
    >
      <span aria-hidden="true">{reaction}</span>{' '}
      <span data-count>{counts.get(reaction)?.count}</span>
      <span class="unseen"> {REACTIONS[reaction as keyof typeof REACTIONS]}</span>
    </button>
  );
  return (
    <form class="reactions" method="post" action={`/comments/${comment.id}/react`} data-reactions>
      {comment.reactions.map(({ reaction }) => button(reaction))}
      <details>
        <summary>React</summary>
        <div class="choice">
          {Object.keys(REACTIONS)
            .filter((reaction) => !counts.has(reaction))
            .map(button)}
        </div>
      </details>
    </form>
  );
}

function Acts({
  comment,
  context,
  hand,
}: {
  comment: ThreadComment;
  context: CommentContext;
  hand: Hand;
}) {
  const { id, state, author } = comment;
  const isOwn = author?.id === hand.personId;
  const canAnswer = hand.mayComment && state === 'visible' && !context.isLocked;
  const canEdit = isOwn && hand.mayComment && state !== 'hidden' && !context.isLocked;
  return (
    <div class="acts">
      {canAnswer && (
        <details class="answer">
          <summary>Reply</summary>
          <CommentForm
            action={`/comments/${id}/reply`}
            label={`Your reply to ${author?.name ?? 'this comment'}`}
            button="Reply"
          />
        </details>
      )}
      {canEdit && <a href={`/comments/${id}/edit`}>Edit</a>}
      {isOwn && (
        <details class="deletion">
          <summary>Delete</summary>
          <form method="post" action={`/comments/${id}/delete`}>
            <button type="submit">Delete it for good</button>
          </form>
        </details>
      )}
      {hand.mayReport && !isOwn && (
        <a href={`/report?comment=${id}`} rel="nofollow">
          Report
        </a>
      )}
    </div>
  );
}
