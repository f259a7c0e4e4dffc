import type { TrendingItem, TrendingPage } from '../feed/load-trending.ts';
import { words } from '../language/words.ts';
import { Sparkline } from '../pictures/sparkline.tsx';
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
  const text = words.trending;
  return (
    <Layout
      site={site}
      head={{
        isList: true,
        title: text.title,
        description: text.description,
        path: withPage(path, paging.number),
        current: 'trending',
        feeds: [{ kind: 'trending' }],
      }}
    >
      <SubscribeBanner site={site} />
      <div class="period">
        <h1>{text.heading}</h1>
        <p class="note">{text.note}</p>
      </div>
      {page.items.length === 0 && <p class="empty">{text.empty}</p>}
      <Papers
        page={page}
        site={site}
        paging={paging}
        isRanked
        path={path}
        cardOf={(item) => ({
          why: <Why item={item} />,
          place: item.votes > 0 ? item.place : undefined,
        })}
      />
    </Layout>
  );
}

/**
 * `12 votes (9 weigh) and 3 comments in 2 days · #1 in cs.LG`, and what it gained here of late; of a paper of today
 * or yesterday that would be the same again.
 */
function Why({ item: { votes, why, rise } }: { item: TrendingItem }) {
  const text = words.trending;
  if (votes + why.comments === 0) return <>{text.nothing}</>;
  return (
    <>
      {text.why({ ...why, votes, weighing: why.votes })}
      {why.category && ` · ${text.placeInField(why.placeInCategory, why.category)}`}
      {rise && why.ageDays > 1 && (
        <span class="rise">
          <Sparkline growth={rise.growth} label={text.growth(rise.votes, rise.days)} size="small" />
          {text.rise(rise.votes, rise.days, rise.newVotes)}
        </span>
      )}
    </>
  );
}
