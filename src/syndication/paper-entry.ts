// A paper as an item. It holds no counts of votes or comments: they change every hour, and a reader would
// see old items as new ones.
import { type Instant, startOfDay } from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { hydrate } from '../feed/hydrate.ts';
import { words } from '../language/words.ts';
import { authorKey } from '../papers/author-name.ts';
import { homeUrlOf, isArxivId, pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import type { FeedAuthor, FeedEntry } from './feed-document.ts';
import type { DatedPaper, FeedParts } from './feed-parts.ts';

/** Some papers have thousands. */
const MAX_AUTHORS = 100;

/** In the order of the papers; those that are gone meanwhile are left out. `kind` is of the feed. */
export async function loadPaperEntries(
  parts: FeedParts,
  kind: string,
  papers: DatedPaper[],
): Promise<FeedEntry[]> {
  const times = new Map(papers.map((paper) => [paper.paperKey, paper.at]));
  const items = await hydrate(parts.db, papers, { isHtml: true });
  return items.map((item) => {
    const at = times.get(item.paper.key) ?? timeOf(item);
    return entryOf(parts, item, { id: parts.ids.of(kind, item.paper.key), at });
  });
}

/** When it was listed, where it stands on a list, else when it was published. */
function timeOf({ entry, paper }: FeedItem): Instant {
  if (!entry) return paper.publishedAt;
  return entry.listedAt ?? startOfDay(entry.day);
}

function entryOf(
  { url }: FeedParts,
  item: FeedItem,
  { id, at }: { id: string; at: Instant },
): FeedEntry {
  const { paper, entry } = item;
  const home = homeUrlOf(paper.id);
  const abstract = renderTexText(paper.abstract);
  const introduction = entry?.introduction;
  const { why } = words.feeds.document;
  return {
    id,
    title: renderTexText(paper.title),
    url: url + pathOfPaper(paper.id),
    ...(home === undefined ? {} : { externalUrl: home }),
    published: at,
    updated: at,
    authors: authorsOf(paper, url),
    categories: paper.categories,
    html: [
      introduction && `<p><strong>${escapeHtml(why)}</strong> ${escapeHtml(introduction)}</p>`,
      abstract && `<p>${item.rendering?.abstractHtml ?? escapeHtml(abstract)}</p>`,
      linksOf(paper, home),
    ]
      .filter(Boolean)
      .join('\n'),
    text: [introduction && `${why} ${introduction}`, abstract].filter(Boolean).join('\n\n'),
  };
}

function authorsOf(paper: Paper, url: string): FeedAuthor[] {
  return paper.authors.slice(0, MAX_AUTHORS).map(({ name }) => ({
    name,
    url: `${url}/authors/${encodeURIComponent(authorKey(name))}`,
  }));
}

function linksOf(paper: Paper, home: string | undefined): string {
  const texts = words.feeds.document;
  const links = [
    home && linkTo(home, isArxivId(paper.id) ? 'arXiv' : texts.paper),
    ...(['code', 'project'] as const).map((kind) => {
      const link = paper.links.find((one) => one.kind === kind);
      return link && linkTo(link.url, texts[kind]);
    }),
  ].filter(Boolean);
  return links.length > 0 ? `<p>${links.join(' · ')}</p>` : '';
}

export function linkTo(url: string, label: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
