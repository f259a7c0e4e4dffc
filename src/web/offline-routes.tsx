// What browsers need to keep pages: the worker that does it, its page, and the description of the site.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { assetPath } from '../base/assets.ts';
import { words } from '../language/words.ts';
import { OfflinePage } from './offline-page.tsx';
import { siteLoader } from './site.ts';

/** Browsers ask at every visit whether the worker is still the same. */
const ALWAYS_ASKED = 'public, max-age=0, must-revalidate';

export function addOfflineRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const site = siteLoader(app, publicUrl);
  const { name, readsOffline } = app.config;

  web.get('/offline', async (c) => {
    c.header('cache-control', ALWAYS_ASKED);
    return c.html(<OfflinePage site={await site(c)} />);
  });

  web.get('/sw.js', async (c) => {
    const page = readsOffline ? String(<OfflinePage site={await site(c)} />) : '';
    return c.body(readsOffline ? renderWorker(name, page) : WORKER_OFF, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': ALWAYS_ASKED,
    });
  });

  web.get('/manifest.webmanifest', (c) => {
    const manifest = {
      name,
      short_name: name,
      lang: words.tag,
      dir: words.direction,
      start_url: '/',
      scope: '/',
      display: 'minimal-ui',
      icons: [{ src: assetPath('icon.svg'), type: 'image/svg+xml', sizes: 'any' }],
    };
    return c.body(JSON.stringify(manifest), 200, {
      'content-type': 'application/manifest+json',
      'cache-control': ALWAYS_ASKED,
    });
  });
}

const WORKER = readScript('sw.js');
const WORKER_OFF = readScript('sw-off.js');

function readScript(name: string): string {
  return fs.readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8');
}

/** Another page for those without connection makes another worker, which fetches it. */
function renderWorker(name: string, page: string): string {
  const { offlineNote, noAnswerNote } = words.offline;
  const setup = {
    language: words.tag,
    offlineNote,
    noAnswerNote,
    // Behind every title; titles in HTML are escaped as the worker finds them.
    titleEnd: ` · ${String(html`${name}`)}`,
    page: createHash('sha256').update(page).digest('base64url').slice(0, 10),
  };
  return `const SETUP = ${JSON.stringify(setup)};\n${WORKER}`;
}
