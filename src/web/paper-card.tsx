import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Day } from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { authorKey } from '../papers/author-name.ts';
import type { Author } from '../papers/paper.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { EditEntry } from './entry-form.tsx';
import type { Site } from './layout.tsx';
import { anchorOfPaper } from './mine.ts';
import { Submitter } from './submitter.tsx';
import { VoteButton } from './vote-button.tsx';

/** A paper in a list: `article > h3 > a`, which readers of Hugging Face's pages look for. */
export function PaperCard({
  item,
  site,
  rank,
  comments = item.comments,
  why = item.entry?.pinnedAt ? words.lists.pinned : undefined,
  place,
  highlight = (html) => html,
}: {
  item: FeedItem;
  site: Site;
  rank?: number;
  /** Where the list counts them itself. */
  comments?: number;
  /** Why it stands here, where that needs saying: on its day's list because an editor pinned it. */
  why?: Child;
  /** Its place on another list than this one. */
  place?: DayPlace | undefined;
  /** Marks words in the HTML of title and abstract. */
  highlight?: (html: string) => string;
}) {
  const text = words.lists;
  const { paper, entry } = item;
  const path = pathOfPaper(paper.id);
  const code = paper.links.find((link) => link.kind === 'code');
  const project = paper.links.find((link) => link.kind === 'project');
  return (
    <article class="card" id={anchorOfPaper(paper.id)}>
      <div class="mark">
        {rank !== undefined && <span class="rank">{rank}</span>}
        <VoteButton item={item} marks={site.marks} />
      </div>
      <div class="body">
        {(why || place) && (
          <p class="meta">
            {why && <b class="why">{why}</b>}
            {place && <PaperOfTheDay place={place} today={site.today} />}
          </p>
        )}
        <h3>
          <a href={path}>{raw(highlight(item.rendering?.titleHtml ?? ''))}</a>
        </h3>
        {paper.withdrawnAt && <p class="withdrawn">{text.withdrawn}</p>}
        {entry?.introduction && (
          <p class="introduction">
            <b>{text.whyRead}</b> {entry.introduction}
          </p>
        )}
        {paper.abstract && (
          <p class="abstract">{raw(highlight(item.rendering?.abstractHtml ?? ''))}</p>
        )}
        <div class="meta">
          <Authors paper={paper} />
          <time datetime={paper.publishedAt}>{shortDate(paper.publishedAt, site.today)}</time>
          {comments > 0 && <a href={`${path}#comments`}>{text.comments(comments)}</a>}
          {paper.primaryCategory && (
            <a href={`/categories/${paper.primaryCategory}`}>{paper.primaryCategory}</a>
          )}
          <Submitter entry={entry} />
          {code && (
            <a href={code.url} rel="nofollow noopener">
              {text.code}
            </a>
          )}
          {project && project.url !== code?.url && (
            <a href={project.url} rel="nofollow noopener">
              {text.project}
            </a>
          )}
        </div>
        <EditEntry site={site} paper={paper} entry={entry} />
      </div>
    </article>
  );
}

/** A paper's place on a day's list, counted from 1. */
export type DayPlace = { day: Day; rank: number };

export function PaperOfTheDay({ place, today }: { place: DayPlace; today: Day }) {
  return (
    <a href={`/papers/date/${place.day}`}>
      {words.lists.placeOfDay(place.rank, shortDate(place.day, today))}
    </a>
  );
}

/** A list of thousands is for the paper's page. */
const MAX_AUTHORS = 30;

/** How many there are, and one tap away who. */
function Authors({ paper }: { paper: Paper }) {
  const { authors, authorCount } = paper;
  if (authorCount === undefined) return null;
  if (authors.length === 0) return <span>{words.lists.authors(authorCount)}</span>;
  const names = authors.slice(0, MAX_AUTHORS).map((author) => author.name);
  const more = authorCount - names.length;
  return (
    <details class="authors">
      <summary>{words.lists.authors(authorCount)}</summary>
      {names.join(', ')}
      {more > 0 && ` ${words.lists.moreAuthors(more)}`}
    </details>
  );
}

export function AuthorLinks({ authors }: { authors: Author[] }) {
  return (
    <>
      {authors.map((author, index) => (
        <>
          {index > 0 && ', '}
          <a href={`/authors/${encodeURIComponent(authorKey(author.name))}`}>{author.name}</a>
        </>
      ))}
    </>
  );
}

export function plainTitle(item: FeedItem): string {
  return renderTexText(item.paper.title);
}
