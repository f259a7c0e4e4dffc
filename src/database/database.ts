import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

/**
 * The open database. Reads go through `read`, which on SQLite is a connection that cannot write, so
 * they never wait for a writer; every write goes through `transact`.
 */
export type Database = {
  engine: Engine;
  /** What was opened, without a password, for messages. */
  location: string;
  read: Db;
  /**
   * Runs `work` in a transaction that holds the write lock from its start (SQLite) and rolls back
   * when it throws. Waiting for the lock does not block the event loop. Do not nest.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For libraries that write and open transactions by themselves; all else goes through `transact`. */
  write: Db;
  /** Runs `work` on one consistent state of the database, however long it takes. */
  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * The last change number that was committed. It moves whenever something that readers see has
   * changed, in whatever process.
   */
  currentChange(): Promise<number> | number;
  close(): Promise<void>;
};
