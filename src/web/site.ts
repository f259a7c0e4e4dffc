import type { Context } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { isDemoEdition } from '../papers/paper-store.ts';
import type { Viewer } from '../people/viewer.ts';
import type { Site } from './layout.tsx';

export type WebContext = Context<ApiEnv>;

/** What every page shows of the instance; one query. */
export async function loadSite(app: App, url: string, viewer?: Viewer | undefined): Promise<Site> {
  return {
    name: app.config.name,
    url,
    today: app.today(),
    categories: app.config.categories,
    isDemo: await isDemoEdition(app.database.read),
    hasHfMarkup: app.config.hasHfMarkup,
    viewer,
  };
}

/** For the pages of a group of routes: with the viewer where the page is made for them alone. */
export function siteLoader(app: App, publicUrl: () => string): (c: WebContext) => Promise<Site> {
  return (c) => loadSite(app, publicUrl(), c.get('isPersonal') ? c.get('viewer') : undefined);
}

/** Whoever asks, on a route whose rule lets nobody through without an account. */
export function viewerOf(c: WebContext): Viewer {
  const viewer = c.get('viewer');
  if (viewer) return viewer;
  throw new Error(`${c.req.path} let a visitor through`);
}
