import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/test-database.ts';
import { readTestSet, type TestDocument, type TestSet } from './read-test-set.ts';

type Files = { corpus?: string[]; queries?: string[]; test?: string[] };

/** A folder with two documents and two queries, of which the first is judged, but for the given files. */
function folderOf(files: Files = {}): string {
  const folder = path.join(temporaryFolder(), 'made-up');
  fs.mkdirSync(path.join(folder, 'qrels'), { recursive: true });
  const lines: Required<Files> = {
    corpus: [
      '{"_id": "d1", "title": "Wings", "text": "On the lift of wings.", "metadata": {}}',
      '{"_id": "d2", "text": "On heat."}',
    ],
    queries: ['{"_id": "q1", "text": "lift"}', '{"_id": "q2", "text": "heat"}'],
    test: ['query-id\tcorpus-id\tscore', 'q1\td1\t2', 'q1\td9\t0'],
    ...files,
  };
  const write = (name: string, text: string[]) =>
    fs.writeFileSync(path.join(folder, name), `${text.join('\n')}\n`);
  write('corpus.jsonl', lines.corpus);
  write('queries.jsonl', lines.queries);
  write(path.join('qrels', 'test.tsv'), lines.test);
  return folder;
}

async function documentsOf(set: TestSet): Promise<TestDocument[]> {
  const documents: TestDocument[] = [];
  for await (const document of set.documents()) documents.push(document);
  return documents;
}

test('a folder gives its documents, again and again, and the queries that are judged', async () => {
  const set = await readTestSet(folderOf(), 'test');
  expect(set.name).toBe('made-up');
  expect(set.queries).toEqual([
    {
      id: 'q1',
      text: 'lift',
      judgements: new Map([
        ['d1', 2],
        ['d9', 0],
      ]),
    },
  ]);
  const documents = [
    { id: 'd1', title: 'Wings', abstract: 'On the lift of wings.' },
    { id: 'd2', title: '', abstract: 'On heat.' },
  ];
  expect(await documentsOf(set)).toEqual(documents);
  expect(await documentsOf(set)).toEqual(documents);
});

test('judgements need no head, and lines may end as on Windows', async () => {
  const set = await readTestSet(folderOf({ test: ['q2\td2\t1\r', '', 'q1\td1\t-1\r'] }), 'test');
  expect(set.queries.map(({ id }) => id)).toEqual(['q1', 'q2']);
  expect(set.queries[0]?.judgements.get('d1')).toBe(-1);
});

test.each<[what: string, files: Files, message: RegExp]>([
  [
    'JSON cut short',
    { corpus: ['{"_id": "d1", "text": '] },
    /corpus\.jsonl .* line 1: write a JSON/,
  ],
  ['no object', { queries: ['null'] }, /queries\.jsonl .* line 1: write an _id/],
  ['no text', { corpus: ['', '{"_id": "d1"}'] }, /corpus\.jsonl .* line 2: write a text/],
  ['an id of two words', { corpus: ['{"_id": "d 1", "text": ""}'] }, /line 1: write an _id/],
  ['a title that is a number', { corpus: ['{"_id": "d", "title": 1, "text": ""}'] }, /title/],
  [
    'one id twice in the corpus',
    { corpus: ['{"_id": "d", "text": ""}', '{"_id": "d", "text": ""}'] },
    /line 2: give another _id than "d"/,
  ],
  [
    'one id twice in the queries',
    { queries: ['{"_id": "q1", "text": ""}', '{"_id": "q1", "text": ""}'] },
    /line 2: give another _id than "q1"/,
  ],
  ['no document', { corpus: [''] }, /corpus\.jsonl is empty/],
  ['no judgement', { test: ['query-id\tcorpus-id\tscore'] }, /test\.tsv is empty/],
  ['a judgement without grade', { test: ['q1\td1'] }, /test\.tsv .* line 1: write a query/],
  ['a broken grade', { test: ['q1\td1\t0.5'] }, /line 1: write a query/],
  ['a fourth column', { test: ['q1\t0\td1\t1'] }, /line 1: write a query/],
  ['a judgement twice', { test: ['q1\td1\t1', 'q1\td1\t2'] }, /line 2: judge document d1/],
  ['an unknown query', { test: ['q7\td1\t1'] }, /lacks the query "q7"/],
])('%s is refused with a sentence', async (_what, files, message) => {
  const read = async () => documentsOf(await readTestSet(folderOf(files), 'test'));
  await expect(read()).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(message),
  });
});

test('what is missing is named, with what should be there', async () => {
  await expect(readTestSet(path.join(temporaryFolder(), 'none'), 'test')).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/none is no folder/),
  });
  const folder = folderOf();
  await expect(readTestSet(folder, 'train')).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/train\.tsv is missing: .*corpus\.jsonl/),
  });
  for (const name of ['corpus.jsonl', 'queries.jsonl']) {
    fs.renameSync(path.join(folder, name), path.join(folder, 'away'));
    await expect(readTestSet(folder, 'test')).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(`${name} is missing`),
    });
    fs.renameSync(path.join(folder, 'away'), path.join(folder, name));
  }
});
