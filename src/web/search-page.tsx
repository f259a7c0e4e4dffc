import { oneLine } from '../base/text.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { type Filters, NO_FILTERS } from '../search/filters.ts';
import { createHighlighter } from '../search/highlight/highlight.ts';
import type { SearchQuery } from '../search/query/parse-query.ts';
import type { Found, Sort } from '../search/search.ts';
import { type FeedSubject, MAX_QUERY } from '../syndication/feed-address.ts';
import { AlertLink } from './alert-link.tsx';
import { CiteList } from './cite-section.tsx';
import { counted } from './dates.ts';
import { Layout, type Site } from './layout.tsx';
import type { Paging } from './list-parts.tsx';
import { keepsMine } from './mine.ts';
import { PaperCard } from './paper-card.tsx';
import type { SearchAddress } from './search-address.ts';

const SORTS: [Sort, string][] = [
  ['relevance', 'Nearest'],
  ['date', 'Newest'],
  ['votes', 'Most votes'],
];

export function SearchPage({
  site,
  query,
  address,
  found,
  items,
  paging,
}: {
  site: Site;
  query: SearchQuery;
  address: SearchAddress;
  found: Found;
  items: FeedItem[];
  paging: Paging;
}) {
  const highlighter = createHighlighter(query);
  const first = paging.number * paging.size + 1;
  const hasMore = first - 1 + paging.size < found.total;
  const page = (number: number) => searchPath(address, number);
  const own = keepsMine(site);
  return (
    <Layout
      site={site}
      head={{
        title: query.text === '' ? 'Search' : `${query.text} · search`,
        path: page(paging.number),
        isUnindexed: true,
        feeds: feedsOf(query.text),
      }}
      asked={address.q}
    >
      <div class="search-head">
        <h1>{query.text === '' ? 'Search' : query.text}</h1>
        <p class="note">
          {summaryOf(found)} <a href="/about/search">How search works</a>
        </p>
        {found.didYouMean && <DidYouMean found={found} query={query} address={address} />}
        <Trouble found={found} />
        {address.q !== '' && (
          <p class="note">
            <AlertLink topic={topicOfSearch(address)} label="Alert me of new papers like these" />
          </p>
        )}
      </div>
      {found.total > 0 && (
        <p class="tabs">
          {SORTS.map(([sort, label]) => (
            <a
              href={searchPath({ ...address, sort })}
              aria-current={address.sort === sort ? 'page' : undefined}
            >
              {label}
            </a>
          ))}
        </p>
      )}
      <FilterBar address={address} found={found} />
      {found.total === 0 && found.trouble !== 'no index' && (
        <NothingFound query={query} address={address} />
      )}
      <div class="papers">
        <h2 class="unseen">Papers</h2>
        {items.map((item, index) => (
          <PaperCard
            item={item}
            site={site}
            rank={first + index}
            highlight={(html) => highlighter.html(html)}
          />
        ))}
      </div>
      {items.length > 0 && <CiteList path={searchPath(address)} />}
      {(paging.number > 0 || hasMore) && (
        <p class="pages">
          {paging.number > 0 && (
            <a rel="prev" href={own(page(paging.number - 1))}>
              Page {paging.number}
            </a>
          )}
          {hasMore && (
            <a rel="next" href={own(page(paging.number + 1))}>
              Page {paging.number + 2}
            </a>
          )}
        </p>
      )}
    </Layout>
  );
}

/** What is asked by filters alone is no search. */
function feedsOf(text: string): FeedSubject[] {
  const query = oneLine(text);
  return query === '' || query.length > MAX_QUERY ? [] : [{ kind: 'search', query, by: 'either' }];
}

function searchPath({ q, sort, filters }: SearchAddress, page = 0): string {
  const params = new URLSearchParams({ q });
  if (sort !== 'relevance') params.set('sort', sort);
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) params.set(name, String(value));
  }
  if (page > 0) params.set('p', String(page));
  return `/papers?${params}`;
}

/** The topic of an alert for a search; days are left out, since alerts are about what is new. */
function topicOfSearch({ q, filters }: SearchAddress): string {
  const query = [q, ...(filters.category ? [`cat:${filters.category}`] : [])].join(' ').trim();
  return `search:either:${query}`;
}

