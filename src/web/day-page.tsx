import { addDays, type Day, monthOf, weekOf } from '../base/calendar.ts';
import type { Edition } from '../days/edition-store.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import type { DayPage } from '../feed/load-period.ts';
import { formatNumber, longDay, longMonth, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { archivePath } from './archive-page.tsx';
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
  const text = words.lists.day;
  const own = `/papers/date/${page.day}`;
  const stepTo = (day: Day | undefined) =>
    day && { href: `/papers/date/${day}`, label: shortDate(day, page.day) };
  const isList = page.view === 'list';
  const path = isList || page.listed === 0 ? own : `${own}/new`;
  const nothing = page.listed === 0 && page.announced === 0;
  return (
    <Layout
      site={site}
      head={{
        isList: true,
        title: text.title(longDay(page.day)),
        description: text.description(page.listed, page.announced, longDay(page.day)),
        path: withPage(path, paging.number),
        current: 'day',
        feeds: [{ kind: 'day' }, { kind: 'days' }],
        previous: page.previous && `/papers/date/${page.previous}`,
        next: page.next && `/papers/date/${page.next}`,
      }}
    >
      <SubscribeBanner site={site} />
      <PeriodHead
        kicker={text.kicker}
        heading={longDay(page.day)}
        previous={stepTo(page.previous)}
        next={stepTo(page.next)}
      >
        <DayByline {...byline} />
      </PeriodHead>
      <nav class="tabs" aria-label={text.views}>
        {page.listed > 0 && (
          <a href={own} aria-current={isList ? 'page' : undefined}>
            {text.list} <b>{formatNumber(page.listed)}</b>
          </a>
        )}
        {page.announced > 0 && (
          <a href={page.listed > 0 ? `${own}/new` : own} aria-current={isList ? undefined : 'page'}>
            {text.allNew} <b>{formatNumber(page.announced)}</b>
          </a>
        )}
        <a href={`/papers/week/${weekOf(page.day)}`}>
          {text.week(Number(weekOf(page.day).slice(6)))}
        </a>
        <a href={`/papers/month/${monthOf(page.day)}`}>{longMonth(page.day)}</a>
        <a href={archivePath(Number(page.day.slice(0, 4)))}>{words.archive.link}</a>
      </nav>
      {!isList && !nothing && (
        <p class="note">
          {page.listed > 0
            ? text.announcedBeside(site.categories.join(', '))
            : text.announcedIn(site.categories.join(', '))}
        </p>
      )}
      {nothing && <p class="empty">{text.nothing}</p>}
      {page.late.length > 0 && <LatePapers site={site} items={page.late} />}
      <Papers
        page={page}
        site={site}
        paging={paging}
        isRanked={isList}
        isFront={isList && paging.number === 0}
        path={path}
      />
      {page.editions.map((edition) => (
        <EditionLink edition={edition} />
      ))}
      {unlisted.length > 0 && (
        <section class="unlisted" aria-labelledby="unlisted">
          <h2 id="unlisted">{text.unlisted}</h2>
          {unlisted.map((item) => (
            <PaperCard site={site} item={item} why={text.unlistedNote} />
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
  const text = words.lists.day;
  return (
    <section class="late" aria-labelledby="late">
      <h2 id="late">{text.late}</h2>
      <p class="note">{text.lateNote}</p>
      {items.map((item) => (
        <PaperCard
          site={site}
          item={item}
          why={text.announced(
            shortDate(item.paper.announcedOn ?? item.paper.publishedAt, site.today),
          )}
        />
      ))}
    </section>
  );
}

function EditionLink({ edition }: { edition: Edition }) {
  return (
    <p class="note">
      {words.lists.day.savedPage(
        <a href={`/editions/${edition.slug}`}>{edition.title}</a>,
        edition.byline,
      )}
    </p>
  );
}
