// Which table is the index. A table of its own in the same place says it, so that one commit swaps
// indexes for everyone who reads them.
import type { Connection, Table } from '@lancedb/lancedb';
import { loadLance } from './lance.ts';

export const CATALOG = 'catalog';
const MAX_ENTRIES = 100;

export type CatalogEntry = {
  /** Of the table. */
  name: string;
  state: 'building' | 'ready';
  /** Which database the papers are of. */
  instance: string;
  analyser: string;
  /** The embedder's fingerprint, and the length of its vectors. */
  embedder: string;
  dimensions: number;
  /** Every change of the database up to this number is in it. */
  position: number;
  /** Building: the change number that has to be reached. */
  target: number;
  /** Every change of votes up to this number is in it. */
  votes_position: number;
  /** Rows that the vector index was trained for; 0 where there is none. */
  trained_rows: number;
};

export async function listEntries(connection: Connection): Promise<CatalogEntry[]> {
  if (!(await connection.tableNames()).includes(CATALOG)) return [];
  const table = await connection.openTable(CATALOG);
  try {
    const rows = await table.query().limit(MAX_ENTRIES).toArray();
    return rows.map((row) => ({ ...row.toJSON() }) as CatalogEntry);
  } finally {
    table.close();
  }
}

/** Puts an entry in or replaces the one of the same name. */
export async function saveEntry(connection: Connection, entry: CatalogEntry): Promise<void> {
  const table = await openCatalog(connection);
  try {
    await table
      .mergeInsert('name')
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .execute([entry]);
    await table.optimize({ cleanupOlderThan: new Date(Date.now() - KEPT_MS) });
  } finally {
    table.close();
  }
}

/** A reader may be at a version of the table that is so old. */
const KEPT_MS = 60_000;

/** Makes `entry` the only one: what readers open from now on. */
export async function saveOnlyEntry(connection: Connection, entry: CatalogEntry): Promise<void> {
  const table = await openCatalog(connection);
  try {
    await table
      .mergeInsert('name')
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .whenNotMatchedBySourceDelete()
      .execute([entry]);
  } finally {
    table.close();
  }
}

async function openCatalog(connection: Connection): Promise<Table> {
  const { arrow } = await loadLance();
  const text = (name: string) => new arrow.Field(name, new arrow.Utf8(), false);
  const number = (name: string) => new arrow.Field(name, new arrow.Float64(), false);
  const schema = new arrow.Schema([
    text('name'),
    text('state'),
    text('instance'),
    text('analyser'),
    text('embedder'),
    number('dimensions'),
    number('position'),
    number('target'),
    number('votes_position'),
    number('trained_rows'),
  ]);
  const namesOf = ({ fields }: typeof schema) => fields.map((field) => field.name).join();
  if ((await connection.tableNames()).includes(CATALOG)) {
    const table = await connection.openTable(CATALOG);
    if (namesOf(await table.schema()) === namesOf(schema)) return table;
    // Another version's, whose index is made anew in any case.
    table.close();
  }
  return connection.createEmptyTable(CATALOG, schema, { mode: 'overwrite' });
}
