// What a reader who is still typing may mean: titles, authors, categories.

import type { Table } from '@lancedb/lancedb';
import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { authorKey } from '../papers/author-name.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { isCategory } from '../sources/arxiv/categories.ts';
import { foldedWords, NAME_BREAK, typedPrefixes } from './index/index-row.ts';
import { loadLance } from './index/lance.ts';

export type Suggestion = {
  kind: 'paper' | 'author' | 'category';
  text: string;
  /** Of its page. */
  path: string;
};

const MIN_LENGTH = 2;
const MAX_LENGTH = 200;
const MAX_TITLES = 5;
const MAX_AUTHORS = 4;
const MAX_CATEGORIES = 3;
/** Among so many papers names are looked for, and titles chosen. */
const LOOKED_AT = 30;

/** Categories first, then authors, then titles. Without an index there are only categories. */
export async function suggest(
  db: Db,
  table: Table | undefined,
  text: string,
  timeoutMs: number,
): Promise<Suggestion[]> {
  const typed = text.slice(0, MAX_LENGTH).trim();
  if (typed.length < MIN_LENGTH) return [];
  const [categories, authors, titles] = await Promise.all([
    suggestCategories(db, typed),
    table ? suggestAuthors(table, typed, timeoutMs) : [],
    table ? suggestTitles(table, typed, timeoutMs) : [],
  ]);
  return [...categories, ...authors, ...titles];
}

async function suggestTitles(
  table: Table,
  typed: string,
  timeoutMs: number,
): Promise<Suggestion[]> {
  const rows = await findByPrefixes(table, typed, 'title_prefixes', ['id', 'title'], timeoutMs);
  return rows
    .filter((row) => startsAll(row.title as string, typed))
    .sort(
      (a, b) => Number(holds(b.title as string, typed)) - Number(holds(a.title as string, typed)),
    )
    .slice(0, MAX_TITLES)
    .map((row) => ({
      kind: 'paper',
      text: row.title as string,
      path: pathOfPaper(row.id as string),
    }));
}

/** The names, most met first, that have every word typed. */
async function suggestAuthors(
  table: Table,
  typed: string,
  timeoutMs: number,
): Promise<Suggestion[]> {
  const rows = await findByPrefixes(table, typed, 'author_prefixes', ['authors'], timeoutMs);
  const met = new Map<string, { name: string; papers: number }>();
  for (const row of rows) {
    for (const name of (row.authors as string).split(NAME_BREAK)) {
      if (!startsAll(name, typed)) continue;
      const key = authorKey(name);
      const known = met.get(key);
      if (known) known.papers++;
      else met.set(key, { name, papers: 1 });
    }
  }
  return [...met]
    .sort(([, a], [, b]) => b.papers - a.papers)
    .slice(0, MAX_AUTHORS)
    .map(([key, { name }]) => ({
      kind: 'author',
      text: name,
      path: `/authors/${encodeURIComponent(key)}`,
    }));
}

async function findByPrefixes(
  table: Table,
  typed: string,
  column: 'title_prefixes' | 'author_prefixes',
  wanted: string[],
  timeoutMs: number,
): Promise<Record<string, unknown>[]> {
  const prefixes = typedPrefixes(typed);
  if (prefixes.length === 0) return [];
  const { lancedb } = await loadLance();
  const query = new lancedb.MatchQuery(prefixes.join(' '), column, {
    operator: lancedb.Operator.And,
  });
  return table
    .query()
    .fullTextSearch(query)
    .select([...wanted, '_score'])
    .limit(LOOKED_AT)
    .toArray({ timeoutMs });
}

/** Whether every word typed begins a word of the text: the index knows the first letters only. */
function startsAll(text: string, typed: string): boolean {
  const words = foldedWords(text);
  return foldedWords(typed).every((start) => words.some((word) => word.startsWith(start)));
}

/** Whether the text has the words typed one after another. */
function holds(text: string, typed: string): boolean {
  return ` ${foldedWords(text).join(' ')}`.includes(` ${foldedWords(typed).join(' ')}`);
}

const CATEGORIES_FOR_MS = 10 * 60_000;
const MAX_CATEGORIES_KNOWN = 2_000;
const known = new WeakMap<Db, { at: number; categories: Promise<string[]> }>();

async function suggestCategories(db: Db, typed: string): Promise<Suggestion[]> {
  let listed = known.get(db);
  if (!listed || Date.now() - listed.at > CATEGORIES_FOR_MS) {
    listed = { at: Date.now(), categories: listCategories(db) };
    listed.categories.catch(() => known.delete(db));
    known.set(db, listed);
  }
  const start = typed.toLowerCase().replace(/^(?:cat|category):/, '');
  return (await listed.categories)
    .filter((category) => category.toLowerCase().startsWith(start))
    .slice(0, MAX_CATEGORIES)
    .map((category) => ({ kind: 'category', text: category, path: `/categories/${category}` }));
}

/** From one to the next by the table's key, because there are few categories and many papers. */
async function listCategories(db: Db): Promise<string[]> {
  const { rows } = await sql<{ category: string | null }>`
    with recursive seen (category, nth) as (
      select min(category), 1 from paper_categories
      union all
      select (select min(category) from paper_categories where category > seen.category), nth + 1
      from seen where seen.category is not null and nth < ${MAX_CATEGORIES_KNOWN}
    )
    select category from seen where category is not null`.execute(db);
  return rows.map((row) => row.category as string).filter(isCategory);
}
