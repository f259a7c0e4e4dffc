// What a process that only reads knows of the index: which table is the ready one, asked again every
// second, so that a swap is seen without a restart.
import type { Connection, Table } from '@lancedb/lancedb';
import type { Database } from '../../database/database.ts';
import { instanceOf } from '../../database/instance.ts';
import { type CatalogEntry, listEntries } from './catalog.ts';
import { ANALYSER } from './index-row.ts';
import { connect, explaining } from './lance.ts';

const LOOK_EVERY_MS = 1_000;
/** A question may still be running on the table of before. */
const CLOSE_AFTER_MS = 30_000;

export type OpenIndex = { entry: CatalogEntry; table: Table };

export type IndexReader = {
  /** Undefined while no index of this database is ready. */
  current(): Promise<OpenIndex | undefined>;
  /** Forgets what was opened, after it failed. */
  forget(): void;
  /**
   * Another text when answers may be others than before; what is known without waiting. The first
   * call of `current` opens the index, and this does not.
   */
  stamp(): string;
  close(): Promise<void>;
};

export function createIndexReader(uri: string, database: Database): IndexReader {
  let connection: Connection | undefined;
  let opened: OpenIndex | undefined;
  let lookedAt = 0;
  let looking: Promise<void> | undefined;
  const timers = new Set<NodeJS.Timeout>();

  const retire = (table: Table) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      table.close();
    }, CLOSE_AFTER_MS);
    timer.unref();
    timers.add(timer);
  };

  async function look(): Promise<void> {
    connection ??= await explaining(uri, () => connect(uri));
    const ready = await findReady(connection, database);
    lookedAt = Date.now();
    // What is open goes on answering: whether the place is damaged is for the keeper to say.
    if (ready === 'unreadable' && opened) return;
    const entry = ready === 'unreadable' ? undefined : ready;
    const before = opened;
    if (!entry) opened = undefined;
    else if (before?.entry.name !== entry.name) {
      opened = { entry, table: await connection.openTable(entry.name) };
    } else {
      // Otherwise an answer from a version of before could be kept under the stamp of this one.
      if (positionsOf(before.entry) !== positionsOf(entry)) await before.table.checkoutLatest();
      if (opened === before) opened = { entry, table: before.table };
    }
    if (before && before.table !== opened?.table) retire(before.table);
  }

  /** One look at a time, however many ask. */
  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  const isOld = () => Date.now() - lookedAt >= LOOK_EVERY_MS;
  return {
    async current() {
      if (opened && isOld()) lookOnce().catch(() => {});
      else if (!opened) await lookOnce();
      return opened;
    },
    forget() {
      if (opened) retire(opened.table);
      opened = undefined;
    },
    stamp() {
      if (lookedAt > 0 && isOld()) lookOnce().catch(() => {});
      const entry = opened?.entry;
      return entry ? positionsOf(entry) : '';
    },
    async close() {
      await looking?.catch(() => {});
      for (const timer of timers) clearTimeout(timer);
      opened?.table.close();
      connection?.close();
    },
  };
}

async function findReady(
  connection: Connection,
  database: Database,
): Promise<CatalogEntry | 'unreadable' | undefined> {
  const instance = await instanceOf(database);
  const entries = await listEntries(connection).catch(() => undefined);
  if (!entries) return 'unreadable';
  // Read after the entries, so that an index that is just written is never ahead.
  const change = await database.currentChange();
  return entries.find(
    ({ state, ...made }) =>
      state === 'ready' &&
      made.instance === instance &&
      made.analyser === ANALYSER &&
      made.position <= change,
  );
}

function positionsOf({ name, position, votes_position }: CatalogEntry): string {
  return `${name} ${position} ${votes_position}`;
}
