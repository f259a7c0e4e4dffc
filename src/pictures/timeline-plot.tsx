import { addDays, type Day } from '../base/calendar.ts';
import { formatNumber, mediumDate, shortMonth, shortMonthName } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { coordinate, roundUp } from './scale.ts';

/** Papers and their votes in weeks, months or years that follow each other without a gap. */
export type Timeline = {
  unit: 'week' | 'month' | 'year';
  periods: { first: Day; papers: number; votes: number }[];
};

/** Of one series, in dots; across it is as wide as there is room. */
const PANEL = { height: 104, top: 22, bottom: 84 };
/** So many of them can be written below the narrowest plot. */
const MAX_LABELS = 6;
/** A label that begins further right, in percent, would end beyond the edge. */
const LAST_START = 88;

type Series = 'papers' | 'votes';

/**
 * Papers as bars above votes as a line, each with a scale of its own, because one paper and one vote are not
 * the same height; the numbers stand in words and in a table below.
 */
export function TimelinePlot({ timeline }: { timeline: Timeline }) {
  const { pictures } = words;
  const { periods } = timeline;
  const totals = {
    papers: periods.reduce((sum, { papers }) => sum + papers, 0),
    votes: periods.reduce((sum, { votes }) => sum + votes, 0),
  };
  const series: Series[] = totals.votes > 0 ? ['papers', 'votes'] : ['papers'];
  return (
    <figure class="timeline">
      <figcaption>{pictures.timeline(totals, ...endsOf(timeline))}</figcaption>
      <div class="panels">
        {series.map((name) => (
          <Panel timeline={timeline} series={name} />
        ))}
      </div>
      <details>
        <summary>{pictures.numbers}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{pictures.unit[timeline.unit]}</th>
              <th scope="col">{pictures.papers}</th>
              <th scope="col">{pictures.votes}</th>
            </tr>
          </thead>
          <tbody>
            {periods
              .map(({ papers, votes }, place) => (
                <tr>
                  <th scope="row">{nameOf(timeline, place)}</th>
                  <td>{formatNumber(papers)}</td>
                  <td>{formatNumber(votes)}</td>
                </tr>
              ))
              .reverse()}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Panel({ timeline, series }: { timeline: Timeline; series: Series }) {
  const { pictures } = words;
  const values = timeline.periods.map((period) => period[series]);
  const most = roundUp(Math.max(...values));
  const { height, top, bottom } = PANEL;
  const fullest = values.indexOf(Math.max(...values));
  const label = pictures.panel[series](
    values[fullest] ?? 0,
    nameOf(timeline, fullest),
    timeline.unit,
  );
  return (
    <svg class={`panel ${series}`} width="100%" height={height} role="img" aria-label={label}>
      <text class="scale" x="0" y={top - 7}>
        {pictures.scale[series](most, timeline.unit)}
      </text>
      <line class="grid" x1="0" x2="100%" y1={top} y2={top} />
      {/* Stretched to the width there is; lines keep theirs. */}
      <svg
        y={top}
        width="100%"
        height={bottom - top}
        viewBox={`0 0 ${values.length} ${most}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {series === 'papers'
          ? values.map((value, place) => (
              <rect class="bar" x={place + 0.14} y={most - value} width="0.72" height={value} />
            ))
          : shapes(values, most)}
      </svg>
      {series === 'votes' &&
        values.map(
          (value, place) =>
            value > 0 && (
              <circle
                class="dot"
                cx={percent((place + 0.5) / values.length)}
                cy={coordinate(bottom - (value / most) * (bottom - top))}
                r="2.5"
              />
            ),
        )}
      <line class="axis" x1="0" x2="100%" y1={bottom} y2={bottom} />
      {ticksOf(timeline).map(({ label: name, at }) => (
        <>
          <line class="axis" x1={percent(at)} x2={percent(at)} y1={bottom} y2={bottom + 5} />
          <text
            class="year"
            x={percent(at)}
            y={bottom + 17}
            dx={at * 100 > LAST_START ? 0 : 3}
            text-anchor={at * 100 > LAST_START ? 'end' : 'start'}
          >
            {name}
          </text>
        </>
      ))}
    </svg>
  );
}

function shapes(values: number[], most: number) {
  const line = values.map((value, place) => `${place + 0.5} ${coordinate(most - value)}`).join('L');
  return (
    <>
      <path class="area" d={`M${line}V${most}H0.5Z`} />
      <path class="line" d={`M${line}`} vector-effect="non-scaling-stroke" />
    </>
  );
}

/** Where years begin, or months where weeks are shown, as shares of the width; of many, every second, fifth or so. */
function ticksOf({ unit, periods }: Timeline): { label: string; at: number }[] {
  const starts = periods.flatMap(({ first }, place) => {
    const at = place / periods.length;
    if (unit === 'week') {
      const sunday = addDays(first, 6);
      return Number(sunday.slice(8)) <= 7 ? [{ label: shortMonthName(sunday), number: 0, at }] : [];
    }
    const year = first.slice(0, 4);
    return first.slice(5, 7) === '01' ? [{ label: year, number: Number(year), at }] : [];
  });
  const every = roundUp(starts.length / MAX_LABELS);
  return starts.filter(({ number }) => number % every === 0);
}

/** The first and the last of what is shown: of weeks their days. */
function endsOf(timeline: Timeline): [string, string] {
  const { unit, periods } = timeline;
  const [first, last] = [periods[0]?.first, periods.at(-1)?.first];
  if (unit === 'week' && first && last) return [mediumDate(first), mediumDate(addDays(last, 6))];
  return [nameOf(timeline, 0), nameOf(timeline, periods.length - 1)];
}

function nameOf({ unit, periods }: Timeline, place: number): string {
  const first = periods[place]?.first;
  if (!first) return '';
  if (unit === 'week') return words.pictures.weekOf(mediumDate(first));
  return unit === 'year' ? first.slice(0, 4) : shortMonth(first);
}

function percent(share: number): string {
  return `${coordinate(share * 100)}%`;
}
