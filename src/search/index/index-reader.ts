// What a process that only reads knows of the index: which table is the ready one, asked again every
// second, so that a swap is seen without a restart.
import type { Connection, Table } from '@lancedb/lancedb';
import type { Database } from '../../database/database.ts';
import { instanceOf } from '../../database/instance.ts';
import { type CatalogEntry, listEntries } from './catalog.ts';
import { ANALYSER } from './index-row.ts';
import { connect } from './lance.ts';

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
    connection ??= await connect(uri);
    const instance = await instanceOf(database);
    const entries = await listEntries(connection).catch(() => []);
    const entry = entries.find(
      ({ state, ...made }) =>
        state === 'ready' && made.instance === instance && made.analyser === ANALYSER,
    );
    const before = opened;
    if (!entry) opened = undefined;
    else if (before?.entry.name === entry.name) opened = { entry, table: before.table };
    else opened = { entry, table: await connection.openTable(entry.name) };
    if (before && before.table !== opened?.table) retire(before.table);
    lookedAt = Date.now();
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
      return entry ? `${entry.name} ${entry.position} ${entry.votes_position}` : '';
    },
    async close() {
      await looking?.catch(() => {});
      for (const timer of timers) clearTimeout(timer);
      opened?.table.close();
      connection?.close();
    },
  };
}
