import type { ThreadComment } from '../comments/load-thread.ts';
import { REACTIONS } from '../comments/reactions.ts';
import { formatNumber, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentText } from './comment-text.tsx';
import type { Site } from './layout.tsx';

/** Below it comments go on without further indentation; on phones earlier, by styles/comments.css. */
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
          {state === 'pending' && <p class="notice">{words.comments.pending}</p>}
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
  const { gone } = words.comments;
  if (state === 'deleted') return gone.deleted;
  if (state === 'pending') return gone.pending;
  return gone.hidden(hiddenReason && (words.moderation.reasons[hiddenReason] ?? hiddenReason));
}

function Byline({ comment, context }: { comment: ThreadComment; context: CommentContext }) {
  const { author, answers, depth } = comment;
  const path = `${pathOfPaper(context.paperId)}/comments/${comment.id}`;
  const { createdAt } = comment;
  const texts = words.comments;
  return (
    <div class="byline">
      <h3 class="who">
        {author ? (
          <a href={`/people/${author.handle}`} title={`@${author.handle}`}>
            {author.name}
          </a>
        ) : (
          words.people.leftFirst
        )}
      </h3>
      {badgesOf(comment).map((badge) => (
        <span class="badge">{badge}</span>
      ))}
      <a href={path} title={`${createdAt.slice(0, 10)} ${createdAt.slice(11, 16)} UTC`}>
        <time datetime={createdAt}>{shortDate(createdAt, context.site.today)}</time>
        <span class="unseen">{texts.andReplies}</span>
      </a>
      {comment.edits > 0 && <a href={`/comments/${comment.id}/history`}>{texts.edited}</a>}
      {answers && (
        <a class={answersClass(depth)} href={`#${answers.id}`}>
          {texts.inReplyTo(answers.name)}
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
  const { badges } = words.comments;
  const role = author?.role;
  return [
    ...(isPaperAuthor ? [badges.author] : []),
    ...(isSubmitter ? [badges.submitter] : []),
    ...(role === 'editor' || role === 'moderator' || role === 'administrator'
      ? [badges[role]]
      : []),
  ];
}

function Reactions({ comment, hand }: { comment: ThreadComment; hand: Hand | undefined }) {
  const texts = words.comments;
  const nameOf = (reaction: string) => texts.reaction[reaction] ?? reaction;
  const counts = new Map(comment.reactions.map((one) => [one.reaction, one]));
  const title = (reaction: string) => {
    const one = counts.get(reaction);
    if (!one) return nameOf(reaction);
    const names = one.people.map((person) => person.name);
    return texts.reactedBy(nameOf(reaction), names, one.count - names.length);
  };
  if (!hand?.mayReact) {
    if (counts.size === 0) return null;
    return (
      <ul class="reactions" aria-label={texts.reactions}>
        {comment.reactions.map(({ reaction, count }) => (
          <li title={title(reaction)}>
            <span aria-hidden="true">{reaction}</span> {formatNumber(count)}
            <span class="unseen"> {nameOf(reaction)}</span>
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
      <span data-count>
        {counts.has(reaction) && formatNumber(counts.get(reaction)?.count ?? 0)}
      </span>
      <span class="unseen"> {nameOf(reaction)}</span>
    </button>
  );
  return (
    <form class="reactions" method="post" action={`/comments/${comment.id}/react`} data-reactions>
      {comment.reactions.map(({ reaction }) => button(reaction))}
      <details>
        <summary>{texts.react}</summary>
        <div class="choice">
          {REACTIONS.filter((reaction) => !counts.has(reaction)).map(button)}
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
  const texts = words.comments;
  const isOwn = author?.id === hand.personId;
  const canAnswer = hand.mayComment && state === 'visible' && !context.isLocked;
  const canEdit = isOwn && hand.mayComment && state !== 'hidden' && !context.isLocked;
  return (
    <div class="acts">
      {canAnswer && (
        <details class="answer">
          <summary>{texts.reply}</summary>
          <CommentForm
            id={id}
            action={`/comments/${id}/reply`}
            label={texts.replyTo(author?.name)}
            button={texts.reply}
          />
        </details>
      )}
      {canEdit && <a href={`/comments/${id}/edit`}>{texts.edit}</a>}
      {isOwn && (
        <details class="deletion">
          <summary>{texts.delete}</summary>
          <form method="post" action={`/comments/${id}/delete`}>
            <button type="submit">{texts.deleteForGood}</button>
          </form>
        </details>
      )}
      {hand.mayReport && !isOwn && (
        <a href={`/report?comment=${id}`} rel="nofollow">
          {texts.report}
        </a>
      )}
    </div>
  );
}
