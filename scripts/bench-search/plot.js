// The growth of each engine as an SVG: milliseconds by papers, both axes logarithmic, the median as a
// line and the 95th percentile dashed, a panel for short questions and one for whole titles.

const PANELS = [
  { kind: 'short', title: 'Two to four words' },
  { kind: 'title', title: 'Whole titles' },
];
/** They can be told apart on white and on black. */
const COLOURS = ['#e0562d', '#2f81f7', '#8f7ee7', '#1a9e96', '#3fa34d', '#c98a00', '#d6569d'];
const PANEL = { width: 380, height: 300, left: 56, right: 16, top: 44, bottom: 44 };
const LEGEND_LINE = 20;
const PADDING_DECADES = 0.08;

/** `figures` are those of every engine and size. */
export function renderPlot(figures) {
  const names = [...new Set(figures.map(({ engine }) => engine))];
  const xs = figures.map(({ papers }) => papers);
  const ys = figures.flatMap(({ ask }) =>
    PANELS.flatMap(({ kind }) =>
      ask.kinds[kind] ? [ask.kinds[kind].p50, ask.kinds[kind].p95] : [],
    ),
  );
  const scales = {
    x: logScale(Math.min(...xs), Math.max(...xs), PANEL.left, PANEL.width - PANEL.right),
    y: logScale(Math.min(...ys), Math.max(...ys), PANEL.height - PANEL.bottom, PANEL.top),
  };
  const width = PANEL.width * PANELS.length;
  const rows = Math.ceil(names.length / 3);
  const height = PANEL.height + rows * LEGEND_LINE + LEGEND_LINE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Time to answer by number of papers">
<style>
text { fill: #1f2328 }
.grid { stroke: #8b949e; stroke-opacity: .3 }
.line { fill: none; stroke-width: 2 }
.high { stroke-dasharray: 4 4; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
</style>
${PANELS.map((panel, at) => renderPanel(panel, at, figures, names, scales)).join('\n')}
${renderLegend(names)}
</svg>
`;
}

function logScale(low, high, from, to) {
  const start = Math.log10(low) - PADDING_DECADES;
  const end = Math.log10(high) + PADDING_DECADES;
  return {
    low: 10 ** start,
    high: 10 ** end,
    at: (value) => round(from + ((Math.log10(value) - start) / (end - start)) * (to - from)),
  };
}

function renderPanel({ kind, title }, at, figures, names, { x, y }) {
  const sizes = [...new Set(figures.map(({ papers }) => papers))];
  const right = PANEL.width - PANEL.right;
  const bottom = PANEL.height - PANEL.bottom;
  return [
    `<g transform="translate(${at * PANEL.width} 0)">`,
    `<text x="${PANEL.left}" y="22" font-weight="600">${title}, ms</text>`,
    ...decadesOf(y).map(
      (value) =>
        `<path class="grid" d="M${PANEL.left} ${y.at(value)}H${right}"/><text x="${PANEL.left - 8}" y="${y.at(value) + 4}" text-anchor="end">${value.toLocaleString('en')}</text>`,
    ),
    ...sizes.map(
      (papers) =>
        `<path class="grid" d="M${x.at(papers)} ${PANEL.top}V${bottom}"/><text x="${x.at(papers)}" y="${bottom + 18}" text-anchor="middle">${papers >= 1e6 ? `${papers / 1e6} M` : `${Math.round(papers / 1000)} k`}</text>`,
    ),
    ...(at === 0 ? [`<text x="${PANEL.left}" y="${PANEL.height - 8}">papers</text>`] : []),
    ...names.flatMap((name, index) => renderEngine(name, COLOURS[index % COLOURS.length])),
    '</g>',
  ].join('\n');

  function renderEngine(name, colour) {
    const mine = figures.filter(({ engine, ask }) => engine === name && ask.kinds[kind]);
    const points = (quantile) =>
      mine.map(({ papers, ask }) => [x.at(papers), y.at(ask.kinds[kind][quantile])]);
    return [
      `<path class="line" stroke="${colour}" d="${pathOf(points('p50'))}"/>`,
      `<path class="line high" stroke="${colour}" d="${pathOf(points('p95'))}"/>`,
      ...points('p50').map(
        ([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`,
      ),
    ];
  }
}

function decadesOf({ low, high }) {
  const decades = [];
  for (let power = Math.ceil(Math.log10(low)); 10 ** power <= high; power++) {
    decades.push(10 ** power);
  }
  return decades;
}

function pathOf(points) {
  return points.length > 0 ? `M${points.map((point) => point.join(' ')).join('L')}` : '';
}

function renderLegend(names) {
  const column = (PANEL.width * PANELS.length - PANEL.left) / 3;
  const entries = names.map((name, index) => {
    const left = PANEL.left + (index % 3) * column;
    const top = PANEL.height + LEGEND_LINE * (0.9 + Math.floor(index / 3));
    const colour = COLOURS[index % COLOURS.length];
    return `<circle cx="${round(left + 5)}" cy="${top - 4}" r="4" fill="${colour}"/><text x="${round(left + 16)}" y="${top}">${name}</text>`;
  });
  const bottom = PANEL.height + LEGEND_LINE * (0.9 + Math.ceil(names.length / 3));
  return [
    ...entries,
    `<text x="${PANEL.left}" y="${bottom}">line: median; dashed: 95th percentile</text>`,
  ].join('\n');
}

function round(value) {
  return Math.round(value * 10) / 10;
}
