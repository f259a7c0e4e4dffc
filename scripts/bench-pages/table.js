// The figures as Markdown, and where they stand in docs/benchmarks.md.

const GOALS = { fcp: 1_200, lcp: 1_800, shift: 0, blocking: 50 };
const BEGIN = '<!-- bench:pages -->';
const END = '<!-- /bench:pages -->';

const HEADS = [
  'page',
  'first paint',
  'largest paint',
  'shift',
  'blocked',
  'HTML',
  'CSS',
  'JS',
  'fonts',
  'requests',
];

/** `rows`: a name and the visits to that page. */
export function renderTable(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(HEADS),
    line(HEADS.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map(({ name, visits }) => {
      const times = (key) => `${round(median(visits, key))} / ${round(high(visits, key))}`;
      const kilobytes = (key) => (median(visits, key) / 1_000).toFixed(1);
      return line([
        name,
        times('fcp'),
        times('lcp'),
        high(visits, 'shift').toFixed(2),
        times('blocking'),
        ...['html', 'css', 'js', 'fonts'].map(kilobytes),
        median(visits, 'requests'),
      ]);
    }),
  ];
}

/** What is above its goal in the middle of the visits; of shifts and requests to other hosts none may be. */
export function missedGoals(rows) {
  return rows.flatMap(({ name, visits }) => [
    ...['fcp', 'lcp', 'blocking']
      .filter((key) => !(median(visits, key) <= GOALS[key]))
      .map((key) => `${name}: ${key} ${round(median(visits, key))} ms`),
    ...(high(visits, 'shift') >= 0.005
      ? [`${name}: shift ${high(visits, 'shift').toFixed(3)}`]
      : []),
    ...(high(visits, 'elsewhere') > 0 ? [`${name}: asked another host`] : []),
  ]);
}

/** `text` with the lines between the marks. */
export function putIn(text, lines) {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md lacks ${BEGIN} … ${END}`);
  return `${text.slice(0, from + BEGIN.length)}\n${lines.join('\n')}\n${text.slice(to)}`;
}

function median(visits, key) {
  return sorted(visits, key)[Math.floor((visits.length - 1) / 2)];
}

/** The 95th of a hundred; of a few visits the worst. */
function high(visits, key) {
  return sorted(visits, key)[Math.ceil(visits.length * 0.95) - 1];
}

function sorted(visits, key) {
  return visits.map((one) => one[key]).sort((one, other) => one - other);
}

function round(value) {
  return Math.round(value).toLocaleString('en');
}
