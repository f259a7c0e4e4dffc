// Records for tests, in the words of the domain, and the recorded lists that come with the program.
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Day, Instant } from '../src/base/calendar.ts';
import type { Database } from '../src/database/database.ts';
import { saveEntries } from '../src/days/entry-store.ts';
import { authorOfName } from '../src/papers/author-name.ts';
import type { Author, PaperRecord } from '../src/papers/paper.ts';
import { type SaveOutcome, savePapers } from '../src/papers/save-papers.ts';

export const DEMO = path.join(import.meta.dirname, '..', 'demo');

export function readDemo(name: string): string {
  return gunzipSync(fs.readFileSync(path.join(DEMO, name))).toString('utf8');
}

export type RecordedDay = {
  date: Day;
  response: { paper: { id: string; upvotes: number; title: string }; numComments: number }[];
};

export function recordedDays(): RecordedDay[] {
  return readDemo('daily-papers.jsonl.gz')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedDay);
}

export function authors(...names: string[]): Author[] {
  return names.map((name) => authorOfName(name) as Author);
}

export function record(id: string, changes: Partial<PaperRecord> = {}): PaperRecord {
  return {
    id,
    source: 'arxiv',
    title: `The title of ${id}`,
    abstract: `What ${id} is about, in its own words.`,
    authors: authors('Ada Lovelace', 'Alan Turing'),
    categories: ['cs.LG', 'stat.ML'],
    primaryCategory: 'cs.LG',
    submittedAt: '2025-10-28T10:00:00.000Z' as Instant,
    ...changes,
  };
}

export async function save(database: Database, ...records: PaperRecord[]): Promise<SaveOutcome[]> {
  return database.transact((tx) =>
    savePapers(
      tx,
      records.map((one) => ({ record: one, raw: JSON.stringify(one) })),
    ),
  );
}

/** Saves papers and puts them on a day's list, with the votes that Hugging Face counted. */
export async function list(
  database: Database,
  day: string,
  papers: { record: PaperRecord; votes: number; publishedAt?: string; submitter?: string }[],
): Promise<SaveOutcome[]> {
  const outcomes = await save(
    database,
    ...papers.map(({ record: one, votes }) => ({
      ...one,
      elsewhere: { origin: 'huggingface', votes, comments: 0 },
    })),
  );
  await database.transact((tx) =>
    saveEntries(
      tx,
      papers.map(({ record: one, votes, publishedAt, submitter }, index) => ({
        paperKey: outcomes[index]?.key as number,
        entry: {
          day: day as Day,
          paperId: one.id,
          origin: 'huggingface',
          publishedAt: (publishedAt ?? one.submittedAt) as Instant,
          votes,
          comments: 0,
          ...(submitter ? { submitter } : {}),
        },
      })),
    ),
  );
  return outcomes;
}
