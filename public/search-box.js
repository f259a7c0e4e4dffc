// Suggestions below the search box while one types. Without this file the box is a plain form.
import { ask as askServer, texts } from './page.js';

const MIN_LENGTH = 2;
const PAUSE_MS = 120;

for (const input of document.querySelectorAll('search input[type="search"]')) {
  suggestFor(input);
}

/** A combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). */
function suggestFor(input) {
  const list = document.createElement('ul');
  list.id = 'suggestions';
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', texts.suggestions);
  list.hidden = true;
  input.after(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);

  let timer;
  let asking;
  let chosen = -1;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const choose = (at) => {
    const options = [...list.children];
    if (options.length === 0) return;
    // One place beyond the ends is the box itself.
    chosen = ((at + 1 + options.length + 1) % (options.length + 1)) - 1;
    for (const [place, option] of options.entries()) {
      option.setAttribute('aria-selected', String(place === chosen));
    }
    if (chosen < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', options[chosen].id);
      options[chosen].scrollIntoView({ block: 'nearest' });
    }
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(renderSuggestion));
    list.hidden = suggestions.length === 0;
    chosen = -1;
    input.setAttribute('aria-expanded', String(suggestions.length > 0));
    input.removeAttribute('aria-activedescendant');
  };

  const ask = async () => {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < MIN_LENGTH) return close();
    asking = new AbortController();
    try {
      const address = `/api/suggest?q=${encodeURIComponent(text.slice(0, 200))}`;
      const response = await askServer(address, { signal: asking.signal });
      const suggestions = await response.json();
      if (input.value.trim() === text) show(suggestions);
    } catch {
      // No suggestions, then; the form works as before.
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      // Closed before, it opens again.
      if (list.hidden) ask();
      else choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      open(list.children[chosen]);
    }
  });
  // Before the box loses the focus, which would close the list.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => open(event.target.closest('li')));
  input.closest('search').addEventListener('focusout', ({ relatedTarget }) => {
    if (!input.closest('search').contains(relatedTarget)) close();
  });
}

function open(option) {
  if (option) location.assign(option.dataset.path);
}

/** An option may hold no link: it is one itself. */
function renderSuggestion({ kind, text, path }, at) {
  const option = document.createElement('li');
  option.id = `suggestion-${at}`;
  option.dataset.path = path;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const label = document.createElement('small');
  label.textContent = texts.suggested[kind] ?? '';
  option.append(text, ' ', label);
  return option;
}
