// An index of texts that no database holds, for measuring: made by the same code as that of the papers.
import type { Table } from '@lancedb/lancedb';
import type { Embedder } from '../../embeddings/embedder.ts';
import { type IndexedText, type IndexRow, rowOfText, textOf } from './index-row.ts';
import { connect } from './lance.ts';
import { addRows, createIndexes, createPapersTable, createVectorIndex } from './papers-table.ts';

const BATCH = 2_000;

export type TextIndex = {
  table: Table;
  /** For how many rows the vector index is trained; 0 without one. */
  trainedRows: number;
  close(): Promise<void>;
};

/** The keys of the rows count from 0 in the order of the texts. */
export async function indexTexts(
  folder: string,
  texts: AsyncIterable<IndexedText> | Iterable<IndexedText>,
  embedder: Embedder,
  onText: (done: number) => void = () => {},
): Promise<TextIndex> {
  const connection = await connect(folder);
  try {
    const table = await createPapersTable(connection, 'texts', embedder.dimensions);
    let count = 0;
    let rows: IndexRow[] = [];
    const write = async () => {
      const vectors = await embedder.embed(rows.map(textOf), 'document');
      const whole = rows.map((row, at) => ({ ...row, vector: vectors[at] as Float32Array }));
      await addRows(table, whole, embedder.dimensions);
      rows = [];
      onText(count);
    };
    for await (const text of texts) {
      rows.push({ ...rowOfText(text), key: count++ });
      if (rows.length === BATCH) await write();
    }
    await write();
    await table.optimize();
    await createIndexes(table);
    const trainedRows = await createVectorIndex(table, 0);
    return {
      table,
      trainedRows,
      async close() {
        table.close();
        connection.close();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
