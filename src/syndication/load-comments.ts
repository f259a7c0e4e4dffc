// Comments as items: of a person, or of a paper's discussion.
import type { Instant } from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { withCurrentHtml } from '../comments/comment-text.ts';
import { words } from '../language/words.ts';
import type { FeedEntry } from './feed-document.ts';
import type { FeedParts } from './feed-parts.ts';

/** Those that everyone sees, the newest first. */
export async function loadCommentEntries(
  { db, ids, url }: FeedParts,
  of: { personId: string } | { paperKey: number },
  { minVotes, limit }: { minVotes: number | undefined; limit: number },
): Promise<FeedEntry[]> {
  const { nobody, commentTitle } = words.feeds.document;
  let query = db
    .selectFrom('comments')
    .innerJoin('papers', 'papers.key', 'comments.paper_key')
    .leftJoin('people', 'people.id', 'comments.author_id')
    .select(['comments.id', 'comments.raw', 'comments.html', 'comments.html_version'])
    .select(['comments.created_at', 'comments.edited_at'])
    .select(['papers.title', 'papers.categories', 'people.handle', 'people.name'])
    .where('comments.state', '=', 'visible');
  query =
    'personId' in of
      ? query.where('comments.author_id', '=', of.personId)
      : query.where('comments.paper_key', '=', of.paperKey);
  if (minVotes !== undefined) {
    query = query.where('comments.paper_key', 'in', (eb) =>
      eb.selectFrom('vote_peaks').select('paper_key').where('votes', '>=', minVotes),
    );
  }
  const rows = await query.orderBy('comments.id', 'desc').limit(limit).execute();
  return (await withCurrentHtml(db, rows)).map((row) => ({
    id: ids.of('comment', row.id),
    title: commentTitle(row.name ?? nobody, renderTexText(row.title)),
    url: `${url}/comments/${row.id}`,
    published: row.created_at as Instant,
    updated: (row.edited_at ?? row.created_at) as Instant,
    authors: [
      row.handle === null
        ? { name: nobody }
        : { name: row.name ?? row.handle, url: `${url}/people/${row.handle}` },
    ],
    categories: JSON.parse(row.categories) as string[],
    html: withAbsoluteLinks(row.html, url),
    text: row.raw,
  }));
}

/** A feed is read elsewhere, where `/papers/…` leads nowhere. */
function withAbsoluteLinks(html: string, url: string): string {
  return html.replace(/(<[^>]*?\s(?:href|src)=")\/(?!\/)/g, `$1${url}/`);
}
