// Keys for those who would rather not reach for the mouse: /about/keys lists them.
import { ask, hush, say, texts } from './page.js';

/** How long `g` waits for the key behind it. */
const WAIT_MS = 1_500;
/** A card that begins this little above the window counts as in view. */
const SLACK_PX = 8;
/** Of a card's paper. */
const TITLE = ':is(h2, h3) a';
const PLACES = { d: '/papers', t: '/papers/trending' };

let isGoing;
/** The card that the window is on its way to, which takes a while; one way may end where the next begins. */
let goal;
// Papers that are set on the way may push it on.
addEventListener('scrollend', () => {
  if (isInView(goal)) goal = undefined;
  else goal?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
});
// The reader takes another way.
for (const type of ['wheel', 'touchmove', 'pointerdown']) {
  addEventListener(
    type,
    () => {
      goal = undefined;
    },
    { passive: true },
  );
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'j' && event.key !== 'k') goal = undefined;
  if (event.key === 'Escape') return hush();
  if (!isForPage(event)) return;
  const place = isGoing && PLACES[event.key];
  clearTimeout(isGoing);
  isGoing = undefined;
  const act = place ? () => location.assign(place) : ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-keys-help]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  showHelp();
});

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => currentCard()?.querySelector(TITLE)?.click(),
  u: () => voteButton()?.click(),
  c: () => copyCitation(),
  '/': () => document.querySelector('header.site input[type="search"]').focus(),
  '?': () => showHelp(),
  g: () => {
    isGoing = setTimeout(() => {
      isGoing = undefined;
    }, WAIT_MS);
  },
};

/** Not while something is written or chosen, nor what browsers and screen readers use themselves (WCAG 2.1.4). */
function isForPage({ target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented }) {
  if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return false;
  if (document.documentElement.dataset.keys === 'off') return false;
  if (document.querySelector('dialog[open]')) return false;
  return !target.closest?.('input, textarea, select, [contenteditable]');
}

function cards() {
  return [...document.querySelectorAll('article.card')].filter((card) => card.checkVisibility());
}

/** Where the reader is: at the card with the focus, unless they scrolled away; else at the first that begins in view. */
function currentCard() {
  const focused = document.activeElement.closest('article.card');
  return focused === goal || isInView(focused)
    ? focused
    : cards().find((card) => topOf(card) > -SLACK_PX);
}

function isInView(card) {
  return card && topOf(card) < innerHeight && card.getBoundingClientRect().bottom > 0;
}

function topOf(card) {
  return card.getBoundingClientRect().top;
}

function step(by) {
  const all = cards();
  if (all.length === 0) return follow(by);
  const current = currentCard();
  const isThere = current?.contains(document.activeElement);
  const at = current ? all.indexOf(current) : all.length;
  const title = all[isThere ? at + by : at + Math.min(by, 0)]?.querySelector(TITLE);
  if (!title) return document.querySelector(`.pages [rel="${by > 0 ? 'next' : 'prev'}"]`)?.focus();
  title.focus({ preventScroll: true });
  const card = title.closest('article');
  goal = isInView(card) ? undefined : card;
  // Whoever presses faster than the window moves wants to be there; and what lies between has no heights yet.
  const isFar = Math.abs(topOf(card)) > 2 * innerHeight;
  const isQuiet = isFar || matchMedia('(prefers-reduced-motion: reduce)').matches;
  const isReading = document.documentElement.dataset.density === 'reading';
  card.scrollIntoView({
    block: isReading ? 'start' : 'nearest',
    behavior: isQuiet ? 'instant' : 'smooth',
  });
}

/** From a paper's page to its neighbours on the list. */
function follow(by) {
  const link = document.querySelector(`head link[rel="${by > 0 ? 'next' : 'prev'}"]`);
  if (link) location.assign(link.href);
}

/** Of the card, or of the page's own paper. */
function voteButton() {
  return (currentCard() ?? document.querySelector('article.paper'))?.querySelector(
    'button[data-vote]',
  );
}

async function copyCitation() {
  const button = voteButton();
  if (!button) return;
  try {
    const path = button.getAttribute('formaction').replace(/\/vote$/, '');
    const citation = await ask(`${path}/cite.bib`);
    await navigator.clipboard.writeText(await citation.text());
    say(texts.citationCopied);
  } catch {
    say(texts.citationLost);
  }
}

/** The page of keys as a dialog; where it cannot be fetched, the browser says why. */
async function showHelp() {
  const address = '/about/keys';
  try {
    const page = new DOMParser().parseFromString(await (await ask(address)).text(), 'text/html');
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'keys');
    dialog.append(page.querySelector('[data-keys]'));
    dialog.querySelector('form').hidden = false;
    // Beside what is in it: the background.
    dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  } catch {
    location.assign(address);
  }
}
