// Pages that are lists: a day, a week, a month, what is trending, an edition, a name, a category.
import { raw } from 'hono/html';
import { presentDailyItem } from '../api/present-paper.ts';
import { addDays, type Day, monthOf, type Period, weekOf } from '../base/calendar.ts';
import type { Edition } from '../days/edition-store.ts';
import type { FeedItem, FeedPage } from '../feed/feed-item.ts';
import type { DayPage, PeriodPage } from '../feed/load-period.ts';
import type { TrendingItem, TrendingPage } from '../feed/load-trending.ts';
import type { FeedSubject } from '../syndication/feed-address.ts';
import { AlertLink } from './alert-link.tsx';
import { CiteList } from './cite-section.tsx';
import { counted, longDay, longMonth, shortDate } from './dates.ts';
import { DayByline } from './day-byline.tsx';
import { Layout, type Site } from './layout.tsx';
import { keepsMine } from './mine.ts';
import { type DayPlace, PaperCard } from './paper-card.tsx';
import { SubscribeBanner } from './subscribe-banner.tsx';

/** Which page of a list; `number` counts from 0. */
export type Paging = { number: number; size: number };

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

export function PeriodList({
  site,
  page,
  paging,
}: {
  site: Site;
  page: PeriodPage;
  paging: Paging;
}) {
  const { period } = page;
  const kind = period.kind === 'week' ? 'week' : 'month';
  const keyOf = kind === 'week' ? weekOf : monthOf;
  const link = (day: Day | undefined) =>
    day && { href: `/papers/${kind}/${keyOf(day)}`, label: keyOf(day) };
  const heading =
    kind === 'week'
      ? `Week ${Number(period.key.slice(6))} of ${period.key.slice(0, 4)}`
      : longMonth(period.first);
  const path = `/papers/${kind}/${period.key}`;
  return (
    <Layout
      site={site}
      head={{
        title: `Papers of ${kind === 'week' ? heading.toLowerCase() : heading}`,
        description: `${counted(page.listed, 'paper')} listed from ${longDay(period.first)} to ${longDay(addDays(period.end, -1))}.`,
        path: withPage(path, paging.number),
        current: kind,
        feeds: [{ kind }],
        previous: link(page.previous)?.href,
        next: link(page.next)?.href,
      }}
    >
      <SubscribeBanner site={site} />
      <PeriodHead heading={heading} previous={link(page.previous)} next={link(page.next)} />
      {page.days.length > 0 ? (
        <p class="tabs">
          {page.days.map(({ day, entries }) => (
            <a href={`/papers/date/${day}`}>
              {longDay(day).slice(0, 3)} {Number(day.slice(8))} <b>{entries}</b>
            </a>
          ))}
        </p>
      ) : (
        <p class="empty">No lists in this {kind}.</p>
      )}
      <Papers page={page} site={site} paging={paging} isRanked path={path} />
      {site.hasHfMarkup && (
        <HfProps
          site={site}
          period={period}
          items={page.items}
          previous={page.previous && keyOf(page.previous)}
          next={page.next && keyOf(page.next)}
        />
      )}
    </Layout>
  );
}

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

/** The papers of a name or a category, newest first, by cursor. */
export function TaggedList({
  site,
  heading,
  note,
  path,
  feed,
  page,
  nextCursor,
  isFirst,
}: {
  site: Site;
  heading: string;
  note: string;
  path: string;
  feed: FeedSubject;
  page: FeedPage;
  nextCursor: string | undefined;
  isFirst: boolean;
}) {
  const own = keepsMine(site);
  return (
    <Layout
      site={site}
      head={{ title: heading, description: note, path, feeds: [feed], isUnindexed: !isFirst }}
    >
      <SubscribeBanner site={site} />
      <div class="period">
        <h1>{heading}</h1>
        <p class="note">{note}</p>
        {feed.kind === 'author' && (
          <p class="note">
            <AlertLink topic={`author:${heading}`} label="Alert me of new papers under this name" />
          </p>
        )}
      </div>
      <div class="papers">
        <h2 class="unseen">Papers</h2>
        {page.items.map((item) => (
          <PaperCard item={item} site={site} />
        ))}
      </div>
      <CiteList path={path} />
      <p class="pages">
        {!isFirst && <a href={own(path)}>Newest</a>}
        {nextCursor && (
          <a rel="next" href={own(`${path}?after=${nextCursor}`)}>
            Older papers
          </a>
        )}
      </p>
    </Layout>
  );
}

type Step = { href: string; label: string } | undefined;

function PeriodHead({ heading, previous, next }: { heading: string; previous: Step; next: Step }) {
  return (
    <div class="period">
      <h1>{heading}</h1>
      <nav aria-label="Previous and next">
        {previous ? (
          <a rel="prev" href={previous.href}>
            ← {previous.label}
          </a>
        ) : (
          <span />
        )}
        {next && (
          <a rel="next" href={next.href}>
            {next.label} →
          </a>
        )}
      </nav>
    </div>
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

function Papers<Item extends FeedItem>({
  page,
  site,
  paging,
  isRanked,
  path,
  cardOf = () => ({}),
}: {
  page: { items: Item[]; hasMore: boolean };
  site: Site;
  paging: Paging;
  isRanked: boolean;
  path: string;
  /** What the list has to say of an item beside what every list says. */
  cardOf?: (item: Item) => { why?: string; place?: DayPlace | undefined };
}) {
  const first = paging.number * paging.size + 1;
  const own = keepsMine(site);
  return (
    <>
      <div class="papers">
        <h2 class="unseen">Papers</h2>
        {page.items.map((item, index) =>
          isRanked ? (
            <PaperCard item={item} site={site} rank={first + index} {...cardOf(item)} />
          ) : (
            <PaperCard item={item} site={site} />
          ),
        )}
      </div>
      {page.items.length > 0 && <CiteList path={path} />}
      {(paging.number > 0 || page.hasMore) && (
        <p class="pages">
          {paging.number > 0 && (
            <a rel="prev" href={own(withPage(path, paging.number - 1))}>
              Page {paging.number}
            </a>
          )}
          {page.hasMore && (
            <a rel="next" href={own(withPage(path, paging.number + 1))}>
              Page {paging.number + 2}
            </a>
          )}
        </p>
      )}
    </>
  );
}

function withPage(path: string, number: number): string {
  return number > 0 ? `${path}?p=${number}` : path;
}

/** The attribute in which Hugging Face's page carries its data, for programs that read it there. */
function HfProps({
  site,
  period,
  items,
  previous,
  next,
}: {
  site: Site;
  period: Period;
  items: FeedItem[];
  previous: string | undefined;
  next: string | undefined;
}) {
  const props = {
    periodType: period.kind,
    dateString: period.key,
    dailyPapers: items.map((item) => presentDailyItem(item, site.url)),
    prevDate: previous ?? null,
    nextDate: next ?? null,
  };
  return hydrater('DailyPapers', props);
}

export function hydrater(target: string, props: unknown) {
  return (
    <div class="SVELTE_HYDRATER contents" data-target={target} data-props={JSON.stringify(props)}>
      {raw('')}
    </div>
  );
}
