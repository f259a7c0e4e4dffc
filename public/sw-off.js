// What a browser that keeps pages gets where that was switched off: it forgets them, and itself.

addEventListener('install', () => skipWaiting());

addEventListener('activate', (event) => event.waitUntil(forget()));

async function forget() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await registration.unregister();
}
