import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { presentDetail, presentVoter } from '../api/present-paper.ts';
import { renderTexHtml, renderTexText } from '../base/tex/tex.ts';
import { referenceOf } from '../citations/reference.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import type { PaperPage } from '../feed/load-paper.ts';
import type { JsonObject, LinkKind, PaperLink } from '../papers/paper.ts';
import { arxivPdfUrl, homeUrlOf, isArxivId, pathOfPaper, sourceOfId } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { CitationHead } from './citation-head.tsx';
import { CiteSection } from './cite-section.tsx';
import { counted, longDay, shortDate } from './dates.ts';
import { EditEntry } from './entry-form.tsx';
import { hydrater } from './hf-props.tsx';
import { Layout, type Site } from './layout.tsx';
import { anchorOfPaper } from './mine.ts';
import { originName } from './origin-name.ts';
import { AuthorLinks, PaperOfTheDay, plainTitle } from './paper-card.tsx';
import { Submitter } from './submitter.tsx';
import { Upvoters } from './upvoters.tsx';
import { VoteForm } from './vote-form.tsx';

const SOURCE_NAMES: Record<string, string> = {
  arxiv: 'arXiv',
  doi: 'Publisher',
  openreview: 'OpenReview',
  acl: 'ACL Anthology',
};
const LINK_NAMES: Record<LinkKind, string> = {
  code: 'Code',
  project: 'Project page',
  model: 'Model',
  dataset: 'Dataset',
  space: 'Demo',
  other: 'Link',
};
const MAX_SHOWN_AUTHORS = 100;

