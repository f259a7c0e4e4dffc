// Keeps the public pages that were read last, and shows them, marked as such, where there is no network.
// src/web/offline-routes.tsx puts SETUP before it: language, texts, and a stamp that changes with every file.
const PAGES = 'pages';
const ASSETS = 'assets';
const OFFLINE = 'offline';
const OFFLINE_PATH = '/offline';
const MAX_PAGES = 30;
const MAX_ASSETS = 100;
/** How long the network may take before a kept page is shown instead. */
const PATIENCE_MS = 10_000;
const KEPT_AT = 'x-kept-at';

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(keepOfflinePage());
});

addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([registration.navigationPreload?.enable(), clients.claim()]));
});

addEventListener('message', (event) => {
  if (event.data?.shown) event.waitUntil(keepShown(event.data.shown));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(answerPage(event));
  else if (pathname.startsWith('/assets/')) event.respondWith(answerAsset(request));
});

/** Its address holds its hash: what is kept is right for ever. */
async function answerAsset(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

async function answerPage(event) {
  const kept = await (await caches.open(PAGES)).match(addressOf(event.request.url));
  const answer = fetchPage(event);
  // A page that comes too late is kept all the same.
  event.waitUntil(answer.catch(() => {}));
  try {
    return await (kept ? Promise.race([answer, losePatience()]) : answer);
  } catch {
    return kept ? showKept(kept) : showOffline();
  }
}

async function fetchPage(event) {
  const preloaded = event.preloadResponse?.catch(() => undefined);
  // Offline, an answer that the browser still has would be shown without a word; a server on this machine answers anew.
  const response = navigator.onLine
    ? ((await preloaded) ?? (await fetch(event.request)))
    : await fetch(event.request, { cache: 'no-cache' });
  if (isKeepable(response)) event.waitUntil(keep(event.request.url, response.clone()));
  return response;
}

function losePatience() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}

/** Only what the server calls public: nothing of anyone's own, no address with a secret in it. */
function isKeepable({ status, type, headers }) {
  const isHtml = headers.get('content-type')?.startsWith('text/html');
  return status === 200 && type === 'basic' && isHtml && isPublic(headers);
}

function isPublic(headers) {
  const control = headers.get('cache-control') ?? '';
  return /\bpublic\b/.test(control) && !/no-store|private/.test(control);
}

async function keepShown(path) {
  const response = await fetch(path, { headers: { accept: 'text/html' } });
  if (isKeepable(response)) await keep(new URL(path, location.origin).href, response);
}

async function keep(url, response) {
  const html = await response.text();
  const pages = await caches.open(PAGES);
  await pages.put(addressOf(url), keptResponse(html, response.headers));
  await trim(pages, MAX_PAGES);
  await keepAssets(html);
}

function keptResponse(html, answered) {
  const headers = new Headers(answered);
  headers.delete('content-encoding');
  headers.delete('content-length');
  headers.set(KEPT_AT, new Date().toISOString());
  return new Response(html, { headers });
}

async function keepOfflinePage() {
  const response = await fetch(OFFLINE_PATH, { cache: 'reload' });
  if (!response.ok) throw new Error(`${OFFLINE_PATH} was answered with ${response.status}`);
  const html = await response.text();
  await (await caches.open(OFFLINE)).put(OFFLINE_PATH, keptResponse(html, response.headers));
  await keepAssets(html);
}

async function keepAssets(html) {
  const assets = await caches.open(ASSETS);
  const paths = new Set(html.match(/\/assets\/[\w.-]+/g));
  // One that is missing costs its page little; the others are kept.
  await Promise.allSettled(
    [...paths].map(async (path) => (await assets.match(path)) || assets.add(path)),
  );
  await trim(assets, MAX_ASSETS);
}

/** A cache gives its entries as they were put. */
async function trim(cache, max) {
  const requests = await cache.keys();
  await Promise.all(requests.slice(0, -max).map((request) => cache.delete(request)));
}

function addressOf(url) {
  return url.split('#')[0];
}

async function showKept(kept) {
  const at = new Date(kept.headers.get(KEPT_AT));
  const time = at.toLocaleString(SETUP.language, { dateStyle: 'long', timeStyle: 'short' });
  const text = navigator.onLine ? SETUP.noAnswerNote : SETUP.offlineNote;
  const note = `<p class="notice offline" role="status">${text.replace('{time}', time)}</p>`;
  const html = (await kept.text()).replace('<main id="main">', (main) => main + note);
  return new Response(html, { headers: kept.headers });
}

async function showOffline() {
  const page = await (await caches.open(OFFLINE)).match(OFFLINE_PATH);
  if (!page) return Response.error();
  const pages = await caches.open(PAGES);
  const requests = (await pages.keys()).reverse();
  const items = await Promise.all(
    requests.map(async (request) => {
      const html = await (await pages.match(request)).text();
      const title = /<title>(.*?)<\/title>/s.exec(html)?.[1].replace(SETUP.titleEnd, '') ?? '';
      const { pathname, search } = new URL(request.url);
      return `<li><a href="${(pathname + search).replaceAll('&', '&amp;')}">${title}</a></li>`;
    }),
  );
  const html = await page.text();
  const body = html
    .replace('<section data-kept="true" hidden="">', '<section data-kept>')
    .replace('<ul></ul>', `<ul>${items.join('')}</ul>`);
  return new Response(items.length > 0 ? body : html, { status: 503, headers: page.headers });
}
