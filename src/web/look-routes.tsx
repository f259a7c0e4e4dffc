import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { renderLook } from '../base/styles.ts';
import { words } from '../language/words.ts';
import { KeysPage } from './keys-page.tsx';
import {
  CHOICE_NAMES,
  canChoose,
  type Look,
  parseLook,
  renderLookCookie,
  settledLook,
  sheetsOfLook,
} from './look.ts';
import { pageBefore } from './mine.ts';
import { fieldsOf } from './read-form.ts';
import { siteLoader } from './site.ts';

export function addLookRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const site = siteLoader(app, publicUrl);

  web.post('/look', async (c) => {
    const fields = await fieldsOf(c);
    const chosen = CHOICE_NAMES.filter((name) => canChoose(name, fields[name] ?? ''));
    if (chosen.length === 0) throw new AppError('invalid', words.look.refused);
    const change = Object.fromEntries(chosen.map((name) => [name, fields[name]])) as Look;
    const look = { ...parseLook(c.req.header('cookie') ?? ''), ...change };
    c.header('set-cookie', renderLookCookie(look, publicUrl().startsWith('https:')));
    return c.redirect(pageBefore(c.req.header('referer')) ?? '/', 303);
  });

  /** For readers without script: the rules of what they have chosen, and which buttons those are. */
  web.get('/look.css', (c) => {
    const look = parseLook(c.req.header('cookie') ?? '');
    const buttons = Object.entries(settledLook(look)).map(
      ([name, value]) => `.look button[name="${name}"][value="${value}"]`,
    );
    const shown = `@layer look{${buttons.join()}{${CHOSEN}}}`;
    return c.body(renderLook(sheetsOfLook(look)) + shown, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'private, no-store',
    });
  });

  web.get('/about/keys', async (c) => c.html(<KeysPage site={await site(c)} />));
}

/** styles/keys.css says the same of a button that the script has pressed. */
const CHOSEN = '--chosen:var(--tint)';
