import { addDays, monthOf, weekOf } from '../base/calendar.ts';
import type { Edition } from '../days/edition-store.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import type { DayPage } from '../feed/load-period.ts';
import { counted, longDay, longMonth, shortDate } from './dates.ts';
import { DayByline } from './day-byline.tsx';
import { HfProps } from './hf-props.tsx';
import { Layout, type Site } from './layout.tsx';
import { type Paging, Papers, PeriodHead, withPage } from './list-parts.tsx';
import { PaperCard } from './paper-card.tsx';
import { SubscribeBanner } from './subscribe-banner.tsx';

export function DayList({
  site,
  page,
  paging,
  byline,
  unlisted,
}: {
  site: Site;
  page: DayPage;
  paging: Paging;
  byline: { editors: string[]; community: string };
  /** What was taken off the list, for whoever may put it back. */
  unlisted: FeedItem[];
}) {
  const own = `/papers/date/${page.day}`;
  const isList = page.view === 'list';
  const path = isList || page.listed === 0 ? own : `${own}/new`;
  const nothing = page.listed === 0 && page.announced === 0;
  return (
    <Layout
      site={site}
      head={{
        isList: true,
        title: `Papers of ${longDay(page.day)}`,
        description: `${counted(page.listed, 'paper')} listed and ${page.announced.toLocaleString('en')} more announced on ${longDay(page.day)}.`,
        path: withPage(path, paging.number),
        current: 'day',
        feeds: [{ kind: 'day' }, { kind: 'days' }],
        previous: page.previous && `/papers/date/${page.previous}`,
        next: page.next && `/papers/date/${page.next}`,
      }}
    >
      <SubscribeBanner site={site} />
      <PeriodHead
        heading={longDay(page.day)}
        previous={page.previous && { href: `/papers/date/${page.previous}`, label: page.previous }}
        next={page.next && { href: `/papers/date/${page.next}`, label: page.next }}
      />
      <DayByline {...byline} />
      <p class="tabs">
        {page.listed > 0 && (
          <a href={own} aria-current={isList ? 'page' : undefined}>
            The list <b>{page.listed.toLocaleString('en')}</b>
          </a>
        )}
        {page.announced > 0 && (
          <a href={page.listed > 0 ? `${own}/new` : own} aria-current={isList ? undefined : 'page'}>
            All new <b>{page.announced.toLocaleString('en')}</b>
          </a>
        )}
        <a href={`/papers/week/${weekOf(page.day)}`}>Week {Number(weekOf(page.day).slice(6))}</a>
        <a href={`/papers/month/${monthOf(page.day)}`}>{longMonth(page.day)}</a>
      </p>
      {page.editions.map((edition) => (
        <EditionLink edition={edition} />
      ))}
      {!isList && !nothing && (
        <p class="note">
          Everything announced in {site.categories.join(', ')}
          {page.listed > 0 ? ' that is not on the list' : ''}, newest first.
        </p>
      )}
      {nothing && <p class="empty">Nothing was listed or announced on this day.</p>}
      {page.late.length > 0 && <LatePapers site={site} items={page.late} />}
      <Papers page={page} site={site} paging={paging} isRanked={isList} path={path} />
      {unlisted.length > 0 && (
        <section class="unlisted" aria-labelledby="unlisted">
          <h2 id="unlisted">Taken off the list</h2>
          {unlisted.map((item) => (
            <PaperCard site={site} item={item} why="Only editors see this here" />
          ))}
        </section>
      )}
      {isList && site.hasHfMarkup && (
        <HfProps
          site={site}
          period={{ kind: 'day', key: page.day, first: page.day, end: addDays(page.day, 1) }}
          items={page.items}
          previous={page.previous}
          next={page.next}
        />
      )}
    </Layout>
  );
}

function LatePapers({ site, items }: { site: Site; items: FeedItem[] }) {
  return (
    <section class="late" aria-labelledby="late">
      <h2 id="late">Arrived late</h2>
      <p class="note">
        Announced before this day, but not yet in their own day’s announcement when it was first
        read. They are on the lists of their days as well.
      </p>
      {items.map((item) => (
        <PaperCard
          site={site}
          item={item}
          why={`Announced ${shortDate(item.paper.announcedOn ?? item.paper.publishedAt, site.today)}`}
        />
      ))}
    </section>
  );
}

function EditionLink({ edition }: { edition: Edition }) {
  return (
    <p class="note">
      Saved page of this day: <a href={`/editions/${edition.slug}`}>{edition.title}</a>
      {edition.byline && ` ${edition.byline}`}
    </p>
  );
}
