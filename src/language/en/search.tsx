// Results of a search.
import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

export const search = {
  search: 'Search',
  title: (text: string) => `${text} · search`,
  how: 'How search works',
  alertMe: 'Alert me of new papers like these',
  sorts: { relevance: 'Nearest', date: 'Newest', votes: 'Most votes' },
  order: 'Order',
  found: (count: number) => `${counted(count, 'paper')}.`,
  foundNearest: (count: number) => `The nearest ${counted(count, 'paper')}.`,
  foundByBoth: (count: number) => `${counted(count, 'paper')}, by words and meaning.`,
  foundNearestByBoth: (count: number) =>
    `The nearest ${counted(count, 'paper')}, by words and meaning.`,
  foundByMeaning: 'No paper here has these words. Perhaps something nearest in meaning is of use.',
  didYouMean: (proposal: Child) => <>Did you mean {proposal}?</>,
  noIndex:
    'The search index is being made. Until it is ready, papers are found by the beginning of their title, by author and by number only.',
  late: 'Found by words only: comparing the meaning would have taken too long just now.',
  noEmbedder:
    'Found by words only: what compares the meaning does not answer, or knows none of these words.',
  filters: 'Filters',
  since: (date: string) => `since ${date}`,
  before: (date: string) => `before ${date}`,
  remove: '(remove this filter)',
  category: 'Category',
  year: 'Year',
  writeAbove: 'Write what you look for into the box above.',
  nothing: 'No paper here answers this.',
  withoutFilters: 'Search without the filters',
  tryOthers: 'Try fewer or other words, or leave out quotes and exclusions.',
  fetched: 'A paper that is not here yet is fetched when you give its arXiv number or address.',
};