export function PaperView({
  site,
  page,
  similar,
  discussion,
}: {
  site: Site;
  page: PaperPage;
  similar: FeedItem[];
  discussion: Child;
}) {
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
      <article class="paper" id={anchorOfPaper(paper.id)}>
        <p class="kicker">
          {isArxivId(paper.id) ? `arXiv:${paper.id}` : paper.id}
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
          <p class="withdrawn">
            Withdrawn by its authors on {shortDate(paper.withdrawnAt, site.today)}.
          </p>
        )}
        <Authors paper={paper} />
        <p class="meta">
          <span>
            Published{' '}
            <time datetime={paper.publishedAt}>{shortDate(paper.publishedAt, site.today)}</time>
          </span>
          {paper.updatedAt && paper.updatedAt.slice(0, 10) !== paper.publishedAt.slice(0, 10) && (
            <span>
              updated{' '}
              <time datetime={paper.updatedAt}>{shortDate(paper.updatedAt, site.today)}</time>
              {paper.version && ` (version ${paper.version})`}
            </span>
          )}
          {paper.announcedOn && (
            <span>
              announced{' '}
              <a href={`/papers/date/${paper.announcedOn}`}>
                {shortDate(paper.announcedOn, site.today)}
              </a>
            </span>
          )}
          <Submitter entry={item.entry} />
        </p>
        <ul class="actions">
          {homeUrlOf(paper.id) && (
            <li>
              <a href={homeUrlOf(paper.id)}>{SOURCE_NAMES[sourceOfId(paper.id)] ?? 'Home'} page</a>
            </li>
          )}
          {isArxivId(paper.id) && (
            <li>
              <a href={arxivPdfUrl(paper.id)}>PDF</a>
            </li>
          )}
          {paper.links.map((link) => (
            <li>
              <a href={link.url} rel="nofollow noopener">
                {LINK_NAMES[link.kind]}
              </a>
            </li>
          ))}
          {item.entry?.mediaUrls?.filter(isWebAddress).map((url, index) => (
            <li>
              <a href={url} rel="nofollow noopener">
                Media{index > 0 && ` ${index + 1}`}
              </a>
            </li>
          ))}
          <li>
            <a href={`${path}.md`}>Markdown</a>
          </li>
        </ul>
        <div class="tally">
          <VoteForm item={item} site={site} />
          <span>{counted(item.comments, 'comment')}</span>
          {item.elsewhere.map(({ origin, votes, comments }) => (
            <span class="note">
              {counted(votes, 'vote')} and {counted(comments, 'comment')} of these at{' '}
              {originName(origin)}
            </span>
          ))}
        </div>
        {paper.abstract && (
          <section aria-labelledby="abstract">
            <h2 id="abstract">Abstract</h2>
            <p class="abstract">{raw(item.rendering?.abstractHtml ?? '')}</p>
          </section>
        )}
        <CiteSection reference={reference} />
        <EditEntry site={site} paper={paper} entry={item.entry} />
        <Facts paper={paper} />
        <p class="note">
          <a href={`/report?paper=${encodeURIComponent(paper.id)}`} rel="nofollow">
            Report this paper
          </a>
        </p>
        <Linked paper={paper} />
        <Upvoters voters={page.voters} />
        {page.editions.length > 0 && (
          <p class="note">
            Also in{' '}
            {page.editions.map((edition, index) => (
              <>
                {index > 0 && ', '}
                <a href={`/editions/${edition.slug}`}>
                  {edition.title} of {shortDate(edition.day, site.today)}
                </a>
              </>
            ))}
          </p>
        )}
      </article>
      {discussion}
      {similar.length > 0 && <Similar site={site} items={similar} />}
      {place && (place.before || place.after) && (
        <nav class="neighbours" aria-label={`Papers of ${longDay(place.day)}`}>
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

function Similar({ site, items }: { site: Site; items: FeedItem[] }) {
  return (
    <section class="similar" aria-labelledby="similar">
      <h2 id="similar">Similar papers</h2>
      <ul>
        {items.map(({ paper, rendering, votes }) => (
          <li>
            <a href={pathOfPaper(paper.id)}>{raw(rendering?.titleHtml ?? '')}</a>
            <small>
              {paper.authors[0] &&
                `${paper.authors[0].name}${paper.authors.length > 1 ? ' and others' : ''} · `}
              {shortDate(paper.publishedAt, site.today)}
              {votes > 0 && ` · ${counted(votes, 'vote')}`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Neighbour({ paper, direction }: { paper: Paper; direction: 'prev' | 'next' }) {
  return (
    <a rel={direction} href={pathOfPaper(paper.id)}>
      <small>{direction === 'prev' ? '← Before it' : 'After it →'}</small>
      {raw(renderTexHtml(paper.title, { breaks: false, links: false }))}
    </a>
  );
}

function Authors({ paper }: { paper: Paper }) {
  const shown = paper.authors.slice(0, MAX_SHOWN_AUTHORS);
  const rest = paper.authors.slice(MAX_SHOWN_AUTHORS);
  if (shown.length === 0) {
    return paper.authorCount ? <p class="authors">{counted(paper.authorCount, 'author')}</p> : null;
  }
  return (
    <>
      <p class="authors">
        <AuthorLinks authors={shown} />
      </p>
      {rest.length > 0 && (
        <details class="authors">
          <summary>and {counted(rest.length, 'more author')}</summary>
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
  const facts: [string, unknown][] = [
    ['Comment', paper.comment && raw(renderTexHtml(paper.comment))],
    ['Journal', paper.journalRef && raw(renderTexHtml(paper.journalRef))],
    ['DOI', paper.doi && <a href={`https://doi.org/${encodeURI(paper.doi)}`}>{paper.doi}</a>],
    ['Licence', paper.licence],
    ['Organisation', typeof organization === 'string' ? organization : undefined],
    ['Affiliations', affiliations.join('; ')],
    [
      'Categories',
      paper.categories.length > 0 &&
        paper.categories.map((category, index) => (
          <>
            {index > 0 && ', '}
            <a href={`/categories/${category}`}>{category}</a>
          </>
        )),
    ],
    ['Keywords', paper.extras.aiKeywords?.join(', ')],
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
  const groups: [string, string, JsonObject[], number][] = [
    ['Models', '', linked.models, linked.totalModels],
    ['Datasets', 'datasets/', linked.datasets, linked.totalDatasets],
    ['Demos', 'spaces/', linked.spaces, linked.totalSpaces],
  ];
  return (
    <>
      {groups
        .filter(([, , items]) => items.length > 0)
        .map(([name, prefix, items, total]) => (
          <section>
            <h2>
              {name} that cite this paper <small>{total.toLocaleString('en')}</small>
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

/** The paper for programs that read Markdown. */
export function renderMarkdown(page: PaperPage, url: string): string {
  const { paper, entry } = page.item;
  const lines = [`# ${escapeMarkdown(renderTexText(paper.title))}`, ''];
  if (paper.authors.length > 0) {
    lines.push(`Authors: ${paper.authors.map((author) => escapeMarkdown(author.name)).join(', ')}`);
  } else if (paper.authorCount) {
    lines.push(counted(paper.authorCount, 'author'));
  }
  lines.push(`Published: ${paper.publishedAt.slice(0, 10)}`);
  if (entry) lines.push(`Daily list: ${entry.day}`);
  if (paper.withdrawnAt) lines.push(`Withdrawn: ${paper.withdrawnAt.slice(0, 10)}`);
  if (paper.categories.length > 0) lines.push(`Categories: ${paper.categories.join(', ')}`);
  lines.push(`Votes: ${page.item.votes}`, `Page: ${url}${pathOfPaper(paper.id)}`);
  const home = homeUrlOf(paper.id);
  if (home) lines.push(`Source: ${home}`);
  if (isArxivId(paper.id)) lines.push(`PDF: ${arxivPdfUrl(paper.id)}`);
  for (const link of paper.links) lines.push(`${LINK_NAMES[link.kind]}: ${linkAddress(link)}`);
  if (paper.doi) lines.push(`DOI: ${paper.doi}`);
  const head = lines.map((line, index) => (index > 1 ? `${line}  ` : line));
  const abstract = escapeMarkdown(renderTexText(paper.abstract, { breaks: true }));
  return `${[...head, '', '## Abstract', '', abstract || 'No abstract is known.'].join('\n')}\n`;
}

/** Origins send what they like. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function linkAddress(link: PaperLink): string {
  return link.url.replace(/[<>\s]/g, encodeURIComponent);
}

/** Characters that would be read as Markdown or HTML inside running text. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*<>[\]]/g, '\\$&').replace(/^(#{1,6} |[-+] |\d+\. )/gm, '\\$1');
}
