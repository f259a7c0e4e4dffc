import { type Day, weekdayOf } from '../base/calendar.ts';
import { weekdayLetter } from '../language/formats.ts';
import { type Step, stepOf } from './scale.ts';

export type DayCell = {
  day: Day;
  count: number;
  /** Where a click on it goes; a day without one is only shown. */
  href: string | undefined;
  /** The day and what it has, in words. */
  label: string;
};

/** A cell is as large as a finger needs it (WCAG 2.2, target size). */
const CELL = 24;
const PITCH = CELL + 1;
/** For the letters of the weekdays. */
const LEFT = 13;
const WEEKDAYS = 7;
/** No month touches more. */
const WEEKS = 6;
const WIDTH = LEFT + WEEKS * PITCH;
const HEIGHT = WEEKDAYS * PITCH;
/** A week of any year that begins on a Monday, for the letters. */
const SOME_WEEK = Array.from({ length: WEEKDAYS }, (_, n) => `2024-01-0${n + 1}` as Day);

/**
 * The days of a month, weeks as columns that begin on Monday; each day's shade says in which of the `steps` its
 * count is.
 */
export function MonthCalendar({
  cells,
  steps,
  labelledBy,
}: {
  cells: DayCell[];
  steps: Step[];
  labelledBy: string;
}) {
  const before = (weekdayOf(cells[0]?.day as Day) + 6) % WEEKDAYS;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no fieldset in SVG.
    <svg class="month" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-labelledby={labelledBy}>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus. */}
      <g class="weekdays" aria-hidden="true">
        {SOME_WEEK.map((day, row) => (
          <text x="0" y={row * PITCH + 16}>
            {weekdayLetter(day)}
          </text>
        ))}
      </g>
      {cells.map((cell, index) => (
        <Cell cell={cell} place={before + index} step={stepOf(cell.count, steps)} />
      ))}
    </svg>
  );
}

/** A day that leads nowhere has no number, so that the eye finds those that do. */
function Cell({ cell, place, step }: { cell: DayCell; place: number; step: number }) {
  const { day, href, label } = cell;
  const x = LEFT + Math.floor(place / WEEKDAYS) * PITCH;
  const y = (place % WEEKDAYS) * PITCH;
  const square = <rect x={x} y={y} width={CELL} height={CELL} rx="3" />;
  if (!href) return <g class="day">{square}</g>;
  return (
    <a class={`day step-${step}`} href={href} aria-label={label}>
      {square}
      <text x={x + CELL / 2} y={y + 16}>
        {Number(day.slice(8))}
      </text>
    </a>
  );
}

/** A shade as the legend shows it. */
export function Shade({ step }: { step: number }) {
  return (
    <svg class="shade" viewBox={`0 0 ${CELL} ${CELL}`} aria-hidden="true">
      <g class={`day step-${step}`}>
        <rect width={CELL} height={CELL} rx="3" />
      </g>
    </svg>
  );
}
