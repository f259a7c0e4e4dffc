import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { isCategory } from '../sources/arxiv/categories.ts';

/** arXiv has two hundred, with those of before. */
const MAX_CATEGORIES = 1_000;

/**
 * The categories that papers here are in, in order of name. It leaps from name to name in the index; a plain
 * `distinct` would read every paper's.
 */
export async function listCategories(db: Db): Promise<string[]> {
  const { rows } = await sql<{ category: string | null }>`
    with recursive names (category) as (
      select min(category) from paper_categories
      union all
      select (select min(category) from paper_categories where category > names.category)
      from names where names.category is not null
    )
    select category from names where category is not null limit ${MAX_CATEGORIES}
  `.execute(db);
  return rows.flatMap(({ category }) =>
    category !== null && isCategory(category) ? [category] : [],
  );
}
