// What pages of papers have in common.
import type { Child } from 'hono/jsx';
import type { FeedItem } from '../feed/feed-item.ts';
import { words } from '../language/words.ts';
import { CiteList } from './cite-section.tsx';
import type { Site } from './layout.tsx';
import { DensityChooser } from './look-chooser.tsx';
import { keepsMine } from './mine.ts';
import { type DayPlace, PaperCard } from './paper-card.tsx';

/** Which page of a list; `number` counts from 0. */
export type Paging = { number: number; size: number };

type Step = { href: string; label: string } | undefined;

export function PeriodHead({
  kicker,
  heading,
  previous,
  next,
  children,
}: {
  kicker?: string;
  heading: string;
  previous: Step;
  next: Step;
  /** Stands under the heading. */
  children?: Child;
}) {
  const { lists } = words;
  return (
    <div class="period">
      <h1>
        {kicker && <span class="kicker">{kicker} </span>}
        {heading}
      </h1>
      <nav aria-label={lists.previousAndNext}>
        {previous ? (
          <a rel="prev" href={previous.href}>
            {lists.earlier(previous.label)}
          </a>
        ) : (
          <span />
        )}
        {next && (
          <a rel="next" href={next.href}>
            {lists.later(next.label)}
          </a>
        )}
      </nav>
      {children}
    </div>
  );
}

export function Papers<Item extends FeedItem>({
  page,
  site,
  paging,
  isRanked,
  path,
  isFront = false,
  cardOf = () => ({}),
}: {
  page: { items: Item[]; hasMore: boolean };
  site: Site;
  paging: Paging;
  isRanked: boolean;
  path: string;
  /** The best stand out from the rest. */
  isFront?: boolean;
  /** What the list has to say of an item beside what every list says. */
  cardOf?: (item: Item) => { why?: Child; place?: DayPlace | undefined };
}) {
  const first = paging.number * paging.size + 1;
  const own = keepsMine(site);
  return (
    <>
      {page.items.length > 1 && <DensityChooser />}
      <div class={isFront ? 'papers front' : 'papers'}>
        <h2 class="unseen">{words.lists.papers}</h2>
        {page.items.map((item, index) =>
          isRanked ? (
            <PaperCard item={item} site={site} rank={first + index} {...cardOf(item)} />
          ) : (
            <PaperCard item={item} site={site} />
          ),
        )}
      </div>
      {page.items.length > 0 && <CiteList path={path} />}
      {(paging.number > 0 || page.hasMore) && (
        <p class="pages">
          {paging.number > 0 && (
            <a rel="prev" href={own(withPage(path, paging.number - 1))}>
              {words.lists.page(paging.number)}
            </a>
          )}
          {page.hasMore && (
            <a rel="next" href={own(withPage(path, paging.number + 1))}>
              {words.lists.page(paging.number + 2)}
            </a>
          )}
        </p>
      )}
    </>
  );
}

export function withPage(path: string, number: number): string {
  return number > 0 ? `${path}?p=${number}` : path;
}
