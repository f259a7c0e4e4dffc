// Buttons that copy a text. Without this file they are hidden: one selects the text, or takes the file.
import { ask, fill, texts } from './page.js';

const SHOWN_MS = 4_000;

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(button));
}

async function copy(button) {
  const { copy: what, copyOf, copyFrom } = button.dataset;
  const source = copyOf && document.getElementById(copyOf);
  try {
    const text = source ? source.textContent.trim() : await (await ask(copyFrom)).text();
    await navigator.clipboard.writeText(text);
    say(button, fill(texts.copied, { what }));
  } catch {
    if (source) select(source);
    say(button, source ? texts.selected : texts.notCopied);
  }
}

function select(source) {
  const details = source.closest('details');
  if (details) details.open = true;
  getSelection().selectAllChildren(source);
}

function say(button, text) {
  const status = button.parentElement.querySelector('[role="status"]');
  status.textContent = text;
  setTimeout(() => {
    if (status.textContent === text) status.textContent = '';
  }, SHOWN_MS);
}
