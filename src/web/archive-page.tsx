import { addDays, addMonths, type Day, monthOf } from '../base/calendar.ts';
import type { ArchiveYear } from '../feed/load-archive.ts';
import { formatNumber, longDay, monthName, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { type DayCell, MonthCalendar, Shade } from '../pictures/month-calendar.tsx';
import { type Step, stepsUpTo } from '../pictures/scale.ts';
import { Layout, type Site } from './layout.tsx';
import { PeriodHead } from './list-parts.tsx';

/** As many as the style sheet has. */
const SHADES = 5;
const MONTHS = 12;

export function archivePath(year: number): string {
  return `/papers/archive/${year}`;
}

/** A year at a glance: each day a cell that leads to the day. */
export function ArchivePage({ site, archive }: { site: Site; archive: ArchiveYear }) {
  const { year, years, listed, announced } = archive;
  const text = words.archive;
  const name = String(year);
  const steps = stepsUpTo(Math.max(0, ...listed.map(({ entries }) => entries)), SHADES);
  const yearStep = (other: number) => ({ href: archivePath(other), label: String(other) });
  const previous = years && year > years.first ? yearStep(year - 1) : undefined;
  const next = years && year < years.last ? yearStep(year + 1) : undefined;
  return (
    <Layout
      site={site}
      head={{
        title: text.title(name),
        description: text.description(name),
        path: archivePath(year),
        previous: previous?.href,
        next: next?.href,
      }}
    >
      <PeriodHead heading={text.heading(name)} previous={previous} next={next} />
      <Summary archive={archive} />
      {years && years.last > years.first && <Years years={years} shown={year} />}
      <div class="year">
        {cellsOf(archive).map((cells) => (
          <Month cells={cells} steps={steps} hasList={hasList(cells)} />
        ))}
      </div>
      {steps.length > 0 && <Legend steps={steps} hasAnnounced={announced.length > 0} />}
      {listed.length > 0 && <YearTable archive={archive} today={site.today} />}
    </Layout>
  );
}

function Summary({ archive: { listed, announced } }: { archive: ArchiveYear }) {
  const text = words.archive;
  const fullest = fullestOf(listed);
  if (!fullest) {
    return (
      <p class="note">{announced.length > 0 ? text.onlyAnnounced(announced.length) : text.empty}</p>
    );
  }
  const papers = listed.reduce((sum, { entries }) => sum + entries, 0);
  return (
    <p class="note">
      {text.found(
        { days: listed.length, papers },
        {
          papers: fullest.entries,
          link: <a href={`/papers/date/${fullest.day}`}>{longDay(fullest.day)}</a>,
        },
      )}
    </p>
  );
}

function Month({ cells, steps, hasList }: { cells: DayCell[]; steps: Step[]; hasList: boolean }) {
  const first = cells[0]?.day as Day;
  const key = monthOf(first);
  const id = `month-${key}`;
  return (
    <section>
      <h2 id={id}>
        {hasList ? <a href={`/papers/month/${key}`}>{monthName(first)}</a> : monthName(first)}
      </h2>
      <MonthCalendar cells={cells} steps={steps} labelledBy={id} />
    </section>
  );
}

function hasList(cells: DayCell[]): boolean {
  return cells.some(({ count }) => count > 0);
}

/** The days of the year's months. */
function cellsOf({ year, listed, announced }: ArchiveYear): DayCell[][] {
  const entriesOf = new Map(listed.map(({ day, entries }) => [day, entries]));
  const withAnnounced = new Set(announced);
  const text = words.archive;
  const cellOf = (day: Day): DayCell => {
    const count = entriesOf.get(day) ?? 0;
    const name = longDay(day);
    const isLinked = count > 0 || withAnnounced.has(day);
    return {
      day,
      count,
      href: isLinked ? `/papers/date/${day}` : undefined,
      label: count > 0 ? text.dayListed(name, count) : isLinked ? text.dayAnnounced(name) : name,
    };
  };
  return Array.from({ length: MONTHS }, (_, month) => {
    const first = addMonths(`${String(year).padStart(4, '0')}-01-01` as Day, month);
    const end = addMonths(first, 1);
    const days: DayCell[] = [];
    for (let day = first; day < end; day = addDays(day, 1)) days.push(cellOf(day));
    return days;
  });
}

function Legend({ steps, hasAnnounced }: { steps: Step[]; hasAnnounced: boolean }) {
  const text = words.archive;
  return (
    <div class="legend">
      <p id="legend">{text.legend}</p>
      <ul class="plain" aria-labelledby="legend">
        {hasAnnounced && (
          <li>
            <Shade step={0} /> {text.announced}
          </li>
        )}
        {steps.map(({ from, to }, index) => (
          <li>
            <Shade step={index + 1} /> {text.range(from, to)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The same in words and numbers. */
function YearTable({ archive: { listed }, today }: { archive: ArchiveYear; today: Day }) {
  const text = words.archive;
  const months = [...new Set(listed.map(({ day }) => monthOf(day)))];
  return (
    <details class="year-table">
      <summary>{text.table}</summary>
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col">{text.month}</th>
            <th scope="col">{text.days}</th>
            <th scope="col">{text.papers}</th>
            <th scope="col">{text.fullest}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => {
            const days = listed.filter(({ day }) => monthOf(day) === month);
            const fullest = fullestOf(days);
            return (
              <tr>
                <th scope="row">
                  <a href={`/papers/month/${month}`}>{monthName(`${month}-01` as Day)}</a>
                </th>
                <td data-label={text.days}>{formatNumber(days.length)}</td>
                <td data-label={text.papers}>
                  {formatNumber(days.reduce((sum, { entries }) => sum + entries, 0))}
                </td>
                <td data-label={text.fullest}>
                  {fullest && (
                    <>
                      <a href={`/papers/date/${fullest.day}`}>{shortDate(fullest.day, today)}</a>:{' '}
                      {text.dayWith(fullest.entries)}
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function Years({ years, shown }: { years: { first: number; last: number }; shown: number }) {
  const all = Array.from({ length: years.last - years.first + 1 }, (_, n) => years.last - n);
  return (
    <nav class="tabs" aria-label={words.archive.years}>
      {all.map((year) => (
        <a href={archivePath(year)} aria-current={year === shown ? 'page' : undefined}>
          {words.archive.year(String(year))}
        </a>
      ))}
    </nav>
  );
}

function fullestOf(days: ArchiveYear['listed']): ArchiveYear['listed'][number] | undefined {
  return days.reduce<(typeof days)[number] | undefined>(
    (most, day) => (most && most.entries >= day.entries ? most : day),
    undefined,
  );
}
