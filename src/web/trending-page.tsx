import type { TrendingItem, TrendingPage } from '../feed/load-trending.ts';
import { counted } from './dates.ts';
import { Layout, type Site } from './layout.tsx';
import { type Paging, Papers, withPage } from './list-parts.tsx';
import { SubscribeBanner } from './subscribe-banner.tsx';

export function TrendingList({
  site,
  page,
  paging,
}: {
  site: Site;
  page: TrendingPage;
  paging: Paging;
}) {
  const path = '/papers/trending';
  return (
    <Layout
      site={site}
      head={{
        isList: true,
        title: 'Trending papers',
        description: 'The papers that are talked about most for their age and field.',
        path: withPage(path, paging.number),
        current: 'trending',
        feeds: [{ kind: 'trending' }],
      }}
    >
      <SubscribeBanner site={site} />
      <div class="period">
        <h1>Trending</h1>
        <p class="note">
          By votes and comments, which count less the older the paper and the busier its field. Old
          papers may be on it.
        </p>
      </div>
      {page.items.length === 0 && <p class="empty">No paper was listed or voted for yet.</p>}
      <Papers
        page={page}
        site={site}
        paging={paging}
        isRanked
        path={path}
        cardOf={(item) => ({
          why: whyTrending(item),
          place: item.votes > 0 ? item.place : undefined,
        })}
      />
    </Layout>
  );
}

/** `12 votes (9 weigh) and 3 comments in 2 days; #1 in cs.LG` */
function whyTrending({ votes, why }: TrendingItem): string {
  if (votes + why.comments === 0) return 'No votes or comments yet';
  const weighing = why.votes < votes ? ` (${why.votes.toLocaleString('en')} weigh)` : '';
  const time = why.ageDays === 0 ? 'today' : `in ${counted(why.ageDays, 'day')}`;
  const field = why.category ? `; #${why.placeInCategory} in ${why.category}` : '';
  return `${counted(votes, 'vote')}${weighing} and ${counted(why.comments, 'comment')} ${time}${field}`;
}
