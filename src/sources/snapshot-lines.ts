// arXiv's snapshot as Kaggle has it, `arxiv-metadata-oai-snapshot.json`: one paper a line, over
// three million of them. https://www.kaggle.com/datasets/Cornell-University/arxiv
import { type Day, toInstant } from '../base/calendar.ts';
import { AppError, messageOf } from '../base/errors.ts';
import type { PaperRecord } from '../papers/paper.ts';
import type { ImportUnit } from './import-records.ts';
import { recordOfLine } from './paper-lines.ts';

export type SnapshotFilter = {
  /** A paper in any of these is taken; none: every paper. A name without a dot stands for its archive. */
  categories: string[];
  /** By the day of the first version. */
  from?: Day | undefined;
  until?: Day | undefined;
};

type SnapshotLine = {
  id?: unknown;
  title?: unknown;
  abstract?: unknown;
  authors?: unknown;
  authors_parsed?: unknown;
  categories?: unknown;
  comments?: unknown;
  'journal-ref'?: unknown;
  doi?: unknown;
  license?: unknown;
  update_date?: unknown;
  versions?: { version?: unknown; created?: unknown }[];
};

const NOTHING: ImportUnit = { records: [], rejected: [] };
const TOO_LONG = { reason: 'the line is longer than 16 MiB', text: '' };

/** One unit a line; a paper that the filter leaves out is an empty one. */
export async function* snapshotUnits(
  lines: AsyncIterable<(string | undefined)[]>,
  filter: SnapshotFilter,
): AsyncGenerator<ImportUnit[]> {
  for await (const run of lines) yield run.map((line) => snapshotUnit(line, filter));
}

function snapshotUnit(line: string | undefined, filter: SnapshotFilter): ImportUnit {
  if (line === undefined) return { records: [], rejected: [TOO_LONG] };
  if (line.trim() === '') return NOTHING;
  try {
    const json: unknown = JSON.parse(line);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new AppError('invalid', 'this is not a JSON object');
    }
    if (!isInCategories(json as SnapshotLine, filter.categories)) return NOTHING;
    const record = recordOfSnapshot(json as SnapshotLine);
    if (!isInPeriod(record, filter)) return NOTHING;
    return { records: [{ record, raw: line }], rejected: [] };
  } catch (error) {
    return { records: [], rejected: [{ reason: messageOf(error), text: line }] };
  }
}

function isInCategories(line: SnapshotLine, wanted: string[]): boolean {
  if (wanted.length === 0) return true;
  const given = typeof line.categories === 'string' ? line.categories.split(' ') : [];
  return given.some(
    (category) => wanted.includes(category) || wanted.includes(category.split('.')[0] as string),
  );
}

function isInPeriod({ submittedAt }: PaperRecord, { from, until }: SnapshotFilter): boolean {
  if (!from && !until) return true;
  const day = submittedAt?.slice(0, 10);
  return day !== undefined && (!from || day >= from) && (!until || day <= until);
}

function recordOfSnapshot(line: SnapshotLine): PaperRecord {
  const versions = Array.isArray(line.versions) ? line.versions : [];
  const first = versions[0];
  const last = versions.at(-1);
  const version = /^v(\d+)$/.exec(String(last?.version))?.[1];
  const submittedAt = typeof first?.created === 'string' ? toInstant(first.created) : undefined;
  const updatedAt = typeof last?.created === 'string' ? toInstant(last.created) : undefined;
  return recordOfLine({
    id: line.id,
    title: line.title,
    abstract: line.abstract,
    authors: authorsOf(line),
    categories: line.categories,
    comments: line.comments,
    journal_ref: line['journal-ref'],
    doi: line.doi,
    license: line.license,
    submitted_at: submittedAt,
    updated_at: updatedAt ?? line.update_date,
    version: version === undefined ? undefined : Number(version),
  });
}

/** `authors_parsed` has the names apart, family first; `authors` is one string with affiliations. */
function authorsOf({ authors, authors_parsed: parsed }: SnapshotLine): unknown {
  if (!Array.isArray(parsed) || parsed.length === 0) return authors;
  return parsed.map((name) => {
    const [family = '', given = '', suffix = ''] = Array.isArray(name) ? name.map(String) : [];
    return [given, family, suffix].filter((part) => part !== '').join(' ');
  });
}
