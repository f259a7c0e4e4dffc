import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../base/errors.ts';
import { authorKey } from '../papers/author-name.ts';
import {
  choiceOf,
  type FeedSubject,
  GENERAL_FEEDS,
  parseFeed,
  parseFeedAddress,
  renderFeedPath,
} from './feed-address.ts';
import { FEED_FORMATS } from './feed-document.ts';

const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
const subjects: fc.Arbitrary<FeedSubject> = fc.oneof(
  fc.constantFrom(...GENERAL_FEEDS).map((kind) => ({ kind })),
  fc.constantFrom('cs.LG', 'hep-th', 'cond-mat.mes-hall').map((category) => ({
    kind: 'category' as const,
    category,
  })),
  word.map((name) => ({ kind: 'author' as const, author: authorKey(name) })),
  word.map((handle) => ({ kind: 'votes' as const, handle })),
  word.map((slug) => ({ kind: 'edition' as const, slug })),
  fc.record({
    kind: fc.constant('search' as const),
    query: word.map((text) => text.replace(/\s+/g, ' ').trim()),
    by: fc.constantFrom('words' as const, 'meaning' as const, 'either' as const),
  }),
  fc
    .constantFrom('2510.12345', 'hep-th/9901001', 'doi:10.1000/a b', 'page:some-title')
    .map((paperId) => ({ kind: 'discussion' as const, paperId })),
);
const choices = fc
  .record({
    subject: subjects,
    minVotes: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }),
    limit: fc.integer({ min: 1, max: 200 }),
  })
  .map((choice) => ({ ...choice, after: undefined }));

test('every feed has an address that is read as that feed', () => {
  fc.assert(
    fc.property(choices, fc.constantFrom(...FEED_FORMATS), (choice, format) => {
      const url = new URL(renderFeedPath(choice, format), 'https://papers.example.org');
      expect(parseFeedAddress(url.pathname, url.searchParams)).toEqual({ choice, format });
      const plain = new URL(renderFeedPath(choice), 'https://papers.example.org');
      expect(parseFeed(plain.pathname, plain.searchParams)).toEqual(choice);
    }),
  );
});

test.each([
  ['/feeds/day.atom?min_votes=many', 'min_votes'],
  ['/feeds/day.atom?min_votes=0', 'min_votes'],
  ['/feeds/day.atom?min_votes=-3', 'min_votes'],
  ['/feeds/day.atom?limit=201', 'limit'],
  ['/feeds/day.atom?limit=1.5', 'limit'],
  ['/feeds/search.atom', 'as q'],
  ['/feeds/search.atom?q=+', 'as q'],
  ['/feeds/search.atom?q=owls&by=guess', 'by as one of'],
  ['/feeds/categories/cs.LG.atom?after=x', 'cursor'],
])('%s is answered with what is wrong', (address, words) => {
  const url = new URL(address, 'https://papers.example.org');
  try {
    parseFeedAddress(url.pathname, url.searchParams);
    expect.unreachable();
  } catch (error) {
    expect(isAppError(error, 'invalid')).toBe(true);
    expect((error as Error).message).toContain(words);
  }
});

test.each([
  '/feeds/day',
  '/feeds/day.xml',
  '/feeds/yesterday.atom',
  '/feeds/categories/no-category.atom',
  '/feeds/categories.atom',
  '/feeds/papers/comments.atom',
  '/feeds/people/ada.atom',
  '/feeds/day/%E0%A4%A.atom',
])('%s is no feed', (path) => {
  expect(() => parseFeedAddress(path, new URLSearchParams())).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
});

test('a category is read in any case, and has one address', () => {
  const choice = parseFeed('/feeds/categories/CS.lg', new URLSearchParams());
  expect(choice.subject).toEqual({ kind: 'category', category: 'cs.LG' });
  expect(renderFeedPath(choice, 'rss')).toBe('/feeds/categories/cs.LG.rss');
});

test('an address says only what is not usual', () => {
  expect(renderFeedPath(choiceOf({ kind: 'day' }), 'rss')).toBe('/feeds/day.rss');
  expect(renderFeedPath(choiceOf({ kind: 'category', category: 'cs.LG' }, 20), 'json')).toBe(
    '/feeds/categories/cs.LG.json?min_votes=20',
  );
});
