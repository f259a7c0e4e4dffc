import type { FeedItem } from '../feed/feed-item.ts';
import type { Marks } from '../feed/marks.ts';
import { formatNumber } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { originName } from './origin-name.ts';

const TARGET = 'votes';

/**
 * The button that votes and takes the vote back. On a page that readers share it is not pressed;
 * public/personal.js presses it for who has voted, and makes it work without leaving the page.
 * Its form is that of the page, VoteTarget: browsers look through each form of a page once it is there, which on a
 * list of fifty papers kept a slow phone busy.
 */
export function VoteButton({ item, marks }: { item: FeedItem; marks: Marks | undefined }) {
  const { paper, votes } = item;
  const hasVoted = marks?.voted.includes(paper.id) ?? false;
  return (
    <button
      type="submit"
      class="vote"
      form={TARGET}
      formaction={`${pathOfPaper(paper.id)}/vote`}
      name="on"
      value={hasVoted ? '0' : '1'}
      aria-pressed={hasVoted ? 'true' : 'false'}
      title={votesElsewhere(item)}
      data-vote={paper.id}
      data-elsewhere={votes - paper.votes}
    >
      <span aria-hidden="true">▲</span> <span data-count>{formatNumber(votes)}</span>
      <span class="unseen">{words.voting.votes}</span>
    </button>
  );
}

/** The form of all vote buttons of a page. */
export function VoteTarget() {
  return <form id={TARGET} method="post"></form>;
}

/** Where else votes were cast; those of this instance move while the page is open. */
function votesElsewhere({ elsewhere }: FeedItem): string | undefined {
  if (elsewhere.length === 0) return undefined;
  return words.voting.elsewhere(
    elsewhere.map(({ origin, votes }) => ({ votes, origin: originName(origin) })),
  );
}
