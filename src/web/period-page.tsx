import { addDays, type Day, monthOf, weekOf } from '../base/calendar.ts';
import type { BestOfDay } from '../feed/load-best.ts';
import type { PeriodPage } from '../feed/load-period.ts';
import { formatNumber, longDay, longMonth, weekdayAndDay } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { archivePath } from './archive-page.tsx';
import { BestOfDays } from './best-of-days.tsx';
import { HfProps } from './hf-props.tsx';
import { Layout, type Site } from './layout.tsx';
import { type Paging, Papers, PeriodHead, withPage } from './list-parts.tsx';
import { SubscribeBanner } from './subscribe-banner.tsx';

export function PeriodList({
  site,
  page,
  paging,
  best,
}: {
  site: Site;
  page: PeriodPage;
  paging: Paging;
  /** On the first page; the others show the days alone. */
  best: BestOfDay[] | undefined;
}) {
  const text = words.period;
  const { period } = page;
  const kind = period.kind === 'week' ? 'week' : 'month';
  const keyOf = kind === 'week' ? weekOf : monthOf;
  const link = (day: Day | undefined) =>
    day && { href: `/papers/${kind}/${keyOf(day)}`, label: keyOf(day) };
  const year = period.key.slice(0, 4);
  const week = Number(period.key.slice(6));
  const month = longMonth(period.first);
  const path = `/papers/${kind}/${period.key}`;
  return (
    <Layout
      site={site}
      head={{
        isList: true,
        title: kind === 'week' ? text.titleOfWeek(week, year) : text.titleOfMonth(month),
        description: text.description(
          page.listed,
          longDay(period.first),
          longDay(addDays(period.end, -1)),
        ),
        path: withPage(path, paging.number),
        current: kind,
        feeds: [{ kind }],
        previous: link(page.previous)?.href,
        next: link(page.next)?.href,
      }}
    >
      <SubscribeBanner site={site} />
      <PeriodHead
        heading={kind === 'week' ? text.week(week, year) : month}
        previous={link(page.previous)}
        next={link(page.next)}
      />
      <p class="tabs">
        {!best &&
          page.days.map(({ day, entries }) => (
            <a href={`/papers/date/${day}`}>
              {weekdayAndDay(day)} <b>{formatNumber(entries)}</b>
            </a>
          ))}
        {kind === 'week' && (
          <a href={`/papers/month/${monthOf(period.first)}`}>{longMonth(period.first)}</a>
        )}
        <a href={archivePath(Number(year))}>{text.wholeYear(year)}</a>
      </p>
      {page.days.length === 0 && <p class="empty">{text.empty(kind)}</p>}
      {best && best.length > 0 && <BestOfDays kind={kind} best={best} days={page.days} />}
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
