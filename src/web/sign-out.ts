import { HINT_COOKIE, sessionCookieOf } from '../people/sessions.ts';
import type { WebContext } from './site.ts';

/** Has the browser forget its session; that the session itself is over is the caller's business. */
export function forgetSession(c: WebContext, url: string): void {
  const secure = url.startsWith('https:') ? '; Secure' : '';
  for (const name of [sessionCookieOf(url), HINT_COOKIE]) {
    c.header('set-cookie', `${name}=; Path=/; SameSite=Lax; Max-Age=0${secure}; HttpOnly`, {
      append: true,
    });
  }
  c.header('clear-site-data', '"cache"');
}
