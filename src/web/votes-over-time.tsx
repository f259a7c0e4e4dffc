import type { Day } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import { longDay, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { type Growth, growthOf } from '../pictures/growth.ts';
import { Sparkline } from '../pictures/sparkline.tsx';
import { listDailyVotes } from '../votes/daily-votes.ts';

/**
 * How the votes of people here added up, from the first day to the last one; undefined where there are too few to
 * make a line: votes elsewhere are known by their number only. One query.
 */
export async function loadVotesOverTime(db: Db, paperKey: number): Promise<Growth | undefined> {
  const counts = await listDailyVotes(db, [paperKey]);
  const first = counts[0]?.day;
  const last = counts.at(-1)?.day;
  return first && last && first < last ? growthOf(counts, first, last) : undefined;
}

/** Nothing where there is no line. */
export function VotesOverTime({ growth, today }: { growth: Growth | undefined; today: Day }) {
  const [first, last] = [growth?.[1], growth?.at(-1)];
  if (!growth || !first || !last) return null;
  const label = words.pictures.growthOfVotes(last.total, longDay(first.day), longDay(last.day));
  return (
    <figure class="votes-over-time">
      <Sparkline growth={growth} label={label} size="large" />
      <figcaption>
        {words.pictures.votesHere(
          last.total,
          shortDate(first.day, today),
          shortDate(last.day, today),
        )}
      </figcaption>
    </figure>
  );
}
