// Which of some papers match a query: a yes or a no for each, where a search only knows the nearest.
import type { Table } from '@lancedb/lancedb';
import { fuse, weightFor } from '../fuse.ts';
import {
  askList,
  askWords,
  countContentWords,
  hasContent,
  type Scored,
  textConditionsOf,
  whereOf,
  withText,
} from '../index/ask-table.ts';
import { loadLance } from '../index/lance.ts';
import { isEmpty } from '../query/is-empty.ts';
import type { SearchQuery } from '../query/parse-query.ts';

/** By which side of a search a paper may come in. */
export const MATCHED_BY = ['words', 'meaning', 'either'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

/** Where the papers are that are looked through. */
export type MatchPlace = {
  table: Table;
  /** SQL that leaves of the table only the papers asked for; undefined where it holds no others. */
  among: string | undefined;
  /** How many papers that are. */
  size: number;
  /** The cosine of every paper that has a vector and meets the condition. */
  compare(vector: Float32Array, where: string | undefined): Promise<Scored[]>;
  timeoutMs: number;
};

export type MatchAsked = {
  by: MatchedBy;
  /** The vector of the query's words; undefined where they are not compared. */
  vector: Float32Array | undefined;
  /** From which cosine on a paper is near. */
  nearFrom: number;
  /** Of the meaning in the order, 0 to 1. */
  weight: number;
};

/** Keys of the papers that match, the best first. A query without words asks for its filters in every mode. */
export async function askMatches(
  place: MatchPlace,
  query: SearchQuery,
  { by, vector, nearFrom, weight }: MatchAsked,
): Promise<number[]> {
  if (isEmpty(query)) return [];
  const where = andOf(place.among, whereOf(query));
  const hasWords = hasContent(query.words);
  const wantsWords = by !== 'meaning' || !hasWords;
  const [words, cosines] = await Promise.all([
    wantsWords ? matchWords(place, query, where) : [],
    vector && hasWords && by !== 'words' ? place.compare(vector, where) : [],
  ]);
  const near = await meetingText(
    place,
    query,
    cosines.filter(({ score }) => score >= nearFrom),
  );
  if (wantsWords && near.length === 0) return words.map(({ key }) => key);
  const matching = new Set([...words, ...near].map(({ key }) => key));
  const meaning = cosines.filter(({ key }) => matching.has(key));
  const share = weightFor(countContentWords(query.words), weight);
  return fuse(words, meaning, wantsWords ? share : 1).map(({ key }) => key);
}

/** What has every word, phrase and author that is asked for, and meets the filters. */
async function matchWords(
  place: MatchPlace,
  query: SearchQuery,
  where: string | undefined,
): Promise<Scored[]> {
  const { lancedb } = await loadLance();
  const { table, size: limit, timeoutMs } = place;
  const text = textConditionsOf(lancedb, query);
  if (hasContent(query.words) || text.must.length > 0) {
    const asked = { words: query.words, isStrict: true, text, where, limit, timeoutMs };
    return askWords(table, asked);
  }
  const listed = await askList(table, { where, orderBy: 'votes', limit, timeoutMs });
  return meetingText(place, query, listed);
}

async function meetingText<Item extends Scored>(
  { table, timeoutMs }: MatchPlace,
  query: SearchQuery,
  items: Item[],
): Promise<Item[]> {
  const { lancedb } = await loadLance();
  const text = textConditionsOf(lancedb, query);
  if (text.must.length + text.mustNot.length === 0 || items.length === 0) return items;
  const keys = items.map(({ key }) => key);
  const kept = await withText(table, keys, text, timeoutMs);
  return items.filter(({ key }) => kept.has(key));
}

function andOf(...conditions: (string | undefined)[]): string | undefined {
  const parts = conditions.filter((condition) => condition !== undefined);
  return parts.length > 0 ? parts.join(' AND ') : undefined;
}
