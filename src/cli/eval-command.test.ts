import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run, start } from '../../tests/program.ts';
import { serveStandIn } from '../../tests/stand-in-embedder.ts';
import { temporaryFolder } from '../../tests/test-database.ts';
import { encodeModel } from '../embeddings/static/model-file.ts';
import { Vocabulary } from '../embeddings/static/vocabulary.ts';
import { stemOf } from '../embeddings/static/words.ts';

/** Words that mean the same have the same vector. */
const MEANINGS = [['wing', 'aeroplane'], ['heat', 'warmth'], ['shell']];
const DIMENSIONS = 4;

function writeModel(folder: string): string {
  const words = MEANINGS.flat();
  const vectors = new Float32Array(words.length * DIMENSIONS);
  for (const [at, word] of words.entries()) {
    const meaning = MEANINGS.findIndex((same) => same.includes(word));
    vectors[at * DIMENSIONS + meaning] = 1;
  }
  const file = path.join(folder, 'tiny.model');
  const vocabulary = new Vocabulary(words.map(stemOf), []);
  fs.writeFileSync(file, encodeModel(vocabulary, vectors, DIMENSIONS, {}));
  return file;
}

/** Three documents; one query says a word of its document, the other only means it. */
function writeSet(folder: string): string {
  const set = path.join(folder, 'made-up');
  fs.mkdirSync(path.join(set, 'qrels'), { recursive: true });
  const write = (name: string, lines: string[]) =>
    fs.writeFileSync(path.join(set, name), lines.map((line) => `${line}\n`).join(''));
  const documents = { d1: 'On the wing', d2: 'On heat', d3: 'On the shell' };
  write(
    'corpus.jsonl',
    Object.entries(documents).map(([_id, title]) =>
      JSON.stringify({ _id, title, text: 'What is known.' }),
    ),
  );
  write('queries.jsonl', [
    '{"_id": "q1", "text": "shell"}',
    '{"_id": "q2", "text": "warmth"}',
    '{"_id": "q3", "text": "nobody judged this"}',
  ]);
  write(path.join('qrels', 'test.tsv'), ['query-id\tcorpus-id\tscore', 'q1\td3\t1', 'q2\td2\t1']);
  return set;
}

function given(): { set: string; settings: Record<string, string>; folder: string } {
  const folder = temporaryFolder();
  const settings = { BROADSHEET_EMBEDDER_MODEL: writeModel(folder) };
  return { set: writeSet(folder), settings, folder };
}

test('a test set is indexed, asked and measured, and no index stays behind', async () => {
  const { set, settings, folder } = given();
  const { code, stdout } = await run(['eval', set, '--json'], { ...settings, TMPDIR: folder });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    set: 'made-up',
    documents: 3,
    queries: 2,
    runs: [
      { name: 'words', ndcg_10: 0.5, recall_100: 0.5, mrr_10: 0.5 },
      { name: 'meaning', ndcg_10: 1, recall_100: 1, mrr_10: 1 },
      { name: 'fused', ndcg_10: 1, recall_100: 1, mrr_10: 1 },
    ],
    reference: { name: 'reference', ndcg_10: 0.5, recall_100: 0.5, mrr_10: 0.5 },
    deep: { name: 'deep', ndcg_10: 1, recall_100: 1, mrr_10: 1 },
  });
  expect(fs.readdirSync(folder).sort()).toEqual(['made-up', 'tiny.model']);
});

test('people get tables, and runs that trec_eval reads', async () => {
  const { set, settings, folder } = given();
  const file = path.join(folder, 'made-up.run');
  const { code, stdout } = await run(['eval', set, '--run', file], settings);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^made-up: 3 documents, 2 judged queries\n/);
  expect(stdout).toMatch(/^fused against words +1 +0 +1 +\+0\.5000/m);
  expect(fs.readFileSync(file, 'utf8')).toMatch(/^q1 Q0 d3 1 \S+ fused$/m);
  expect(fs.readFileSync(`${file}.words`, 'utf8')).toMatch(/^q1 Q0 d3 1 \S+ words\n$/);
  expect(fs.readFileSync(`${file}.meaning`, 'utf8')).toMatch(/^q2 Q0 d2 1 \S+ meaning$/m);
  expect(fs.readFileSync(`${file}.deep`, 'utf8')).toMatch(/^q2 Q0 d2 1 \S+ deep$/m);
  expect(fs.readFileSync(`${file}.reference`, 'utf8')).toMatch(/^q1 Q0 d3 1 \S+ reference\n$/);
  expect(fs.readFileSync(`${file}.qrels`, 'utf8')).toBe('q1 0 d3 1\nq2 0 d2 1\n');
});

test('how near is near is measured over every pair of query and document', async () => {
  const { set, settings } = given();
  const { stdout } = await run(['eval', set, '--nearness', '--json'], settings);
  const { limits, ...rest } = JSON.parse(stdout) as { limits: object[] };
  expect(rest).toEqual({ set: 'made-up', documents: 3, queries: 2, relevant: 2 });
  expect(limits).toContainEqual({ cosine: 0.35, relevant: 1, othersOfThousand: 0 });
  expect(limits.at(-1)).toEqual({ cosine: 0.95, relevant: 0, othersOfThousand: 0 });
  const { stdout: table } = await run(['eval', set, '--nearness'], settings);
  expect(table).toMatch(/^ +0\.35 +100\.0 % +0\.00$/m);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'stopped by %s it leaves nothing behind',
  async (signal) => {
    const { set } = given();
    const temporary = temporaryFolder();
    // It learns the length of vectors, and then waits for those of the documents.
    const settings = { ...(await serveStandIn(1)), TMPDIR: temporary };
    const running = start(['eval', set], settings);
    await expect.poll(() => fs.readdirSync(temporary), POLL).not.toEqual([]);
    running.child.kill(signal);
    await running.finished;
    expect(running.child.signalCode).toBe(signal);
    expect(fs.readdirSync(temporary)).toEqual([]);
  },
);

const POLL = { timeout: 20_000, interval: 50 };

test.each([
  [['eval', 'not-there'], /not-there is no folder/],
  [['eval', '.'], /test\.tsv is missing/],
  [['eval', '.', '--split', '../up'], /Write the name of a file in qrels/],
  [['eval', '.', '--depth', '99'], /Write a whole number from 100 to 200/],
])('%j is exit code 2 and a sentence', async (args, message) => {
  const { code, stderr } = await run(args);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(stderr).not.toContain('    at ');
});
