import type { Database } from '../../database/database.ts';
import { instanceOf } from '../../database/instance.ts';
import { listEntries } from './catalog.ts';
import { ANALYSER } from './index-row.ts';
import { connect } from './lance.ts';

export type IndexDescription = {
  papers: number;
  /** Changes of the database that it does not have yet. */
  behind: number;
  /** The embedder's fingerprint. */
  embedder: string;
  /** Rows that have no vector yet. */
  withoutMeaning: number;
};

/** Undefined where no index is ready. Throws an Error that says what is wrong with the one that is there. */
export async function describeIndex(
  uri: string,
  database: Database,
): Promise<IndexDescription | undefined> {
  const connection = await connect(uri);
  try {
    const entry = (await listEntries(connection)).find(({ state }) => state === 'ready');
    if (!entry) return undefined;
    if (entry.instance !== (await instanceOf(database)))
      throw new Error('it is of another database');
    if (entry.analyser !== ANALYSER) throw new Error('it was made by another version');
    const table = await connection.openTable(entry.name);
    try {
      return {
        papers: await table.countRows(),
        withoutMeaning: await table.countRows('vector is null'),
        behind: (await database.currentChange()) - entry.position,
        embedder: entry.embedder,
      };
    } finally {
      table.close();
    }
  } finally {
    connection.close();
  }
}
