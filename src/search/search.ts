// Searching, as pages, API and command line do it. The index answers; while it cannot, the database
// does, and the answer says so.
import { AppError, isAppError, messageOf } from '../base/errors.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Embedder } from '../embeddings/embedder.ts';
import { unlessZero } from '../embeddings/unit-length.ts';
import { didYouMean } from './did-you-mean.ts';
import { countFacets, type Facets } from './facets.ts';
import { findInDatabase } from './find-in-database.ts';
import { FUSED_DEPTH } from './fuse.ts';
import {
  askList,
  askWords,
  type Hit,
  hasContent,
  loadFacts,
  textConditionsOf,
  whereOf,
  withText,
} from './index/ask-table.ts';
import { createIndexReader, type OpenIndex } from './index/index-reader.ts';
import { loadLance } from './index/lance.ts';
import { probesFor } from './index/papers-table.ts';
import { askMatches, type MatchedBy } from './match/ask-matches.ts';
import { indexPlace, knowsAll } from './match/index-place.ts';
import { type Matcher, openMatcher } from './match/matcher.ts';
import { withNearTitleFirst } from './near-title.ts';
import { isEmpty } from './query/is-empty.ts';
import { parseQuery, type SearchQuery } from './query/parse-query.ts';
import { rank } from './rank.ts';
import { findSimilar } from './similar.ts';
import { type Suggestion, suggest } from './suggest.ts';

export { MATCHED_BY, type MatchedBy } from './match/ask-matches.ts';

export type Sort = 'relevance' | 'date' | 'votes';

/** Lists that are not ordered by relevance hold at most so many. */
const MAX_LISTED = 1_000;
/** For a question about given papers, which no page waits for. */
const MATCH_TIMEOUT_MS = 10_000;
/** An embedder that did not answer is asked again after so long. */
const EMBEDDER_REST_MS = 30_000;

export type SearchOptions = {
  sort: Sort;
  offset: number;
  limit: number;
  /** Whether the list is counted by category and year, and a misspelt word looked for. */
  isForPage: boolean;
};

export type Found = {
  /** Keys of the papers of this page, in order. */
  keys: number[];
  /** How many papers the whole list holds; with `isCut` there are more, which it leaves out. */
  total: number;
  isCut: boolean;
  /**
   * `words`: without the meaning, because of `trouble`, or in an order that it has no part in. `meaning`: no
   * paper has any of the words. `database`: by title and author only.
   */
  answeredBy: 'words and meaning' | 'words' | 'meaning' | 'database';
  trouble: 'late' | 'no index' | 'no embedder' | undefined;
  facets: Facets | undefined;
  /** The words of the query with misspelt ones put right. */
  didYouMean: string | undefined;
};

export type Search = {
  search(query: SearchQuery, options: SearchOptions): Promise<Found>;
  /** Keys of the papers nearest in meaning, without the paper itself; empty when nothing is known. */
  similar(paperKey: number, limit: number): Promise<number[]>;
  suggest(text: string): Promise<Suggestion[]>;
  /**
   * Of the papers `among`, at most 20,000, the keys of those that match, the best first: by words those that
   * have all of them, by meaning those that are near. A paper that the index does not know yet is not among
   * them, nor one that is near while the embedder does not answer; with `isWhole` that throws `unavailable`.
   * Throws `unavailable` while there is no index.
   */
  match(
    text: string,
    options: { by: MatchedBy; among: number[]; isWhole?: boolean },
  ): Promise<number[]>;
  /**
   * For many questions about the same papers, some thousand at most: exact, whatever state the index is in.
   * Papers that are withdrawn match nothing. To be closed.
   */
  openMatcher(among: number[], signal: AbortSignal): Promise<Matcher>;
  /** Another text whenever the index has changed, as far as this process has looked. */
  stamp(): string;
  close(): Promise<void>;
};

export type SearchParts = {
  database: Database;
  config: Pick<Config, 'search'>;
  openEmbedder(): Promise<Embedder>;
  log: { warn(details: object, message: string): void };
};

