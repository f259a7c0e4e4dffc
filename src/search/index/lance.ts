// LanceDB and Arrow cost 84 MB and a tenth of a second: they are loaded by the first who searches.

import type * as LanceDb from '@lancedb/lancedb';
import type * as Arrow from 'apache-arrow';
import { AppError, messageOf } from '../../base/errors.ts';

export type Lance = { lancedb: typeof LanceDb; arrow: typeof Arrow };

let loading: Promise<Lance> | undefined;

/**
 * Where a filter keeps less than this of all papers, the engine scores each of them instead of going down
 * the lists of the words. Its own limit of 10 makes filters just below that twice as slow.
 */
const LISTED_PERCENT = 2;

export function loadLance(): Promise<Lance> {
  // Its Rust side reads this once, and otherwise warns of what is no concern of a reader of logs.
  process.env.LANCEDB_LOG ??= 'error';
  process.env.LANCE_FLAT_SEARCH_PERCENT_THRESHOLD ??= String(LISTED_PERCENT);
  loading ??= Promise.all([import('@lancedb/lancedb'), import('apache-arrow')]).then(
    ([lancedb, arrow]) => ({ lancedb, arrow }),
  );
  return loading;
}

/** A reader sees what another process wrote after at most so long. */
const READ_CONSISTENCY_S = 1;

/**
 * Opens the folder or the `s3://` address where indexes are. Credentials and the endpoint of an
 * object store come from AWS_… variables, as every tool for S3 reads them.
 */
export async function connect(uri: string): Promise<LanceDb.Connection> {
  const { lancedb } = await loadLance();
  return lancedb.connect(uri, { readConsistencyInterval: READ_CONSISTENCY_S });
}

const MAX_PROBLEM = 200;

/** Runs what reads or writes at `uri`; what LanceDB throws becomes `unavailable` with one sentence. */
export async function explaining<T>(uri: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== 'GenericFailure') throw error;
    throw new AppError(
      'unavailable',
      `The search index at ${uri} cannot be read or written (${problemOf(error)}): look at the disk and the permissions there, or set BROADSHEET_SEARCH_URI.`,
      error,
    );
  }
}

/** Of what LanceDB throws the part that a person can use: it goes on with places in its own sources. */
export function problemOf(error: unknown): string {
  const text = messageOf(error);
  const [head = ''] = text.split(/\n|, \//);
  return (/\bmessage: "([^"]+)"/.exec(text)?.[1] ?? head).slice(0, MAX_PROBLEM);
}
