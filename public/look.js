// The look of pages on the spot. Without this file the same buttons load the page again.
const root = document.documentElement;
const YEAR_S = 365 * 86_400;

const buttons = [...document.querySelectorAll('form.look button')];
const names = [...new Set(buttons.map(({ name }) => name))];
showChosen();
document.addEventListener('submit', (event) => {
  if (!event.target.matches('form.look') || !event.submitter) return;
  event.preventDefault();
  const { name, value } = event.submitter;
  const seen = anchor(event.submitter);
  root.dataset[name] = value;
  keep();
  showChosen();
  // Where lists have become shorter or longer, the reader is still where they pressed.
  scrollBy({ top: event.submitter.getBoundingClientRect().top - seen, behavior: 'instant' });
});

function anchor(element) {
  return element.getBoundingClientRect().top;
}

/** As src/web/look.ts writes it. */
function keep() {
  const pairs = names
    .filter((name) => root.dataset[name])
    .map((name) => `${name}:${root.dataset[name]}`);
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser.
  document.cookie = `look=${pairs.join('.')}; Path=/; SameSite=Lax; Max-Age=${YEAR_S}${secure}`;
}

/** While nothing is chosen, the first of its kind is what holds. */
function showChosen() {
  for (const button of buttons) {
    const { name, value } = button;
    const chosen = root.dataset[name] ?? buttons.find((other) => other.name === name).value;
    button.setAttribute('aria-pressed', String(value === chosen));
  }
}
