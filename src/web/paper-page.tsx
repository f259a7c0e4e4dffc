import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { presentDetail, presentVoter } from '../api/present-paper.ts';
import type { Instant } from '../base/calendar.ts';
import { renderTexHtml, renderTexText } from '../base/tex/tex.ts';
import { referenceOf } from '../citations/reference.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import type { PaperPage } from '../feed/load-paper.ts';
import { formatNumber, longDay, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import type { JsonObject } from '../papers/paper.ts';
import { arxivPdfUrl, homeUrlOf, isArxivId, pathOfPaper, sourceOfId } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import type { Growth } from '../pictures/growth.ts';
import { CitationHead } from './citation-head.tsx';
import { CiteSection } from './cite-section.tsx';
import { EditEntry } from './entry-form.tsx';
import { hydrater } from './hf-props.tsx';
import { Layout, type Site } from './layout.tsx';
import { anchorOfPaper } from './mine.ts';
import { originName } from './origin-name.ts';
import { AuthorLinks, PaperOfTheDay, plainTitle } from './paper-card.tsx';
import { Submitter } from './submitter.tsx';
import { Upvoters } from './upvoters.tsx';
import { VoteButton } from './vote-button.tsx';
import { VotesOverTime } from './votes-over-time.tsx';

const MAX_SHOWN_AUTHORS = 20;

export function PaperView({
  site,
  page,
  growth,
  similar,
  discussion,
}: {
  site: Site;
  page: PaperPage;
  growth: Growth | undefined;
  similar: FeedItem[];
  discussion: Child;
}) {
  const text = words.paper;
  const { item, place } = page;
  const { paper } = item;
  const path = pathOfPaper(paper.id);
  const reference = referenceOf(paper, site.url);
  return (
    <Layout
      site={site}
      head={{
        title: plainTitle(item),
        description: renderTexText(paper.abstract),
        path,
        feeds: [{ kind: 'discussion', paperId: paper.id }],
        previous: place?.before && pathOfPaper(place.before.id),
        next: place?.after && pathOfPaper(place.after.id),
        more: <CitationHead reference={reference} />,
      }}
    >
      <div class="paper-sheet">
        <article class="paper" id={anchorOfPaper(paper.id)}>
          <p class="kicker">
            {isArxivId(paper.id) ? `arXiv:${paper.id}` : paper.id}
            {paper.primaryCategory && (
              <>
                {' · '}
                <a href={`/categories/${paper.primaryCategory}`}>{paper.primaryCategory}</a>
              </>
            )}
            {page.days[0] && (
              <>
                {' · '}
                {place && item.votes > 0 ? (
                  <PaperOfTheDay place={place} today={site.today} />
                ) : (
                  <a href={`/papers/date/${page.days[0]}`}>{shortDate(page.days[0], site.today)}</a>
                )}
              </>
            )}
          </p>
          <h1>{raw(item.rendering?.titleHtml ?? '')}</h1>
          {paper.withdrawnAt && (
            <p class="withdrawn">{text.withdrawnOn(shortDate(paper.withdrawnAt, site.today))}</p>
          )}
          <Authors paper={paper} />
          <Dates site={site} item={item} />
          <div class="tally">
            <VoteButton item={item} marks={site.marks} />
            <a href="#comments">{words.lists.comments(item.comments)}</a>
            {item.elsewhere.map(({ origin, votes, comments }) => (
              <span class="note">{text.ofTheseAt(votes, comments, originName(origin))}</span>
            ))}
          </div>
          <Ways item={item} />
          {paper.abstract && (
            <section aria-labelledby="abstract">
              <h2 id="abstract">{text.abstract}</h2>
              <p class="abstract">{raw(item.rendering?.abstractHtml ?? '')}</p>
            </section>
          )}
          <CiteSection reference={reference} />
          <EditEntry site={site} paper={paper} entry={item.entry} />
        </article>
        <div class="paper-talk">{discussion}</div>
        <aside class="paper-facts" aria-label={text.about}>
          <VotesOverTime growth={growth} today={site.today} />
          <Upvoters voters={page.voters} />
          <Facts paper={paper} />
          <Linked paper={paper} />
          {page.editions.length > 0 && (
            <p class="note">
              {text.alsoIn}{' '}
              {page.editions.map((edition, index) => (
                <>
                  {index > 0 && ', '}
                  <a href={`/editions/${edition.slug}`}>
                    {text.editionOf(edition.title, shortDate(edition.day, site.today))}
                  </a>
                </>
              ))}
            </p>
          )}
          {similar.length > 0 && <Similar site={site} items={similar} />}
          <p class="note">
            <a href={`/report?paper=${encodeURIComponent(paper.id)}`} rel="nofollow">
              {text.report}
            </a>
          </p>
        </aside>
      </div>
      {place && (place.before || place.after) && (
        <nav class="neighbours" aria-label={text.papersOf(longDay(place.day))}>
          {place.before ? <Neighbour paper={place.before} direction="prev" /> : <span />}
          {place.after && <Neighbour paper={place.after} direction="next" />}
        </nav>
      )}
      {site.hasHfMarkup &&
        hydrater('PaperContent', {
          paper: presentDetail(item, []),
          comments: [],
          upvoted: site.marks?.voted.includes(paper.id) ?? false,
          upvoters: page.voters.shown.map(presentVoter),
          dailyPaperRank: place?.rank ?? 0,
        })}
    </Layout>
  );
}

function Dates({ site, item }: { site: Site; item: FeedItem }) {
  const text = words.paper;
  const { paper } = item;
  const time = (instant: Instant) => (
    <time datetime={instant}>{shortDate(instant, site.today)}</time>
  );
  return (
    <p class="meta">
      <span>{text.published(time(paper.publishedAt))}</span>
      {paper.updatedAt && paper.updatedAt.slice(0, 10) !== paper.publishedAt.slice(0, 10) && (
        <span>{text.updated(time(paper.updatedAt), paper.version)}</span>
      )}
      {paper.announcedOn && (
        <span>
          {text.announced(
            <a href={`/papers/date/${paper.announcedOn}`}>
              {shortDate(paper.announcedOn, site.today)}
            </a>,
          )}
        </span>
      )}
      <Submitter entry={item.entry} />
    </p>
  );
}

/** The ways to the paper itself and to what belongs to it. */
function Ways({ item }: { item: FeedItem }) {
  const text = words.paper;
  const { paper, entry } = item;
  const home = homeUrlOf(paper.id);
  return (
    <ul class="actions">
      {home && (
        <li>
          <a href={home}>{text.pageAt(text.sources[sourceOfId(paper.id)] ?? text.otherSource)}</a>
        </li>
      )}
      {isArxivId(paper.id) && (
        <li>
          <a href={arxivPdfUrl(paper.id)}>{text.pdf}</a>
        </li>
      )}
      {paper.links.map((link) => (
        <li>
          <a href={link.url} rel="nofollow noopener">
            {text.links[link.kind]}
          </a>
        </li>
      ))}
      {entry?.mediaUrls?.filter(isWebAddress).map((url, index) => (
        <li>
          <a href={url} rel="nofollow noopener">
            {text.media(index + 1)}
          </a>
        </li>
      ))}
      <li>
        <a href={`${pathOfPaper(paper.id)}.md`}>{text.markdown}</a>
      </li>
    </ul>
  );
}

function Similar({ site, items }: { site: Site; items: FeedItem[] }) {
  return (
    <section class="similar" aria-labelledby="similar">
      <h2 id="similar">{words.paper.similar}</h2>
      <ul>
        {items.map(({ paper, rendering, votes }) => (
          <li>
            <a href={pathOfPaper(paper.id)}>{raw(rendering?.titleHtml ?? '')}</a>
            <small>
              {[
                firstAuthor(paper),
                shortDate(paper.publishedAt, site.today),
                votes > 0 && words.lists.votes(votes),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function firstAuthor({ authors: [first, second] }: Paper): string | undefined {
  if (!first) return undefined;
  return second ? words.paper.andOthers(first.name) : first.name;
}

function Neighbour({ paper, direction }: { paper: Paper; direction: 'prev' | 'next' }) {
  return (
    <a rel={direction} href={pathOfPaper(paper.id)}>
      <small>{direction === 'prev' ? words.paper.before : words.paper.after}</small>
      {raw(renderTexHtml(paper.title, { breaks: false, links: false }))}
    </a>
  );
}

function Authors({ paper }: { paper: Paper }) {
  const shown = paper.authors.slice(0, MAX_SHOWN_AUTHORS);
  const rest = paper.authors.slice(MAX_SHOWN_AUTHORS);
  if (shown.length === 0) {
    return paper.authorCount ? (
      <p class="authors">{words.lists.authors(paper.authorCount)}</p>
    ) : null;
  }
  return (
    <>
      <p class="authors">
        <AuthorLinks authors={shown} />
      </p>
      {rest.length > 0 && (
        <details class="authors">
          <summary>{words.paper.moreAuthors(rest.length)}</summary>
          <p>
            <AuthorLinks authors={rest} />
          </p>
        </details>
      )}
    </>
  );
}

function Facts({ paper }: { paper: Paper }) {
  const affiliations = [...new Set(paper.authors.flatMap((author) => author.affiliations ?? []))];
  const organization = paper.extras.organization?.fullname;
  const text = words.paper.facts;
  const facts: [string, unknown][] = [
    [text.comment, paper.comment && raw(renderTexHtml(paper.comment))],
    [text.journal, paper.journalRef && raw(renderTexHtml(paper.journalRef))],
    [text.doi, paper.doi && <a href={`https://doi.org/${encodeURI(paper.doi)}`}>{paper.doi}</a>],
    [text.licence, paper.licence],
    [text.organization, typeof organization === 'string' ? organization : undefined],
    [text.affiliations, affiliations.join('; ')],
    [
      text.categories,
      paper.categories.length > 0 &&
        paper.categories.map((category, index) => (
          <>
            {index > 0 && ', '}
            <a href={`/categories/${category}`}>{category}</a>
          </>
        )),
    ],
    [text.keywords, paper.extras.aiKeywords?.join(', ')],
  ];
  const known = facts.filter(([, value]) => value);
  if (known.length === 0) return null;
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Linked({ paper }: { paper: Paper }) {
  const { linked } = paper.extras;
  if (!linked) return null;
  const text = words.paper.linked;
  const groups: [string, string, JsonObject[], number][] = [
    [text.models, '', linked.models, linked.totalModels],
    [text.datasets, 'datasets/', linked.datasets, linked.totalDatasets],
    [text.demos, 'spaces/', linked.spaces, linked.totalSpaces],
  ];
  return (
    <>
      {groups
        .filter(([, , items]) => items.length > 0)
        .map(([name, prefix, items, total]) => (
          <section>
            <h2>
              {words.paper.citing(name)} <small>{formatNumber(total)}</small>
            </h2>
            <ul>
              {items
                .map(({ id }) => id)
                .filter((id) => typeof id === 'string')
                .map((id) => (
                  <li>
                    <a
                      href={`https://huggingface.co/${prefix}${encodeURI(id)}`}
                      rel="nofollow noopener"
                    >
                      {id}
                    </a>
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </>
  );
}

/** Origins send what they like. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