function summaryOf({ total, isCut, answeredBy }: Found): string {
  if (total === 0) return '';
  const papers = isCut ? `The nearest ${counted(total, 'paper')}` : counted(total, 'paper');
  if (answeredBy === 'meaning') {
    return 'No paper here has these words. Perhaps something nearest in meaning is of use.';
  }
  return answeredBy === 'words and meaning' ? `${papers}, by words and meaning.` : `${papers}.`;
}

function DidYouMean({
  found,
  query,
  address,
}: {
  found: Found;
  query: SearchQuery;
  address: SearchAddress;
}) {
  const proposal = found.didYouMean as string;
  // What stands beside the words stays: phrases and filters.
  const q = address.q.includes(query.looseWords)
    ? address.q.replace(query.looseWords, () => proposal)
    : proposal;
  return (
    <p class="proposal">
      Did you mean{' '}
      <a href={searchPath({ ...address, q })}>
        <b>{proposal}</b>
      </a>
      ?
    </p>
  );
}

function Trouble({ found }: { found: Found }) {
  if (found.trouble === 'no index') {
    return (
      <p class="notice" role="status">
        The search index is being made. Until it is ready, papers are found by the beginning of
        their title, by author and by number only.
      </p>
    );
  }
  if (found.trouble === 'late') {
    return (
      <p class="notice" role="status">
        Found by words only: comparing the meaning would have taken too long just now.
      </p>
    );
  }
  if (found.trouble === 'no embedder') {
    return (
      <p class="notice" role="status">
        Found by words only: what compares the meaning does not answer, or knows none of these
        words.
      </p>
    );
  }
  return null;
}

function FilterBar({ address, found }: { address: SearchAddress; found: Found }) {
  const { filters } = address;
  const { category, year, after, before } = filters;
  const without = (name: keyof Filters) =>
    searchPath({ ...address, filters: { ...filters, [name]: undefined } });
  const chosen = [
    ...(category ? [{ label: category, href: without('category') }] : []),
    ...(year ? [{ label: String(year), href: without('year') }] : []),
    ...(after ? [{ label: `since ${after}`, href: without('after') }] : []),
    ...(before ? [{ label: `before ${before}`, href: without('before') }] : []),
  ];
  const categories = category ? [] : (found.facets?.categories ?? []);
  const years = year ? [] : (found.facets?.years ?? []);
  if (chosen.length + categories.length + years.length === 0) return null;
  return (
    <nav class="filters" aria-label="Filters">
      {chosen.map(({ label, href }) => (
        <a class="chosen" href={href}>
          {label} <span aria-hidden="true">×</span>
          <span class="unseen"> (remove this filter)</span>
        </a>
      ))}
      {categories.length > 1 && (
        <details>
          <summary>Category</summary>
          {categories.map(({ name, papers }) => (
            <a href={searchPath({ ...address, filters: { ...filters, category: name } })}>
              {name} <b>{papers}</b>
            </a>
          ))}
        </details>
      )}
      {years.length > 1 && (
        <details>
          <summary>Year</summary>
          {years.map((one) => (
            <a href={searchPath({ ...address, filters: { ...filters, year: one.year } })}>
              {one.year} <b>{one.papers}</b>
            </a>
          ))}
        </details>
      )}
    </nav>
  );
}

function NothingFound({ query, address }: { query: SearchQuery; address: SearchAddress }) {
  const hasFilter = Object.values(address.filters).some((value) => value !== undefined);
  return (
    <div class="prose">
      {query.text === '' ? (
        <p>Write what you look for into the box above.</p>
      ) : (
        <>
          <p>No paper here answers this.</p>
          <ul>
            {hasFilter && (
              <li>
                <a href={searchPath({ ...address, filters: NO_FILTERS })}>
                  Search without the filters
                </a>
              </li>
            )}
            <li>Try fewer or other words, or leave out quotes and exclusions.</li>
            <li>
              A paper that is not here yet is fetched when you give its arXiv number or address.
            </li>
          </ul>
        </>
      )}
    </div>
  );
}
