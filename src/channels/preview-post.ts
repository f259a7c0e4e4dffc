import { addDays, startOfDay } from '../base/calendar.ts';
import type { Config } from '../config.ts';
import type { Channel } from './channel.ts';
import { choosePapersOfDay, filterPapers, untold } from './choose-papers.ts';
import { type Planning, readCrossings } from './plan-posts.ts';
import { composePost, type PostContent } from './post-content.ts';

/** How many of the papers that crossed last are looked through for one that the filters let through. */
const MAX_LOOKED_AT = 200;
const BACK_DAYS = 30;

/** What a channel would be told if it were due now; undefined when that would be nothing. Throws `unavailable`. */
export async function previewPost(
  planning: Pick<Planning, 'database' | 'search' | 'today'> & {
    config: Pick<Config, 'name' | 'url'>;
  },
  channel: Channel,
): Promise<{ occasion: string; content: PostContent } | undefined> {
  const { database, search, today, config } = planning;
  const parts = { db: database.read, search };
  if (channel.trigger === 'day') {
    const closed = addDays(today(), -1);
    // Of a day that was posted the next one is shown, as far as it has come.
    const isCovered = channel.coveredUntil !== undefined && channel.coveredUntil > closed;
    const day = isCovered ? today() : closed;
    const occasion = `day ${day}`;
    const papers = await choosePapersOfDay(parts, channel, day);
    return composed(await composePost({ db: parts.db, config }, { occasion, papers }), occasion);
  }
  const from = startOfDay(addDays(today(), -BACK_DAYS));
  const crossed = await readCrossings(parts.db, channel.votes, from);
  const last = crossed.slice(-MAX_LOOKED_AT).reverse();
  const keys = last.map(({ paperKey }) => paperKey);
  const [key] = await filterPapers(parts, channel.topics, keys);
  const ids = await untold(parts.db, '', key === undefined ? [] : [key]);
  const papers = [...ids.values()];
  const occasion = `votes ${papers[0] ?? ''}`;
  return composed(await composePost({ db: parts.db, config }, { occasion, papers }), occasion);
}

function composed(content: PostContent | undefined, occasion: string) {
  return content && { occasion, content };
}
