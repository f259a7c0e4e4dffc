import type { Context } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { loadMarks } from '../feed/marks.ts';
import { isDemoEdition } from '../papers/paper-store.ts';
import type { Viewer } from '../people/viewer.ts';
import type { Site } from './layout.tsx';
import { withMine } from './mine.ts';

export type WebContext = Context<ApiEnv>;

/** What every page shows of the instance; one query. */
export async function loadSite(app: App, url: string, viewer?: Viewer | undefined): Promise<Site> {
  const isDemo = await isDemoEdition(app.database.read);
  return { ...siteWithoutDatabase(app, url), isDemo, viewer };
}

/** For the page that says that the database does not answer. */
export function siteWithoutDatabase(app: App, url: string): Site {
  return {
    name: app.config.name,
    url,
    today: app.today(),
    categories: app.config.categories,
    isDemo: false,
    hasHfMarkup: app.config.hasHfMarkup,
    readsOffline: app.config.readsOffline,
    viewer: undefined,
    marks: undefined,
    minePath: undefined,
  };
}

/**
 * For the pages of a group of routes: with the viewer where the page is made for them alone, and then with
 * their marks on the papers that the page shows.
 */
export function siteLoader(
  app: App,
  publicUrl: () => string,
): (c: WebContext, items?: FeedItem[]) => Promise<Site> {
  return async (c, items) => {
    const viewer = c.get('isPersonal') ? c.get('viewer') : undefined;
    const site = await loadSite(app, publicUrl(), viewer);
    if (!items) return site;
    if (!viewer) {
      const { pathname, search } = new URL(c.req.url);
      return { ...site, minePath: withMine(pathname + search) };
    }
    const papers = items.map((item) => item.paper);
    return { ...site, marks: await loadMarks(app.database.read, viewer.person.id, papers) };
  };
}

/** Whoever asks, on a route whose rule lets nobody through without an account. */
export function viewerOf(c: WebContext): Viewer {
  const viewer = c.get('viewer');
  if (viewer) return viewer;
  throw new Error(`${c.req.path} let a visitor through`);
}
