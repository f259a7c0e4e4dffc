import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { findNewestYear, loadArchiveYear } from '../feed/load-archive.ts';
import { ArchivePage, archivePath } from './archive-page.tsx';
import { siteLoader, type WebContext } from './site.ts';

/** arXiv's first year: no instance has older lists. */
const FIRST_YEAR = 1991;

/** The addresses of the years. */
export function addArchiveRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const db = app.database.read;
  const site = siteLoader(app, publicUrl);
  const options = () => ({ categories: app.config.categories, today: app.today() });

  const toNewest = async (c: WebContext) => {
    const year = await findNewestYear(db, options());
    return c.redirect(archivePath(year ?? yearOf(app.today())), 302);
  };
  web.get('/papers/archive', toNewest);
  web.get('/papers/archive/:year', async (c) => {
    const text = c.req.param('year');
    const year = Number(text);
    if (!/^\d{4}$/.test(text) || year < FIRST_YEAR || year > yearOf(app.today())) {
      return toNewest(c);
    }
    const archive = await loadArchiveYear(db, year, options());
    c.header('cache-control', 'public, max-age=0, must-revalidate');
    return c.html(<ArchivePage site={await site(c)} archive={archive} />);
  });
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
