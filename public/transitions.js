// The title of a paper becomes the heading of its page, and goes back, where browsers have transitions between pages.
// Its name is only there while it moves: many papers are on a page, and a name may be there once.

addEventListener('pageswap', ({ viewTransition, activation }) => {
  if (viewTransition) move(activation.entry.url, viewTransition);
});

// A list that was kept as it was left; the paper's page has the name in its styles.
addEventListener('pagereveal', ({ viewTransition }) => {
  if (viewTransition) move(navigation.activation.from?.url, viewTransition);
});

function move(address, { ready, finished }) {
  // A window that is turned meanwhile ends it.
  ready.catch(() => {});
  if (!address) return;
  const { pathname } = new URL(address);
  const links = [...document.querySelectorAll('.card :is(h2, h3) a')];
  const title = links.find((link) => link.pathname === pathname)?.parentElement;
  title?.classList.add('moving');
  finished.finally(() => title?.classList.remove('moving')).catch(() => {});
}