export function createSearch({ database, config, openEmbedder, log }: SearchParts): Search {
  const { uri, timeoutMs, meaningWeight, nearFrom } = config.search;
  const reader = createIndexReader(uri, database);
  const db = database.read;
  let opening: Promise<Embedder> | undefined;
  let restsUntil = 0;

  const rest = (error: unknown): undefined => {
    if (Date.now() >= restsUntil) {
      log.warn({ problem: messageOf(error) }, 'the embedder does not answer; searching by words');
    }
    restsUntil = Date.now() + EMBEDDER_REST_MS;
    return undefined;
  };

  /** Undefined while it does not answer. */
  async function openModel(): Promise<Embedder | undefined> {
    if (Date.now() < restsUntil) return undefined;
    try {
      opening ??= openEmbedder();
      return await opening;
    } catch (error) {
      opening = undefined;
      return rest(error);
    }
  }

  /** Undefined while the embedder does not answer, or when the index was made with another; else maybe of zeros. */
  async function embedQuery(words: string, index: OpenIndex, signal: AbortSignal) {
    const embedder = await openModel();
    if (embedder?.fingerprint !== index.entry.embedder) return undefined;
    try {
      return (await embedder.embed([words], 'query', signal))[0];
    } catch (error) {
      opening = undefined;
      return signal.aborted ? undefined : rest(error);
    }
  }

  type Listed = Pick<Found, 'answeredBy' | 'trouble' | 'isCut'> & { hits: Hit[] };

  async function byRelevance(index: OpenIndex, query: SearchQuery): Promise<Listed> {
    const { lancedb } = await loadLance();
    const where = whereOf(query);
    const { words, meaning, fused, trouble } = await rank(index.table, {
      words: query.words,
      text: textConditionsOf(lancedb, query),
      where,
      embed: async (signal) => unlessZero(await embedQuery(query.words, index, signal)),
      probes: probesFor(index.entry.trained_rows, where !== undefined),
      weight: meaningWeight,
      timeoutMs,
    });
    return {
      hits: await withNearTitleFirst(db, fused, query.words),
      isCut: words.length >= FUSED_DEPTH,
      answeredBy:
        meaning.length === 0 ? 'words' : words.length === 0 ? 'meaning' : 'words and meaning',
      trouble: trouble === 'no vector' ? 'no embedder' : trouble,
    };
  }

  /** By date or votes: what has every word; what has some of them where nothing has every. */
  async function order(index: OpenIndex, query: SearchQuery, sort: Sort): Promise<Listed> {
    const { lancedb } = await loadLance();
    const text = textConditionsOf(lancedb, query);
    const by = sort === 'votes' ? 'votes' : 'day';
    const asked = { words: query.words, text, where: whereOf(query), timeoutMs };
    const limit = MAX_LISTED;
    const hasWords = hasContent(query.words) || text.must.length > 0;
    let hits: Hit[];
    if (hasWords) {
      hits = await askWords(index.table, { ...asked, isStrict: true, limit });
      if (hits.length === 0) {
        hits = await askWords(index.table, { ...asked, isStrict: false, limit: FUSED_DEPTH });
      }
      const facts = await loadFacts(index.table, hits, timeoutMs);
      const values = new Map(facts.map((fact) => [fact.key, fact[by]]));
      const sortedBy = ({ key }: Hit) => values.get(key) ?? 0;
      hits.sort((a, b) => sortedBy(b) - sortedBy(a) || b.key - a.key);
    } else {
      hits = await askList(index.table, { where: whereOf(query), orderBy: by, limit, timeoutMs });
      const keys = hits.map(({ key }) => key);
      const kept = await withText(index.table, keys, text, timeoutMs);
      hits = hits.filter(({ key }) => kept.has(key));
    }
    return { hits, isCut: hits.length >= limit, answeredBy: 'words', trouble: undefined };
  }

  async function answer(query: SearchQuery, options: SearchOptions): Promise<Found> {
    const index = await reader.current();
    if (!index) return fromDatabase(query, options, 'no index');
    const isRanked = options.sort === 'relevance' && hasContent(query.words);
    const listed = isRanked
      ? await byRelevance(index, query)
      : await order(index, query, options.sort);
    const { hits, ...rest } = listed;
    const isFirstPage = options.isForPage && options.offset === 0;
    const [facets, proposal] = await Promise.all([
      options.isForPage ? loadFacts(index.table, hits, timeoutMs).then(countFacets) : undefined,
      // No answer is given up for a proposal.
      isFirstPage
        ? didYouMean(index.table, query.looseWords, timeoutMs).catch(() => undefined)
        : undefined,
    ]);
    return {
      ...rest,
      keys: hits.slice(options.offset, options.offset + options.limit).map(({ key }) => key),
      total: hits.length,
      facets,
      didYouMean: proposal,
    };
  }

  async function fromDatabase(
    query: SearchQuery,
    { offset, limit }: SearchOptions,
    trouble: Found['trouble'],
  ): Promise<Found> {
    const keys = await findInDatabase(db, query.words || query.authors.join(' '));
    return {
      keys: keys.slice(offset, offset + limit),
      total: keys.length,
      isCut: false,
      answeredBy: 'database',
      trouble,
      facets: undefined,
      didYouMean: undefined,
    };
  }

  async function find(query: SearchQuery, options: SearchOptions): Promise<Found> {
    if (isEmpty(query)) return NOTHING;
    try {
      return await answer(query, options);
    } catch (error) {
      // The table may have been swapped away under the question: the new one is asked.
      reader.forget();
      try {
        return await answer(query, options);
      } catch {
        log.warn({ problem: messageOf(error) }, 'the search index does not answer');
        return fromDatabase(query, options, 'no index');
      }
    }
  }

  async function readyIndex(): Promise<OpenIndex> {
    const index = await reader.current();
    if (index) return index;
    throw unavailable('The search index is being made');
  }

  async function matchIn(
    index: OpenIndex,
    query: SearchQuery,
    { by, among, isWhole }: { by: MatchedBy; among: number[]; isWhole: boolean },
  ): Promise<number[]> {
    const signal = AbortSignal.timeout(MATCH_TIMEOUT_MS);
    const wantsMeaning = by !== 'words' && hasContent(query.words);
    const vector = wantsMeaning ? await embedQuery(query.words, index, signal) : undefined;
    if (wantsMeaning && !vector && (isWhole || by === 'meaning')) {
      throw unavailable('What compares the meaning does not answer');
    }
    const place = indexPlace(index.table, among, MATCH_TIMEOUT_MS);
    if (isWhole && !(await knowsAll(place, query, by))) {
      throw unavailable('The search index is behind');
    }
    const asked = { by, vector: unlessZero(vector), nearFrom, weight: meaningWeight };
    return askMatches(place, query, asked);
  }

  return {
    search: find,
    async similar(paperKey, limit) {
      try {
        const index = await reader.current();
        return index ? await findSimilar(index, paperKey, limit, timeoutMs) : [];
      } catch (error) {
        reader.forget();
        log.warn({ problem: messageOf(error) }, 'similar papers cannot be found');
        return [];
      }
    },
    async suggest(text) {
      const index = await reader.current().catch(() => undefined);
      try {
        return await suggest(db, index?.table, text, timeoutMs);
      } catch {
        reader.forget();
        return suggest(db, undefined, text, timeoutMs);
      }
    },
    async match(text, { by, among, isWhole = false }) {
      const query = parseQuery(text);
      if (isEmpty(query) || among.length === 0) return [];
      try {
        return await matchIn(await readyIndex(), query, { by, among, isWhole });
      } catch (error) {
        reader.forget();
        if (isAppError(error)) throw error;
        // The table may have been swapped away under the question: the new one is asked.
        return matchIn(await readyIndex(), query, { by, among, isWhole });
      }
    },
    async openMatcher(among, signal) {
      const embedder = await openModel();
      const index = await reader.current().catch(() => undefined);
      const weight = meaningWeight;
      const onTrouble = (error: unknown) => {
        opening = undefined;
        rest(error);
      };
      const parts = { database, embedder, index, nearFrom, weight, signal, onTrouble };
      return openMatcher(parts, among);
    },
    stamp: () => reader.stamp(),
    async close() {
      await reader.close();
      await opening?.then((embedder) => embedder.close()).catch(() => {});
    },
  };
}

function unavailable(what: string): AppError {
  return new AppError('unavailable', `${what}: try again in some minutes.`);
}

const NOTHING: Found = {
  keys: [],
  total: 0,
  isCut: false,
  answeredBy: 'words and meaning',
  trouble: undefined,
  facets: undefined,
  didYouMean: undefined,
};
