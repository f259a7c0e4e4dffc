import type { Growth } from './growth.ts';
import { coordinate } from './scale.ts';

/** In units of the picture; the style sheet says how large it stands. */
const SIZES = {
  small: { width: 56, height: 16, dot: 1.8 },
  large: { width: 240, height: 56, dot: 3 },
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
  const points = placesOf(thinned(growth), { width, height, dot });
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
    </svg>
  );
}

function placesOf(growth: Growth, { width, height, dot }: (typeof SIZES)['small']) {
  const most = Math.max(1, ...growth.map(({ total }) => total));
  const across = (width - 2 * dot) / Math.max(1, growth.length - 1);
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
