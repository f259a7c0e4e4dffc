import type { Edition } from '../days/edition-store.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { CiteList } from './cite-section.tsx';
import { counted, longDay } from './dates.ts';
import { Layout, type Site } from './layout.tsx';
import { PaperCard } from './paper-card.tsx';
import { SubscribeBanner } from './subscribe-banner.tsx';

export function EditionList({
  site,
  edition,
  items,
}: {
  site: Site;
  edition: Edition;
  items: { item: FeedItem; comments: number }[];
}) {
  return (
    <Layout
      site={site}
      head={{
        isList: true,
        title: `${edition.title}, ${longDay(edition.day)}`,
        description: `${counted(items.length, 'paper')} in the order of the page.`,
        path: `/editions/${edition.slug}`,
        current: 'day',
        feeds: [{ kind: 'edition', slug: edition.slug }],
      }}
    >
      <SubscribeBanner site={site} />
      <div class="period">
        <h1>{edition.title}</h1>
        {edition.byline && <p class="byline">{edition.byline}</p>}
        <p class="note">
          {counted(items.length, 'paper')}, as a saved page of{' '}
          <a href={`/papers/date/${edition.day}`}>{longDay(edition.day)}</a> shows them.
        </p>
      </div>
      <div class="papers">
        <h2 class="unseen">Papers</h2>
        {items.map(({ item, comments }, index) => (
          <PaperCard item={item} site={site} rank={index + 1} comments={comments} />
        ))}
      </div>
      <CiteList path={`/editions/${edition.slug}`} />
    </Layout>
  );
}
