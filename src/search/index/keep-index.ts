// Keeps one index true to one database: notices that there is none, or another's, makes it, and then
// follows. One process at a time does it for each place where an index is.
import os from 'node:os';
import type { Connection } from '@lancedb/lancedb';
import { AppError } from '../../base/errors.ts';
import type { Database } from '../../database/database.ts';
import { instanceOf } from '../../database/instance.ts';
import type { Embedder } from '../../embeddings/embedder.ts';
import { type Lease, takeLease } from '../../queue/lease.ts';
import { CATALOG, type CatalogEntry, listEntries, saveOnlyEntry } from './catalog.ts';
import {
  type BuildProgress,
  beginFollowing,
  buildIndex,
  compactFollowed,
  type Followed,
  fillVectors,
  followChanges,
  followVotes,
  type IndexWriter,
  isFarBehind,
} from './follow-papers.ts';
import { ANALYSER } from './index-row.ts';
import { connect, explaining, problemOf } from './lance.ts';
import { missingIndexes, probeTable } from './papers-table.ts';

/** The reason that is no trouble: an instance begins without. */
export const NO_INDEX = 'there is none yet';

const LEASE_MS = 60_000;
/** Readers look at the catalog every second; then nobody opens a table of before. */
const SWAP_GRACE_MS = 3_000;
/** Papers; fewer are followed change by change, whatever the size of the index. */
const FAR_BEHIND = 20_000;

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

export type KeeperOptions = {
  signal: AbortSignal;
  onTrouble(problem: string): void;
  leaseMs?: number;
  swapGraceMs?: number;
  farBehind?: number;
};

/**
 * Undefined while another process keeps the index of this place. Without an embedder an index that is
 * there is followed by words only, whichever embedder it was made with. Throws `unavailable` when the
 * place cannot be read or written.
 */
export async function openKeeper(
  place: IndexPlace,
  embedder: Embedder | undefined,
  options: KeeperOptions,
): Promise<IndexKeeper | undefined> {
  const { database, uri } = place;
  const { leaseMs = LEASE_MS, swapGraceMs = SWAP_GRACE_MS, farBehind = FAR_BEHIND } = options;
  const lease = await takeLease(database, leaseName(uri), leaseMs);
  if (!lease) return undefined;
  const hold = keepLease(lease, leaseMs, options.signal);
  let connection: Connection | undefined;
  try {
    connection = await explaining(uri, () => connect(uri));
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
      swapGraceMs,
      farBehind,
    };
    const found = await explaining(uri, () => findUsable(writer));
    return keeperOf(uri, writer, hold, found);
  } catch (error) {
    connection?.close();
    await hold.stop();
    throw error;
  }
}

/** A folder of the same name on another machine is another place. */
function leaseName(uri: string): string {
  return uri.includes('://') ? `index ${uri}` : `index ${os.hostname()} ${uri}`;
}

function keeperOf(
  uri: string,
  writer: IndexWriter,
  hold: Hold,
  found: { followed: Followed } | { reason: string },
): IndexKeeper {
  let followed = 'followed' in found ? found.followed : undefined;
  const ready = () => {
    if (!followed) throw new Error('The index is not there yet.');
    return followed;
  };
  const onReady = <T>(work: (writer: IndexWriter, followed: Followed) => Promise<T>) =>
    explaining(uri, () => work(writer, ready()));
  const remake = async (onProgress?: (progress: BuildProgress) => void) => {
    const { entry, table } = await buildIndex(writer, await findUnfinished(writer), onProgress);
    followed?.table.close();
    followed = beginFollowing(entry, table);
    await followChanges(writer, followed);
    await dropOthers(writer, entry.name);
  };
  return {
    reason: 'reason' in found ? found.reason : undefined,
    ensure: ({ isForced = false, onProgress } = {}) =>
      explaining(uri, async () => {
        if (followed && !isForced) {
          await dropUnfinished(writer, followed.entry);
          return false;
        }
        await remake(onProgress);
        return true;
      }),
    follow: () =>
      onReady(async (_, current) => {
        if (!(await isFarBehind(writer, current))) return followChanges(writer, current);
        await remake();
        return ready().table.countRows();
      }),
    followVotes: () => onReady(followVotes),
    fillVectors: () => onReady(fillVectors),
    compact: () => onReady(compactFollowed),
    countPapers: () => onReady((_, { table }) => table.countRows()),
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
function keepLease(lease: Lease, leaseMs: number, signal: AbortSignal): Hold {
  let isLost = false;
  let heldAt = Date.now();
  const timer = setInterval(() => {
    const askedAt = Date.now();
    lease.renew().then(
      (isOurs) => {
        isLost ||= !isOurs;
        heldAt = askedAt;
      },
      // The database does not answer: what follows will say so.
      () => {},
    );
  }, leaseMs / 3);
  return {
    check() {
      signal.throwIfAborted();
      // A machine that slept, or lost its database, may find its lease taken.
      if (isLost || Date.now() - heldAt > leaseMs) {
        throw new AppError('conflict', 'Another process may keep the search index now.');
      }
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
    return { reason: `its catalog cannot be read (${problemOf(error)})` };
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
    if (missing.length > 0) return { reason: `it lacks ${missing.join(', ')}` };
    await probeTable(table);
    return { followed: beginFollowing(entry, table) };
  } catch (error) {
    return { reason: `it cannot be read (${problemOf(error)})` };
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

/** What is left of `index --rebuild` where that was cut off and not given again. */
async function dropUnfinished(writer: IndexWriter, ready: CatalogEntry): Promise<void> {
  if ((await listEntries(writer.connection)).length > 1) {
    await saveOnlyEntry(writer.connection, ready);
  }
  await dropOthers(writer, ready.name);
}

async function dropOthers(
  { connection, signal, swapGraceMs }: IndexWriter,
  kept: string,
): Promise<void> {
  const others = (await connection.tableNames()).filter(
    (name) => name.startsWith('papers-') && name !== kept,
  );
  if (others.length === 0) return;
  await new Promise((resolve) => setTimeout(resolve, swapGraceMs));
  signal.throwIfAborted();
  for (const name of others) await dropTable(connection, name);
}

/** What cannot be removed now is removed when the index is next made. */
async function dropTable(connection: Connection, name: string): Promise<void> {
  await connection.dropTable(name).catch(() => {});
}
