// Keeps one index true to one database: notices that there is none, or another's, makes it, and then
// follows. One process at a time does it for each place where an index is.
import type { Connection } from '@lancedb/lancedb';
import { AppError, messageOf } from '../../base/errors.ts';
import type { Database } from '../../database/database.ts';
import { instanceOf } from '../../database/instance.ts';
import type { Embedder } from '../../embeddings/embedder.ts';
import { type Lease, takeLease } from '../../queue/lease.ts';
import { CATALOG, type CatalogEntry, listEntries } from './catalog.ts';
import {
  type BuildProgress,
  buildIndex,
  compactFollowed,
  type Followed,
  fillVectors,
  followChanges,
  followVotes,
  type IndexWriter,
} from './follow-papers.ts';
import { ANALYSER } from './index-row.ts';
import { connect } from './lance.ts';
import { missingIndexes } from './papers-table.ts';

/** The reason that is no trouble: an instance begins without. */
export const NO_INDEX = 'there is none yet';

const LEASE_MS = 60_000;
/** Readers look at the catalog every second; then nobody opens a table of before. */
const SWAP_GRACE_MS = 3_000;

export type IndexPlace = { uri: string; database: Database };

export type IndexKeeper = {
  /** What was found at the start: why the index has to be made anew, or undefined. */
  reason: string | undefined;
  /** Makes the index where there is none that fits; `isForced` makes it anew in any case. */
  ensure(options?: {
    isForced?: boolean;
    onProgress?(progress: BuildProgress): void;
  }): Promise<boolean>;
  /** Takes over what has changed; returns how many papers it looked at. */
  follow(): Promise<number>;
  followVotes(): Promise<void>;
  fillVectors(): Promise<number>;
  compact(): Promise<void>;
  countPapers(): Promise<number>;
  /** Of the index that is ready. */
  entry(): CatalogEntry | undefined;
  close(): Promise<void>;
};

/**
 * Undefined while another process keeps the index of this place. Without an embedder an index that is
 * there is followed by words only, whichever embedder it was made with.
 */
export async function openKeeper(
  place: IndexPlace,
  embedder: Embedder | undefined,
  options: { signal: AbortSignal; onTrouble(problem: string): void },
): Promise<IndexKeeper | undefined> {
  const { database, uri } = place;
  const lease = await takeLease(database, `index ${uri}`, LEASE_MS);
  if (!lease) return undefined;
  const hold = keepLease(lease, options.signal);
  try {
    const connection = await connect(uri);
    const instance = await instanceOf(database);
    const writer: IndexWriter = {
      database,
      connection,
      embedder,
      instance,
      signal: options.signal,
      holdOn: hold.check,
      onTrouble: options.onTrouble,
      restsUntil: 0,
    };
    const found = await findUsable(writer);
    return keeperOf(writer, hold, found);
  } catch (error) {
    await hold.stop();
    throw error;
  }
}

function keeperOf(
  writer: IndexWriter,
  hold: Hold,
  found: { followed: Followed } | { reason: string },
): IndexKeeper {
  let followed = 'followed' in found ? found.followed : undefined;
  const ready = () => {
    if (!followed) throw new Error('The index is not there yet.');
    return followed;
  };
  return {
    reason: 'reason' in found ? found.reason : undefined,
    async ensure({ isForced = false, onProgress } = {}) {
      if (followed && !isForced) return false;
      const { entry, table } = await buildIndex(
        writer,
        isForced ? undefined : await findUnfinished(writer),
        onProgress,
      );
      followed?.table.close();
      followed = { entry, table, commits: 0 };
      await followChanges(writer, followed);
      await dropOthers(writer, entry.name);
      return true;
    },
    follow: () => followChanges(writer, ready()),
    followVotes: () => followVotes(writer, ready()),
    fillVectors: () => fillVectors(writer, ready()),
    compact: () => compactFollowed(writer, ready()),
    countPapers: () => ready().table.countRows(),
    entry: () => followed?.entry,
    async close() {
      followed?.table.close();
      writer.connection.close();
      await hold.stop();
    },
  };
}

type Hold = { check(): void; stop(): Promise<void> };

/** Renews the lease by the clock, because making one index may take longer than the lease. */
function keepLease(lease: Lease, signal: AbortSignal): Hold {
  let isLost = false;
  const timer = setInterval(() => {
    lease.renew().then(
      (isOurs) => {
        isLost ||= !isOurs;
      },
      // The database does not answer: what follows will say so.
      () => {},
    );
  }, LEASE_MS / 3);
  return {
    check() {
      signal.throwIfAborted();
      if (isLost) throw new AppError('conflict', 'Another process keeps the search index now.');
    },
    async stop() {
      clearInterval(timer);
      await lease.drop();
    },
  };
}

async function findUsable(
  writer: IndexWriter,
): Promise<{ followed: Followed } | { reason: string }> {
  let entries: CatalogEntry[];
  try {
    entries = await listEntries(writer.connection);
  } catch (error) {
    await dropTable(writer.connection, CATALOG);
    return { reason: `its catalog cannot be read (${messageOf(error)})` };
  }
  const entry = entries.find(({ state }) => state === 'ready');
  if (!entry) {
    return { reason: entries.length > 0 ? 'it was not finished' : NO_INDEX };
  }
  const misfit = await misfitOf(entry, writer);
  if (misfit) return { reason: misfit };
  try {
    const table = await writer.connection.openTable(entry.name);
    const missing = await missingIndexes(table);
    await table.countRows();
    if (missing.length > 0) return { reason: `it lacks ${missing.join(', ')}` };
    return { followed: { entry, table, commits: 1 } };
  } catch (error) {
    return { reason: `it cannot be read (${messageOf(error)})` };
  }
}

/** Why an index that is there is not this instance's; undefined when it is. */
async function misfitOf(entry: CatalogEntry, writer: IndexWriter): Promise<string | undefined> {
  if (entry.instance !== writer.instance) return 'it is of another database';
  if (entry.position > (await writer.database.currentChange())) {
    return 'it is ahead of the database, which was restored from an older state';
  }
  if (entry.analyser !== ANALYSER) return 'it was made by another version of the analyser';
  const { embedder } = writer;
  if (embedder && entry.embedder !== embedder.fingerprint)
    return 'it was made with another embedder';
  return undefined;
}

async function findUnfinished(writer: IndexWriter): Promise<CatalogEntry | undefined> {
  const entries = await listEntries(writer.connection).catch(() => []);
  const there = new Set(await writer.connection.tableNames());
  for (const entry of entries) {
    if (entry.state === 'building' && there.has(entry.name) && !(await misfitOf(entry, writer))) {
      return entry;
    }
  }
  return undefined;
}

async function dropOthers({ connection, signal }: IndexWriter, kept: string): Promise<void> {
  const others = (await connection.tableNames()).filter(
    (name) => name.startsWith('papers-') && name !== kept,
  );
  if (others.length === 0) return;
  await new Promise((resolve) => setTimeout(resolve, SWAP_GRACE_MS));
  signal.throwIfAborted();
  for (const name of others) await dropTable(connection, name);
}

/** What cannot be removed now is removed when the index is next made. */
async function dropTable(connection: Connection, name: string): Promise<void> {
  await connection.dropTable(name).catch(() => {});
}
