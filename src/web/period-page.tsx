import { addDays, type Day, monthOf, weekOf } from '../base/calendar.ts';
import type { PeriodPage } from '../feed/load-period.ts';
import { counted, longDay, longMonth } from './dates.ts';
import { HfProps } from './hf-props.tsx';
import { Layout, type Site } from './layout.tsx';
import { type Paging, Papers, PeriodHead, withPage } from './list-parts.tsx';
import { SubscribeBanner } from './subscribe-banner.tsx';

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
        isList: true,
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
