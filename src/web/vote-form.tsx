import type { FeedItem } from '../feed/feed-item.ts';
import { formatNumber } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Site } from './layout.tsx';
import { originName } from './origin-name.ts';

/**
 * The button that votes and takes the vote back. On a page that readers share it is not pressed;
 * public/personal.js presses it for who has voted, and makes it work without leaving the page.
 */
export function VoteForm({ item, site }: { item: FeedItem; site: Site }) {
  const { paper, votes } = item;
  const hasVoted = site.marks?.voted.includes(paper.id) ?? false;
  return (
    <form
      class="vote"
      method="post"
      action={`${pathOfPaper(paper.id)}/vote`}
      data-vote={paper.id}
      data-elsewhere={votes - paper.votes}
    >
      <button
        type="submit"
        name="on"
        value={hasVoted ? '0' : '1'}
        aria-pressed={hasVoted ? 'true' : 'false'}
        title={votesElsewhere(item)}
      >
        <span aria-hidden="true">▲</span> <span data-count>{formatNumber(votes)}</span>
        <span class="unseen">{words.voting.votes}</span>
      </button>
    </form>
  );
}

/** Where else votes were cast; those of this instance move while the page is open. */
function votesElsewhere({ elsewhere }: FeedItem): string | undefined {
  if (elsewhere.length === 0) return undefined;
  return words.voting.elsewhere(
    elsewhere.map(({ origin, votes }) => ({ votes, origin: originName(origin) })),
  );
}
