// What a search of the demo edition finds with the embedder that comes along, so that it does not become
// worse unseen. docs/search.md has the measurements.
import { expect, onTestFinished, test } from 'vitest';
import type { Day } from '../src/base/calendar.ts';
import { editionPlaces } from '../src/days/edition-store.ts';
import { openEmbedder } from '../src/embeddings/open-embedder.ts';
import { openKeeper } from '../src/search/index/keep-index.ts';
import { parseQuery } from '../src/search/query/parse-query.ts';
import { parseSavedPage } from '../src/sources/page-text.ts';
import { readDemo } from './fixtures.ts';
import { loadOctober, openTestServer } from './test-server.ts';

const DAY = '2025-10-29' as Day;

async function openDemo() {
  const { app } = await openTestServer({ BROADSHEET_SEARCH_TIMEOUT_MS: '60000' });
  await loadOctober(app);
  const embedder = await openEmbedder(app.config);
  const place = { database: app.database, uri: app.config.search.uri };
  const options = { signal: new AbortController().signal, onTrouble: () => {} };
  const keeper = await openKeeper(place, embedder, options);
  if (!keeper) throw new Error('Another keeps the index.');
  onTestFinished(() => keeper.close());
  await keeper.ensure();

  const { records } = parseSavedPage(readDemo('daily-papers-page.txt.gz'), DAY);
  const places = await editionPlaces(app.database.read, `${DAY}-page`);
  const papers = records.map(({ title, abstract = '' }, at) => ({
    key: places[at]?.paperKey as number,
    title,
    abstract,
  }));
  /** The keys of the papers that come first. */
  const first = async (text: string, limit: number) => {
    const found = await app.search.search(parseQuery(text), {
      sort: 'relevance',
      offset: 0,
      limit,
      isForPage: false,
    });
    expect(found.answeredBy).toBe('words and meaning');
    return found.keys;
  };
  const textOf = async (key: number) => {
    const { title, abstract } = await app.database.read
      .selectFrom('papers')
      .select(['title', 'abstract'])
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    return `${title}\n${abstract}`;
  };
  return { papers, first, textOf };
}

/** What the first five papers must speak of. */
const SUBJECTS: [string, RegExp][] = [
  ['layer normalization in transformers', /layer ?norm/i],
  ['post-training quantization of LLMs', /quantiz/i],
  ['neural architecture search without training', /architecture search|\bNAS\b/i],
  ['image super-resolution', /super[- ]resolution/i],
  ['scaling laws and data pruning', /scaling laws?|prun(?:e|ing)/i],
];
const FIRST_FIVE = 5;

function secondSentence(abstract: string): string | undefined {
  return abstract.split(/(?<=[.!?])\s+(?=[A-Z])/)[1];
}

test('a search of the demo edition finds papers by titles, by sentences and by subjects', {
  timeout: 180_000,
}, async () => {
  const { papers, first, textOf } = await openDemo();
  expect(papers).toHaveLength(72);
  const unlikeTitle: string[] = [];
  const unlikeSentence: string[] = [];
  let sentences = 0;
  for (const { key, title, abstract } of papers) {
    if ((await first(title, 1))[0] !== key) unlikeTitle.push(title);
    const sentence = secondSentence(abstract);
    if (sentence === undefined) continue;
    sentences++;
    if (!(await first(sentence, 3)).includes(key)) unlikeSentence.push(sentence);
  }
  expect(unlikeTitle).toEqual([]);
  expect(sentences).toBe(72);
  expect(unlikeSentence.slice(2)).toEqual([]);

  const [mentioned = 0] = await first('non-scaling LayerNorm', 1);
  expect
    .soft(await textOf(mentioned))
    .toMatch(/^Improved Training Technique for Latent Consistency/);
  for (const [subject, words] of SUBJECTS) {
    const keys = await first(subject, FIRST_FIVE);
    expect(keys).toHaveLength(FIRST_FIVE);
    for (const key of keys) expect.soft(await textOf(key), subject).toMatch(words);
  }
});
