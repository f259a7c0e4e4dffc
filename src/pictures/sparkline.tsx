import { formatNumber } from '../language/formats.ts';
import type { Growth } from './growth.ts';
import { coordinate } from './scale.ts';

/** In units of the picture; the style sheet says how large it stands. */
const SIZES = {
  small: { width: 56, height: 16, dot: 1.8, beside: 0 },
  /** With room beside its end for the total. */
  large: { width: 280, height: 56, dot: 3, beside: 56 },
};

/** Longer lines are thinned out: more points than dots on a screen show nothing more. */
const MAX_POINTS = 240;

/** A total that grew, as a line that ends in a dot. `label` says in words what it shows. */
export function Sparkline({
  growth,
  label,
  size,
}: {
  growth: Growth;
  label: string;
  size: keyof typeof SIZES;
}) {
  const { width, height, dot } = SIZES[size];
  const points = placesOf(thinned(growth), SIZES[size]);
  const last = points.at(-1);
  if (!last || points.length < 2) return null;
  const line = points.map(({ x, y }) => `${x} ${y}`).join('L');
  return (
    <svg
      class={`sparkline ${size}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {size === 'large' && <path class="area" d={`M${line}V${height - dot}H${points[0]?.x}Z`} />}
      <path class="line" d={`M${line}`} />
      <circle class="end" cx={last.x} cy={last.y} r={dot} />
      {size === 'large' && (
        <text x={last.x + 3 * dot} y={last.y + 9}>
          {formatNumber(growth.at(-1)?.total ?? 0)}
        </text>
      )}
    </svg>
  );
}

function placesOf(growth: Growth, { width, height, dot, beside }: (typeof SIZES)['small']) {
  const most = Math.max(1, ...growth.map(({ total }) => total));
  const across = (width - 2 * dot - beside) / Math.max(1, growth.length - 1);
  const up = height - 2 * dot;
  return growth.map(({ total }, index) => ({
    x: coordinate(dot + index * across),
    y: coordinate(height - dot - (total / most) * up),
  }));
}

/** Every n-th, and always the last. */
function thinned(growth: Growth): Growth {
  const every = Math.ceil(growth.length / MAX_POINTS);
  return growth.filter((_, index) => (growth.length - 1 - index) % every === 0);
}
