import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { expectExact } from '../../tests/search-place.ts';
import { serveStandIn } from '../../tests/stand-in-embedder.ts';
import { openTestServer } from '../../tests/test-server.ts';
import type { App, Log } from '../app.ts';
import { keepSearchIndex } from './keep-search-index.ts';

/** Keeps the index of an app until the test ends or `stop` is called. */
function keep(app: App) {
  const logged: string[] = [];
  const write = (_: unknown, text: string) => logged.push(text);
  const log = { ...app.log, info: write, warn: write } as unknown as Log;
  const stopping = new AbortController();
  const work = keepSearchIndex({ ...app, log }, stopping.signal);
  const stop = () => {
    stopping.abort();
    return work.stopped;
  };
  onTestFinished(stop);
  return { work, stop, logged };
}

test('the index is made, follows, and is free for another when its keeper stops', async () => {
  const { app } = await openTestServer(await serveStandIn());
  await save(app.database, record('2510.00001'));
  const { work, stop, logged } = keep(app);
  await work.caughtUp();
  const place = { database: app.database, uri: app.config.search.uri };
  await expectExact(place);
  await save(app.database, record('2510.00002'));
  await work.caughtUp();
  await expectExact(place);
  expect(logged).toEqual([
    'the search index is made anew in the background',
    'the search index is ready',
  ]);
  await stop();

  await save(app.database, record('2510.00003'));
  const next = keep(app);
  await next.work.caughtUp();
  await expectExact(place);
  expect(next.logged).toEqual([]);
});

test('a second keeper waits for nothing, and does nothing', async () => {
  const { app } = await openTestServer(await serveStandIn());
  await save(app.database, record('2510.00001'));
  const first = keep(app);
  await first.work.caughtUp();
  const second = keep(app);
  await save(app.database, record('2510.00002'));
  await second.work.caughtUp();
  await first.work.caughtUp();
  expect(second.logged).toEqual([]);
});

test('a place where no index can be is logged, and nobody waits for it', async () => {
  const settings = await serveStandIn();
  const { app } = await openTestServer(settings);
  const file = path.join(app.config.dataDir, 'file');
  fs.writeFileSync(file, '');
  app.config.search.uri = path.join(file, 'search');
  await save(app.database, record('2510.00001'));
  const { work, logged } = keep(app);
  await work.caughtUp();
  expect(logged).toEqual(['the search index cannot be kept; trying on']);
});
