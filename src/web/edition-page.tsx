import type { Edition } from '../days/edition-store.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { longDay } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { CiteList } from './cite-section.tsx';
import { Layout, type Site } from './layout.tsx';
import { DensityChooser } from './look-chooser.tsx';
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
  const text = words.lists.edition;
  return (
    <Layout
      site={site}
      head={{
        isList: true,
        title: `${edition.title}, ${longDay(edition.day)}`,
        description: text.description(items.length),
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
          {text.note(items.length, longDay(edition.day), (date) => (
            <a href={`/papers/date/${edition.day}`}>{date}</a>
          ))}
        </p>
      </div>
      <DensityChooser />
      <div class="papers">
        <h2 class="unseen">{words.lists.papers}</h2>
        {items.map(({ item, comments }, index) => (
          <PaperCard item={item} site={site} rank={index + 1} comments={comments} />
        ))}
      </div>
      <CiteList path={`/editions/${edition.slug}`} />
    </Layout>
  );
}
