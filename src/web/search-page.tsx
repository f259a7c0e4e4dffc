import { oneLine } from '../base/text.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { formatNumber } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { type Filters, NO_FILTERS } from '../search/filters.ts';
import { createHighlighter } from '../search/highlight/highlight.ts';
import type { SearchQuery } from '../search/query/parse-query.ts';
import type { Found, Sort } from '../search/search.ts';
import { type FeedSubject, MAX_QUERY } from '../syndication/feed-address.ts';
import { AlertLink } from './alert-link.tsx';
import { CiteList } from './cite-section.tsx';
import { Layout, type Site } from './layout.tsx';
import type { Paging } from './list-parts.tsx';
import { DensityChooser } from './look-chooser.tsx';
import { keepsMine } from './mine.ts';
import { PaperCard } from './paper-card.tsx';
import type { SearchAddress } from './search-address.ts';

const SORTS: Sort[] = ['relevance', 'date', 'votes'];

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
  const text = words.search;
  const highlighter = createHighlighter(query);
  const first = paging.number * paging.size + 1;
  const hasMore = first - 1 + paging.size < found.total;
  const page = (number: number) => searchPath(address, number);
  const own = keepsMine(site);
  return (
    <Layout
      site={site}
      head={{
        title: query.text === '' ? text.search : text.title(query.text),
        path: page(paging.number),
        isUnindexed: true,
        feeds: feedsOf(query.text),
      }}
      asked={address.q}
    >
      <div class="search-head">
        <h1>{query.text === '' ? text.search : query.text}</h1>
        <p class="note">
          {summaryOf(found)} <a href="/about/search">{text.how}</a>
        </p>
        {found.didYouMean && <DidYouMean found={found} query={query} address={address} />}
        <Trouble found={found} />
        {address.q !== '' && (
          <p class="note">
            <AlertLink topic={topicOfSearch(address)} label={text.alertMe} />
          </p>
        )}
      </div>
      {found.total > 0 && (
        <nav class="tabs" aria-label={text.order}>
          {SORTS.map((sort) => (
            <a
              href={searchPath({ ...address, sort })}
              aria-current={address.sort === sort ? 'page' : undefined}
            >
              {text.sorts[sort]}
            </a>
          ))}
        </nav>
      )}
      <FilterBar address={address} found={found} />
      {found.total === 0 && found.trouble !== 'no index' && (
        <NothingFound query={query} address={address} />
      )}
      {items.length > 1 && <DensityChooser />}
      <div class="papers">
        <h2 class="unseen">{words.lists.papers}</h2>
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
              {words.lists.page(paging.number)}
            </a>
          )}
          {hasMore && (
            <a rel="next" href={own(page(paging.number + 1))}>
              {words.lists.page(paging.number + 2)}
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
  const text = words.search;
  if (total === 0) return '';
  if (answeredBy === 'meaning') {
    return text.foundByMeaning;
  }
  if (answeredBy === 'words and meaning') {
    return isCut ? text.foundNearestByBoth(total) : text.foundByBoth(total);
  }
  return isCut ? text.foundNearest(total) : text.found(total);
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
      {words.search.didYouMean(
        <a href={searchPath({ ...address, q })}>
          <b>{proposal}</b>
        </a>,
      )}
    </p>
  );
}

function Trouble({ found }: { found: Found }) {
  const text = words.search;
  if (found.trouble === 'no index') {
    return (
      <p class="notice" role="status">
        {text.noIndex}
      </p>
    );
  }
  if (found.trouble === 'late') {
    return (
      <p class="notice" role="status">
        {text.late}
      </p>
    );
  }
  if (found.trouble === 'no embedder') {
    return (
      <p class="notice" role="status">
        {text.noEmbedder}
      </p>
    );
  }
  return null;
}

function FilterBar({ address, found }: { address: SearchAddress; found: Found }) {
  const text = words.search;
  const { filters } = address;
  const { category, year, after, before } = filters;
  const without = (name: keyof Filters) =>
    searchPath({ ...address, filters: { ...filters, [name]: undefined } });
  const chosen = [
    ...(category ? [{ label: category, href: without('category') }] : []),
    ...(year ? [{ label: String(year), href: without('year') }] : []),
    ...(after ? [{ label: text.since(after), href: without('after') }] : []),
    ...(before ? [{ label: text.before(before), href: without('before') }] : []),
  ];
  const categories = category ? [] : (found.facets?.categories ?? []);
  const years = year ? [] : (found.facets?.years ?? []);
  if (chosen.length + categories.length + years.length === 0) return null;
  return (
    <nav class="filters" aria-label={text.filters}>
      {chosen.map(({ label, href }) => (
        <a class="chosen" href={href}>
          {label} <span aria-hidden="true">×</span>
          <span class="unseen"> {text.remove}</span>
        </a>
      ))}
      {categories.length > 1 && (
        <details>
          <summary>{text.category}</summary>
          {categories.map(({ name, papers }) => (
            <a href={searchPath({ ...address, filters: { ...filters, category: name } })}>
              {name} <b>{formatNumber(papers)}</b>
            </a>
          ))}
        </details>
      )}
      {years.length > 1 && (
        <details>
          <summary>{text.year}</summary>
          {years.map((one) => (
            <a href={searchPath({ ...address, filters: { ...filters, year: one.year } })}>
              {one.year} <b>{formatNumber(one.papers)}</b>
            </a>
          ))}
        </details>
      )}
    </nav>
  );
}

function NothingFound({ query, address }: { query: SearchQuery; address: SearchAddress }) {
  const text = words.search;
  const hasFilter = Object.values(address.filters).some((value) => value !== undefined);
  return (
    <div class="prose">
      {query.text === '' ? (
        <p>{text.writeAbove}</p>
      ) : (
        <>
          <p>{text.nothing}</p>
          <ul>
            {hasFilter && (
              <li>
                <a href={searchPath({ ...address, filters: NO_FILTERS })}>{text.withoutFilters}</a>
              </li>
            )}
            <li>{text.tryOthers}</li>
            <li>{text.fetched}</li>
          </ul>
        </>
      )}
    </div>
  );
}
