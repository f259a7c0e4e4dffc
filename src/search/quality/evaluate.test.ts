import { expect, test } from 'vitest';
import { type EvaluatedEngine, evaluate, meanOf, type Ranked } from './evaluate.ts';
import type { TestSet } from './read-test-set.ts';
import { presentEvaluation, renderEvaluation } from './render-evaluation.ts';
import { renderTrecQrels, renderTrecRun } from './trec-run.ts';

const DOCUMENTS = ['wings', 'heat', 'shells', 'flow'].map((word, at) => ({
  id: `d${at + 1}`,
  title: word,
  abstract: `What is known of ${word}.`,
}));

/** Three queries: the last has only a document that is not relevant. */
const SET: TestSet = {
  name: 'made-up',
  queries: [
    { id: 'q1', text: 'wings', judgements: new Map([['d1', 1]]) },
    { id: 'q2', text: 'heat', judgements: new Map(Object.entries({ d2: 2, d4: 1, d8: 1 })) },
    { id: 'q3', text: 'shells', judgements: new Map([['d3', 0]]) },
  ],
  async *documents() {
    yield* DOCUMENTS;
  },
};

const ranked = (...ids: string[]): Ranked[] => ids.map((id, at) => ({ id, score: 9 - at }));

/** Knows the answer by words, is a place late by meaning, and finds nothing fused. */
const ENGINE: EvaluatedEngine = {
  async rank(query) {
    const right = `d${DOCUMENTS.findIndex(({ title }) => title === query) + 1}`;
    return { words: ranked(right), meaning: ranked('d4', right), fused: [], deep: [] };
  },
};

test('every judged query counts, also when nothing is found or nothing is relevant', async () => {
  const evaluation = await evaluate(SET, ENGINE, { depth: 100 });
  const [reference, words, meaning, fused] = evaluation.runs;
  expect(evaluation).toMatchObject({ set: 'made-up', documents: 4 });
  expect(reference?.rankings[0]?.map(({ id }) => id)).toEqual(['d1']);
  expect(words?.measures.mrr10).toEqual([1, 1, 0]);
  expect(words?.measures.recall100).toEqual([1, 1 / 3, 0]);
  expect(meaning?.measures.mrr10).toEqual([1 / 2, 1, 0]);
  expect(meaning?.measures.recall100).toEqual([1, 2 / 3, 0]);
  expect(fused?.measures.ndcg10).toEqual([0, 0, 0]);
  expect(meanOf(meaning?.measures.mrr10 ?? [])).toBe(1 / 2);
});

test('the engine is asked for enough to measure recall, and no more of it is kept', async () => {
  const depths: number[] = [];
  const many = ranked(...Array.from({ length: 150 }, (_, at) => `x${at}`));
  const engine: EvaluatedEngine = {
    async rank(_query, depth) {
      depths.push(depth);
      return { words: many, meaning: many, fused: many, deep: many };
    },
  };
  const evaluation = await evaluate(SET, engine, { depth: 10 });
  expect(depths).toEqual([100, 100, 100]);
  expect(evaluation.runs[1]?.rankings[0]).toHaveLength(100);
});

test('an engine that names a document twice is defective', async () => {
  const engine: EvaluatedEngine = {
    async rank() {
      return { words: ranked('d1', 'd1'), meaning: [], fused: [], deep: [] };
    },
  };
  await expect(evaluate(SET, engine, { depth: 100 })).rejects.toThrow(/by words for query q1/);
});

test('the means are JSON under the names of the command’s contract', async () => {
  const json = presentEvaluation(await evaluate(SET, ENGINE, { depth: 100 }));
  expect(json).toMatchObject({ set: 'made-up', documents: 4, queries: 3 });
  expect(json.runs.map(({ name }) => name)).toEqual(['words', 'meaning', 'fused']);
  expect(json.runs[0]).toMatchObject({
    recall_100: expect.closeTo(4 / 9),
    mrr_10: expect.closeTo(2 / 3),
  });
  expect(json.reference.mrr_10).toBeCloseTo(2 / 3);
});

test('people read means with intervals, and how queries fared', async () => {
  const lines = renderEvaluation(await evaluate(SET, ENGINE, { depth: 100 }));
  expect(lines[0]).toBe('made-up: 4 documents, 3 judged queries');
  expect(lines[1]).toBe('1 of them has no relevant document and counts as 0.');
  const line = (start: string) => lines.find((one) => one.startsWith(start))?.split(/ {2,}/);
  expect(line('words ')).toEqual([
    'words',
    expect.stringMatching(/^0\.\d{4}$/),
    expect.stringMatching(/^0\.\d{3} to [01]\.\d{3}$/),
    '0.4444',
    expect.any(String),
    '0.6667',
    expect.any(String),
  ]);
  expect(line('words against reference')).toEqual([
    'words against reference',
    ...['0', '0', '3', '+0.0000', '+0.000 to +0.000'],
  ]);
  expect(line('fused against words')?.slice(0, 4)).toEqual(['fused against words', '0', '2', '1']);
});

test('runs bear falling scores, so that trec_eval sees the order that was measured', () => {
  const rankings = [
    [
      { id: 'a', score: 1 },
      { id: 'b', score: 1 },
      // Equal to the first as a 32-bit number.
      { id: 'c', score: 1 - 1e-12 },
      { id: 'd', score: 0 },
      { id: 'e', score: 0 },
      { id: 'f', score: -2 },
    ],
  ];
  const run = {
    name: 'words' as const,
    rankings,
    measures: { ndcg10: [], recall100: [], mrr10: [] },
  };
  const lines = [...renderTrecRun(run, SET.queries.slice(0, 1))];
  expect(lines[0]).toBe('q1 Q0 a 1 1 words\n');
  const scores = lines.map((line) => Math.fround(Number(line.split(' ')[4])));
  expect(scores).toEqual([...new Set(scores)].sort((a, b) => b - a));
  expect(lines.map((line) => line.split(' ')[2])).toEqual([...'abcdef']);
});

test('judgements keep their grades, relevant or not', () => {
  expect([...renderTrecQrels(SET.queries)].join('')).toBe(
    'q1 0 d1 1\nq2 0 d2 2\nq2 0 d4 1\nq2 0 d8 1\nq3 0 d3 0\n',
  );
});
