// Pages with the viewer's own marks (`?mine`), for readers without script and after a form of theirs.
import { nextPath } from '../people/next-path.ts';
import type { Site } from './layout.tsx';

/** The address of the same page with one's own marks. */
export function withMine(path: string): string {
  if (new URL(path, 'http://instance.invalid').searchParams.has('mine')) return path;
  return `${path}${path.includes('?') ? '&' : '?'}mine`;
}

/** For the links between the parts of a page: on a page with one's own marks they lead to such. */
export function keepsMine(site: Pick<Site, 'marks'>): (path: string) => string {
  return site.marks ? withMine : (path) => path;
}

/** Where a card or a paper's page begins. */
export function anchorOfPaper(id: string): string {
  return `paper-${id}`;
}

/** The page whose form was sent, as a path of this instance; undefined where the browser does not say. */
export function pageBefore(referer: string | undefined): string | undefined {
  if (!referer || !URL.canParse(referer)) return undefined;
  const { pathname, search } = new URL(referer);
  return nextPath(pathname + search, '') || undefined;
}

/** Signing in, and going on at a path of this instance. */
export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}
