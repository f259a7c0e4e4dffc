import { bootstrapMean, type Interval } from './bootstrap.ts';
import { type Evaluation, type Measures, meanOf, type Run, type RunName } from './evaluate.ts';

/** Which run is set against which, query by query. */
const COMPARISONS: readonly (readonly [run: RunName, other: RunName])[] = [
  ['words', 'reference'],
  ['meaning', 'words'],
  ['fused', 'words'],
  ['fused', 'meaning'],
  ['fused', 'deep'],
];

const COLUMNS: readonly (readonly [name: string, measure: keyof Measures])[] = [
  ['nDCG@10', 'ndcg10'],
  ['recall@100', 'recall100'],
  ['MRR@10', 'mrr10'],
];

type JsonRun = { name: RunName; ndcg_10: number; recall_100: number; mrr_10: number };

export type EvaluationJson = {
  set: string;
  documents: number;
  queries: number;
  /** words, meaning and fused. */
  runs: JsonRun[];
  reference: JsonRun;
  deep: JsonRun;
};

export function presentEvaluation(evaluation: Evaluation): EvaluationJson {
  const runs = evaluation.runs.map((run) => ({
    name: run.name,
    ndcg_10: meanOf(run.measures.ndcg10),
    recall_100: meanOf(run.measures.recall100),
    mrr_10: meanOf(run.measures.mrr10),
  }));
  return {
    set: evaluation.set,
    documents: evaluation.documents,
    queries: evaluation.queries.length,
    runs: runs.filter(({ name }) => name !== 'reference' && name !== 'deep'),
    reference: runs.find(({ name }) => name === 'reference') as JsonRun,
    deep: runs.find(({ name }) => name === 'deep') as JsonRun,
  };
}

/** Two tables: the means with their intervals, and the runs against each other, query by query. */
export function renderEvaluation(evaluation: Evaluation): string[] {
  const { set, documents, queries, runs } = evaluation;
  const means = runs.map((run) => [
    run.name,
    ...COLUMNS.flatMap(([, measure]) => {
      const interval = bootstrapMean(run.measures[measure]);
      return [interval.mean.toFixed(4), renderBounds(interval)];
    }),
  ]);
  const comparisons = COMPARISONS.map(([name, other]) => {
    const differences = differencesOf(findRun(runs, name), findRun(runs, other));
    const interval = bootstrapMean(differences);
    return [
      `${name} against ${other}`,
      ...[1, -1, 0].map((sign) => countSign(differences, sign)),
      signed(interval.mean, 4),
      renderBounds(interval, signed),
    ];
  });
  const hopeless = queries.filter(({ judgements }) => !hasRelevant(judgements)).length;
  return [
    `${set}: ${documents.toLocaleString('en')} documents, ${queries.length.toLocaleString('en')} judged queries`,
    ...(hopeless > 0 ? [renderHopeless(hopeless)] : []),
    '',
    ...renderTable(['', ...COLUMNS.flatMap(([name]) => [name, '95 %'])], means),
    '',
    ...renderTable(['queries by nDCG@10', 'better', 'worse', 'same', 'mean', '95 %'], comparisons),
  ];
}

function renderHopeless(count: number): string {
  const [have, counts] = count === 1 ? ['has', 'counts'] : ['have', 'count'];
  return `${count.toLocaleString('en')} of them ${have} no relevant document and ${counts} as 0.`;
}

function findRun(runs: readonly Run[], name: RunName): Run {
  return runs.find((run) => run.name === name) as Run;
}

function differencesOf(run: Run, other: Run): number[] {
  return run.measures.ndcg10.map((value, at) => {
    const difference = value - (other.measures.ndcg10[at] as number);
    // What rounding alone makes different is the same.
    return Math.abs(difference) < 1e-9 ? 0 : difference;
  });
}

function countSign(differences: readonly number[], sign: number): string {
  return differences
    .filter((difference) => Math.sign(difference) === sign)
    .length.toLocaleString('en');
}

function hasRelevant(judgements: ReadonlyMap<string, number>): boolean {
  return [...judgements.values()].some((grade) => grade > 0);
}

const plain = (value: number, digits: number) => value.toFixed(digits);
const signed = (value: number, digits: number) =>
  value < 0 ? `−${(-value).toFixed(digits)}` : `+${value.toFixed(digits)}`;

function renderBounds({ low, high }: Interval, render = plain): string {
  return `${render(low, 3)} to ${render(high, 3)}`;
}

/** The first column to the left, the others to the right. */
function renderTable(head: string[], rows: string[][]): string[] {
  const table = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...table.map((row) => (row[at] as string).length)));
  return table.map((row) =>
    row
      .map((cell, at) =>
        at === 0 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number),
      )
      .join('  ')
      .trimEnd(),
  );
}
