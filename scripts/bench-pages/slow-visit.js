// One visit to a page as somebody with an old phone and a slow line has it, with an empty cache.

/** 1.6 Mbit/s down, 750 kbit/s up, 150 ms for each request, a processor of a quarter of the speed. */
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
const SLOWDOWN = 4;
const LONG_TASK_MS = 50;
const KINDS = { Document: 'html', Stylesheet: 'css', Script: 'js', Font: 'fonts' };

/** Runs in the page before anything else. */
function observe() {
  const seen = { lcp: 0, shift: 0, tasks: [] };
  window.benchSeen = seen;
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
    });
  watch('largest-contentful-paint', ({ startTime }) => {
    seen.lcp = startTime;
  });
  watch('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) seen.shift += value;
  });
  watch('longtask', ({ duration }) => seen.tasks.push(duration));
}

/** Milliseconds, the sum of layout shifts, bytes as they came over the line by kind, and requests. */
export async function visit(browser, { url, cookies = [] }) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    const traffic = await watchTraffic(client, new URL(url).host);
    await client.send('Network.emulateNetworkConditions', LINE);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.addInitScript(observe);
    const response = await page.goto(url, { waitUntil: 'load' });
    if (!response?.ok()) throw new Error(`${url} answered ${response?.status()}`);
    await page.waitForLoadState('networkidle');
    const { lcp, shift, tasks, fcp } = await page.evaluate(() => ({
      ...window.benchSeen,
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    }));
    const blocking = tasks.reduce((sum, one) => sum + Math.max(0, one - LONG_TASK_MS), 0);
    return { fcp, lcp, shift, blocking, ...traffic() };
  } finally {
    await context.close();
  }
}

async function watchTraffic(client, host) {
  const kinds = new Map();
  const bytes = { html: 0, css: 0, js: 0, fonts: 0 };
  let requests = 0;
  let elsewhere = 0;
  client.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    if (request.url.startsWith('data:')) return;
    kinds.set(requestId, KINDS[type]);
    requests++;
    if (new URL(request.url).host !== host) elsewhere++;
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind) bytes[kind] += encodedDataLength;
  });
  await client.send('Network.enable');
  return () => ({ ...bytes, requests, elsewhere });
}
