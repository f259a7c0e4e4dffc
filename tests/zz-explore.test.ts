import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseQuery } from '../src/search/query/parse-query.ts';
import { createSearch } from '../src/search/search.ts';
import { openKeeper } from '../src/search/index/keep-index.ts';
import { record, save, list, authors } from './fixtures.ts';
import { standInEmbedder } from './stand-in-embedder.ts';
import { openTestDatabase, temporaryFolder } from './test-database.ts';

const say = (...x: unknown[]) => console.log(...x);
test('explore', { timeout: 120000 }, async () => {
  const database = await openTestDatabase();
  await save(database,
    record('2510.00001', { title: 'Attention Is All You Need', authors: authors('Kaiming He', 'Li An'), abstract: 'We propose a new network, the transformer.' }),
    record('2510.00002', { title: '扩散模型 für Übung', abstract: 'Chinese words here.' }),
    record('2510.00003', { title: 'Another thing', abstract: 'All different.' }),
  );
  const uri = path.join(temporaryFolder(), 'search');
  const embedder = standInEmbedder();
  const ac = new AbortController();
  const opts = { signal: ac.signal, onTrouble: (m: string) => say('trouble', m) };
  const keeper = (await openKeeper({ database, uri }, embedder, opts))!;
  say(keeper.reason, await keeper.ensure(), await keeper.countPapers());
  await list(database, '2025-10-29', [{ record: record('2510.00001', {title:'Attention Is All You Need', authors: authors('Kaiming He', 'Li An'), abstract: 'We propose a new network, the transformer.'}), votes: 7 }]);
  await database.transact(async (tx) => { const { takeChanges } = await import('../src/database/change-number.ts'); await takeChanges(tx, 1); });
  for (const f of ['follow', 'followVotes', 'fillVectors'] as const) try { say(f, await keeper[f]()); } catch (e) { say(f, 'FAILED', (e as Error).message.slice(0, 300)); }
  await database.transact(async (tx) => { const { takeChanges } = await import('../src/database/change-number.ts'); await takeChanges(tx, 1); });
  for (const f of ['follow', 'followVotes', 'fillVectors'] as const) try { say(f, await keeper[f]()); } catch (e) { say(f, 'FAILED', (e as Error).message.slice(0, 300)); }
  const search = createSearch({ database, config: { search: { uri, timeoutMs: 5000, meaningWeight: 0.3 } }, openEmbedder: async () => embedder, log: { warn: (d, m) => say('warn', m, d) } });
  for (const q of ['"attention is all you need"', '"is all you"', 'title:"all you need"', 'author:he', 'author:"kaiming he"', 'author:An', '扩散模型', 'Übung', 'ubung', 'x'.repeat(100), 'attention -transformer', '-transformer', 'attention -"new network"', '½', 'a b c d', '"a"', 'network "the transformer"', 'cat:cs', 'cat:math', 'votes:>3', '"x' , `${'y'.repeat(90)} network`, `"${'y'.repeat(90)}"`, `author:${'z'.repeat(90)}`, `-${'y'.repeat(90)} network`, 'title:' + 'q'.repeat(80)]) {
    const f = await search.search(parseQuery(q), { sort: 'relevance', offset: 0, limit: 20, isForPage: true });
    const g = await search.search(parseQuery(q), { sort: 'date', offset: 0, limit: 20, isForPage: true });
    say(q.slice(0, 40), JSON.stringify([f.keys, f.answeredBy, f.trouble, f.didYouMean, g.keys, g.answeredBy, g.trouble]));
  }
  say(await search.suggest('atte'), await search.suggest('attention i'), await search.suggest('kaiming h'), await search.suggest('cs'), await search.suggest('扩散'));
  await search.close();
  await keeper.close();
  say(fs.readdirSync(uri));
  for (const f of fs.readdirSync(uri, { recursive: true }) as string[]) if (!f.includes('_indices')) say(f);
  expect(1).toBe(1);
});
test('bad places', { timeout: 120000 }, async () => {
  const database = await openTestDatabase();
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'file'), 'x');
  const opts = { signal: new AbortController().signal, onTrouble: (m: string) => say('trouble', m) };
  for (const uri of [path.join(folder, 'file'), path.join(folder, 'file', 'sub'), '/proc/none', '/sys/kernel/x']) {
    try { const k = await openKeeper({ database, uri }, standInEmbedder(), opts); say(uri, k?.reason); await k?.ensure(); say('made!'); await k?.close(); } catch (e) { say(uri, (e as Error).constructor.name, (e as {code?:string}).code, (e as Error).message.slice(0, 500)); }
    const search = createSearch({ database, config: { search: { uri, timeoutMs: 5000, meaningWeight: 0.3 } }, openEmbedder: async () => standInEmbedder(), log: { warn: (d, m) => say('warn', m, d) } });
    say(await search.search(parseQuery('foo bar'), { sort: 'relevance', offset: 0, limit: 20, isForPage: true }));
    await search.close();
  }
  await database.transact((tx) => tx.deleteFrom('leases').execute());
});
