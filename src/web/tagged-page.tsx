import type { FeedPage } from '../feed/feed-item.ts';
import { words } from '../language/words.ts';
import { type Timeline, TimelinePlot } from '../pictures/timeline-plot.tsx';
import type { FeedSubject } from '../syndication/feed-address.ts';
import { AlertLink } from './alert-link.tsx';
import { CiteList } from './cite-section.tsx';
import { Layout, type Site } from './layout.tsx';
import { keepsMine } from './mine.ts';
import { PaperCard } from './paper-card.tsx';
import { SubscribeBanner } from './subscribe-banner.tsx';

/** The papers of a name or a category, newest first, by cursor. */
export function TaggedList({
  site,
  heading,
  note,
  path,
  feed,
  timeline,
  page,
  nextCursor,
  isFirst,
}: {
  site: Site;
  heading: string;
  note: string;
  path: string;
  feed: FeedSubject;
  /** Its papers over time, on the first page. */
  timeline: Timeline | undefined;
  page: FeedPage;
  nextCursor: string | undefined;
  isFirst: boolean;
}) {
  const own = keepsMine(site);
  return (
    <Layout
      site={site}
      head={{
        title: heading,
        description: note,
        path,
        feeds: [feed],
        isList: true,
        isUnindexed: !isFirst,
      }}
    >
      <SubscribeBanner site={site} />
      <div class="period">
        <h1>{heading}</h1>
        <p class="note">{note}</p>
        {feed.kind === 'author' && (
          <p class="note">
            <AlertLink topic={`author:${heading}`} label={words.tagged.alert} />
          </p>
        )}
      </div>
      {timeline && <TimelinePlot timeline={timeline} />}
      <div class="papers">
        <h2 class="unseen">{words.tagged.papers}</h2>
        {page.items.map((item) => (
          <PaperCard item={item} site={site} />
        ))}
      </div>
      <CiteList path={path} />
      <p class="pages">
        {!isFirst && <a href={own(path)}>{words.tagged.newest}</a>}
        {nextCursor && (
          <a rel="next" href={own(`${path}?after=${nextCursor}`)}>
            {words.tagged.older}
          </a>
        )}
      </p>
    </Layout>
  );
}
