// What search engines are told to look at: https://www.sitemaps.org/protocol.html
import { sql } from 'kysely';
import type { Day } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { SkeletonItem } from '../feed/feed-item.ts';
import { pathOfPaper } from '../papers/paper-id.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

export function renderRobots(url: string): string {
  return `User-agent: *\nDisallow: /api/\nDisallow: /*?after=\nDisallow: /*?p=\n\nSitemap: ${url}/sitemap.xml\n`;
}

/** One sitemap a month that has lists. */
export async function renderSitemapIndex(db: Db, today: Day, url: string): Promise<string> {
  const rows = await db
    .selectFrom('day_entries')
    .select(sql<string>`substr(day, 1, 7)`.as('month'))
    .distinct()
    .where('day', '<=', today)
    .where('unlisted_at', 'is', null)
    .orderBy('month', 'desc')
    .limit(1_000)
    .execute();
  const items = rows.map(
    ({ month }) => `<sitemap><loc>${url}/sitemap/${month}.xml</loc></sitemap>`,
  );
  return `${HEAD}<sitemapindex xmlns="${NAMESPACE}">${items.join('')}</sitemapindex>\n`;
}

/** The days and papers of a month's lists, and the year they are of. */
export async function renderSitemap(db: Db, items: SkeletonItem[], url: string): Promise<string> {
  const keys = items.map((item) => item.paperKey);
  const papers =
    keys.length === 0
      ? []
      : await db
          .selectFrom('papers')
          .select(['id', 'changed_at'])
          .where('key', 'in', keys)
          .execute();
  const days = [...new Set(items.flatMap((item) => (item.day ? [item.day] : [])))].sort();
  const years = [...new Set(days.map((day) => day.slice(0, 4)))];
  const places = [
    ...years.map((year) => `<url><loc>${url}/papers/archive/${year}</loc></url>`),
    ...days.map((day) => `<url><loc>${url}/papers/date/${day}</loc></url>`),
    ...papers.map(
      ({ id, changed_at }) =>
        `<url><loc>${escapeXml(url + pathOfPaper(id))}</loc><lastmod>${changed_at.slice(0, 10)}</lastmod></url>`,
    ),
  ];
  return `${HEAD}<urlset xmlns="${NAMESPACE}">${places.join('')}</urlset>\n`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');
}
