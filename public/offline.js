// Has the browser keep the pages that are read (sw.js). Where there is no such worker, pages are as before.

if (navigator.serviceWorker) {
  if (document.readyState === 'complete') start();
  else addEventListener('load', start);
}

async function start() {
  // The first page came before the worker could see it.
  const isFirst = !navigator.serviceWorker.controller;
  try {
    await navigator.serviceWorker.register('/sw.js');
    if (!isFirst) return;
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ shown: location.pathname + location.search });
  } catch {
    // Private windows have none.
  }
}
