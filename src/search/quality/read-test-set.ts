// Test sets in the layout of BEIR (https://github.com/beir-cellar/beir): a folder with corpus.jsonl,
// queries.jsonl and qrels/<split>.tsv.
import fs from 'node:fs';
import path from 'node:path';
import { AppError, messageOf } from '../../base/errors.ts';
import { splitLines } from '../../base/lines.ts';
import type { Judgements } from './metrics.ts';

export type TestDocument = { id: string; title: string; abstract: string };

export type TestQuery = { id: string; text: string; judgements: Judgements };

export type TestSet = {
  /** The folder's own name. */
  name: string;
  /** Every query that has a judgement, in the order of queries.jsonl; the others are left out. */
  queries: readonly TestQuery[];
  /** Streams the corpus, each time from its beginning. Throws `invalid`, naming the line. */
  documents(): AsyncGenerator<TestDocument>;
};

/** Reads queries and judgements. Throws `invalid`, naming file and line, when they cannot be used. */
export async function readTestSet(folder: string, split: string): Promise<TestSet> {
  const judgements = await readJudgements(folder, split);
  const queries = await readQueries(path.join(folder, 'queries.jsonl'), judgements);
  const corpus = path.join(folder, 'corpus.jsonl');
  requireFile(folder, corpus);
  return {
    name: path.basename(path.resolve(folder)),
    queries,
    documents: () => readDocuments(corpus),
  };
}

async function readJudgements(
  folder: string,
  split: string,
): Promise<Map<string, Map<string, number>>> {
  const file = path.join(folder, 'qrels', `${split}.tsv`);
  requireFile(folder, file);
  const judgements = new Map<string, Map<string, number>>();
  for await (const { text, line } of readLines(file)) {
    const [query, document, grade, ...more] = text.split('\t').map((cell) => cell.trim());
    // BEIR begins with the names of the columns.
    if (line === 1 && grade === 'score') continue;
    if (!query || !document || !grade || more.length > 0 || !/^[+-]?\d+$/.test(grade)) {
      throw problem(file, line, 'write a query, a document and a whole grade between tabs');
    }
    const ofQuery = judgements.get(query) ?? new Map<string, number>();
    if (ofQuery.has(document)) {
      throw problem(file, line, `judge document ${document} for query ${query} only once`);
    }
    judgements.set(query, ofQuery.set(document, Number(grade)));
  }
  if (judgements.size === 0) throw new AppError('invalid', `${file} is empty: add judgements.`);
  return judgements;
}

async function readQueries(
  file: string,
  judgements: ReadonlyMap<string, Judgements>,
): Promise<TestQuery[]> {
  requireFile(path.dirname(file), file);
  const queries = new Map<string, TestQuery>();
  for await (const { text, line } of readLines(file)) {
    const entry = parseEntry(text, file, line);
    const ofQuery = judgements.get(entry._id);
    if (!ofQuery) continue;
    if (queries.has(entry._id)) throw problem(file, line, `give another _id than "${entry._id}"`);
    queries.set(entry._id, { id: entry._id, text: entry.text, judgements: ofQuery });
  }
  for (const id of judgements.keys()) {
    if (queries.has(id)) continue;
    throw new AppError(
      'invalid',
      `${file} lacks the query "${id}", which is judged: add it, or remove its judgements.`,
    );
  }
  return [...queries.values()];
}

async function* readDocuments(file: string): AsyncGenerator<TestDocument> {
  const ids = new Set<string>();
  for await (const { text, line } of readLines(file)) {
    const entry = parseEntry(text, file, line);
    if (ids.has(entry._id)) throw problem(file, line, `give another _id than "${entry._id}"`);
    ids.add(entry._id);
    yield { id: entry._id, title: entry.title, abstract: entry.text };
  }
  if (ids.size === 0) throw new AppError('invalid', `${file} is empty: add documents.`);
}

type Entry = { _id: string; title: string; text: string };

function parseEntry(line: string, file: string, number: number): Entry {
  let entry: Partial<Record<keyof Entry, unknown>> | null;
  try {
    entry = JSON.parse(line);
  } catch {
    throw problem(file, number, 'write a JSON object');
  }
  const { _id, title = '', text } = entry ?? {};
  if (typeof _id !== 'string' || _id === '' || /\s/.test(_id)) {
    throw problem(file, number, 'write an _id that is text without white space');
  }
  if (typeof title !== 'string' || typeof text !== 'string') {
    throw problem(file, number, 'write a text, and a title that is text too or left out');
  }
  return { _id, title, text };
}

async function* readLines(file: string): AsyncGenerator<{ text: string; line: number }> {
  let line = 0;
  for await (const batch of splitLines(explained(fs.createReadStream(file), file))) {
    for (const text of batch) {
      line++;
      if (text === undefined) throw problem(file, line, 'keep it shorter than 16 MiB');
      if (text.trim() !== '') yield { text, line };
    }
  }
}

async function* explained(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    throw new AppError('invalid', `${file} cannot be read (${messageOf(error)}).`, error);
  }
}

function requireFile(folder: string, file: string): void {
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return;
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AppError('invalid', `${folder} is no folder: name one in the layout of BEIR.`);
  }
  throw new AppError(
    'invalid',
    `${file} is missing: a folder in the layout of BEIR has corpus.jsonl, queries.jsonl and qrels/test.tsv.`,
  );
}

function problem(file: string, line: number, advice: string): AppError {
  return new AppError('invalid', `${file} cannot be used because of line ${line}: ${advice}.`);
}
