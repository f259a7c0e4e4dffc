import type { Facts } from './index/ask-table.ts';

export type Facets = {
  /** Most papers first. */
  categories: { name: string; papers: number }[];
  /** Newest first. */
  years: { year: number; papers: number }[];
};

const MAX_CATEGORIES = 12;
const DAY_MS = 86_400_000;

/** How the papers of a list are spread over categories and years of publication. */
export function countFacets(facts: Facts[]): Facets {
  const categories = new Map<string, number>();
  const years = new Map<number, number>();
  for (const fact of facts) {
    for (const name of fact.categories) {
      if (!name.endsWith('.*')) categories.set(name, (categories.get(name) ?? 0) + 1);
    }
    const year = new Date(fact.day * DAY_MS).getUTCFullYear();
    years.set(year, (years.get(year) ?? 0) + 1);
  }
  return {
    categories: [...categories]
      .map(([name, papers]) => ({ name, papers }))
      .sort((a, b) => b.papers - a.papers || (a.name < b.name ? -1 : 1))
      .slice(0, MAX_CATEGORIES),
    years: [...years].map(([year, papers]) => ({ year, papers })).sort((a, b) => b.year - a.year),
  };
}
