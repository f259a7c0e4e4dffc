import { test } from 'vitest';
import { rowOfText } from '../src/search/index/index-row.ts';
import { connect } from '../src/search/index/lance.ts';
import { addRows, compact, createIndexes, createPapersTable, mergeRows, createVectorIndex } from '../src/search/index/papers-table.ts';
import { temporaryFolder } from './test-database.ts';
test('measure', { timeout: 600000 }, async () => {
  const vocab = Array.from({ length: 40000 }, (_, i) => `w${i.toString(36)}x`);
  const word = () => vocab[Math.floor(vocab.length * Math.random() ** 4)];
  const text = (n: number) => Array.from({ length: n }, word).join(' ');
  const c = await connect(temporaryFolder());
  const table = await createPapersTable(c, 'p', 256);
  const row = (key: number) => ({ ...rowOfText({ title: text(8), abstract: text(120) }), key, id: `x${key}`, authors: text(6), author_prefixes: text(20), vector: Float32Array.from({ length: 256 }, () => Math.random() - 0.5) });
  const N = Number(process.env.ROWS ?? 60000);
  for (let k = 0; k < N; k += 2000) await addRows(table, Array.from({ length: 2000 }, (_, i) => row(k + i)), 256);
  let t = Date.now();
  await table.optimize(); await createIndexes(table); console.log('indexes', Date.now() - t);
  t = Date.now(); await createVectorIndex(table, 0); console.log('vec', Date.now() - t);
  for (let i = 0; i < 4; i++) {
    t = Date.now(); await mergeRows(table, [row(i), row(N + i)], 256); console.log('merge', Date.now() - t);
    t = Date.now(); await compact(table, 600000); console.log('compact', Date.now() - t);
  }
});
