import { raw } from 'hono/html';
import { type Day, weekOf } from '../base/calendar.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import type { BestOfDay } from '../feed/load-best.ts';
import { weekdayAndDay } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';

type Line = { item: FeedItem; day?: Day };
type Group = { label: string; href: string; papers: number; lines: Line[] };

/** The first papers of each day, a column a day of a week or a week of a month. */
export function BestOfDays({
  kind,
  best,
  days,
}: {
  kind: 'week' | 'month';
  best: BestOfDay[];
  days: { day: Day; entries: number }[];
}) {
  const entriesOf = new Map(days.map(({ day, entries }) => [day, entries]));
  const groups = kind === 'week' ? daysOf(best, entriesOf) : weeksOf(best, entriesOf);
  return (
    <section class={`best ${kind}`} aria-labelledby="best">
      <h2 id="best">{words.period.best}</h2>
      <div class="columns">
        {groups.map(({ label, href, papers, lines }) => (
          <section>
            <h3>
              <a href={href}>{label}</a> <small>{words.period.listed(papers)}</small>
            </h3>
            <ol class="plain">
              {lines.map((line) => (
                <BestLine {...line} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </section>
  );
}

function BestLine({ item, day }: Line) {
  return (
    <li>
      <a href={pathOfPaper(item.paper.id)}>{raw(item.rendering?.titleHtml ?? '')}</a>{' '}
      <small>
        {day && (
          <>
            <a href={dayPath(day)}>{weekdayAndDay(day)}</a>
            {' · '}
          </>
        )}
        {words.period.votes(item.votes)}
      </small>
    </li>
  );
}

function daysOf(best: BestOfDay[], entriesOf: Map<Day, number>): Group[] {
  return best.map(({ day, items }) => ({
    label: weekdayAndDay(day),
    href: dayPath(day),
    papers: entriesOf.get(day) ?? 0,
    lines: items.map((item) => ({ item })),
  }));
}

function weeksOf(best: BestOfDay[], entriesOf: Map<Day, number>): Group[] {
  const weeks = new Map<string, Group>();
  for (const { day, items } of best) {
    const key = weekOf(day);
    const group = weeks.get(key) ?? {
      label: words.period.weekShort(Number(key.slice(6))),
      href: `/papers/week/${key}`,
      papers: 0,
      lines: [],
    };
    group.papers += entriesOf.get(day) ?? 0;
    group.lines.push(...items.map((item) => ({ item, day })));
    weeks.set(key, group);
  }
  return [...weeks.values()];
}

function dayPath(day: Day): string {
  return `/papers/date/${day}`;
}
