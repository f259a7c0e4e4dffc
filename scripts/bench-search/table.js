// The figures as Markdown, a table a size.
import { KINDS } from './questions.js';

const HEADS = {
  short: 'short',
  title: 'titles',
  filtered: 'filtered',
  suggestion: 'suggestions',
  similar: 'similar',
};

export function renderTable(papers, figures) {
  const head = [
    'engine',
    'index s',
    'at most MB',
    'size MB',
    'resident MB',
    ...KINDS.map((kind) => HEADS[kind]),
    'nDCG@10',
  ];
  const rows = figures.map(({ engine, build, ask }) => [
    engine,
    build ? build.seconds.toFixed(1) : '',
    build?.peakMb ? number(build.peakMb) : '',
    build?.bytes ? number(build.bytes / 1e6) : '',
    ask.residentMb ? number(ask.residentMb) : '–',
    ...KINDS.map((kind) => renderTimes(ask.kinds[kind])),
    ask.ndcg.toFixed(4),
  ]);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    `${number(papers)} papers, p50 / p95 in ms`,
    '',
    line(head),
    line(head.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map(line),
    '',
    ...figures.flatMap(({ engine, ask }) =>
      ask.vectorRecall === undefined
        ? []
        : [
            `The vector index of ${engine} finds ${percent(ask.vectorRecall.plain)} of the nearest 50, with a filter ${percent(ask.vectorRecall.filtered)}.`,
            '',
          ],
    ),
    ...figures.flatMap(({ engine, ask }) => (ask.loops ? renderLoops(engine, ask.loops) : [])),
  ];
}

function renderTimes(times) {
  return times ? `${milliseconds(times.p50)} / ${milliseconds(times.p95)}` : '–';
}

function renderLoops(engine, loops) {
  return [
    `The event loop of ${engine} is late (p50 / p99 / at most, in ms), and that of an idle process meanwhile:`,
    '',
    ...loops.map(
      ({ atOnce, own, idle }) =>
        `- ${atOnce} at a time: ${renderDelays(own)}, idle: ${renderDelays(idle)}`,
    ),
    '',
  ];
}

function renderDelays({ p50, p99, max }) {
  return [p50, p99, max].map((value) => value.toFixed(1)).join(' / ');
}

function milliseconds(value) {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : number(value);
}

function number(value) {
  return Math.round(value).toLocaleString('en');
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
