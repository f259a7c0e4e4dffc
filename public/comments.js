// Comments with script: what is one's own on a page that all share, previews and reactions on the
// spot, and drafts that outlive a lost session. Without this file the same forms load pages.
const DRAFT = 'draft ';
const SENT = 'sent draft';

start();

async function start() {
  forgetSentDraft();
  const section = document.querySelector('[data-comments="shared"]');
  if (section && /(?:^|; )signed-in=/.test(document.cookie)) await showOwn(section);
  for (const form of document.querySelectorAll('[data-comment-form]')) keepDraft(form);
  document.addEventListener('submit', onSubmit);
}

/** Puts the reader's own view of the discussion in place of the one that all share. */
async function showOwn(section) {
  const address = new URL(location.href);
  const { paper, conversation } = section.dataset;
  address.hash = '';
  address.searchParams.set('mine', '');
  address.searchParams.set('part', '');
  address.pathname = conversation ? `${paper}/comments/${conversation}` : `${paper}/comments`;
  const own = await fetchSection(address);
  if (own?.dataset.comments !== 'own') return;
  section.replaceWith(own);
  const id = location.hash.slice(1);
  if (id) document.getElementById(id)?.scrollIntoView();
}

async function fetchSection(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector('[data-comments]') ?? undefined;
  } catch {
    return undefined;
  }
}

function onSubmit(event) {
  const form = event.target;
  if (form.matches('[data-reactions]')) return void reactHere(event, form);
  if (!form.matches('[data-comment-form]')) return;
  if (event.submitter?.name === 'preview') return void previewHere(event, form);
  sessionStorage.setItem(SENT, draftName(form));
}

async function previewHere(event, form) {
  event.preventDefault();
  const place = form.querySelector('[data-preview]');
  place.textContent = 'One moment …';
  try {
    const body = new URLSearchParams({ text: form.elements.text.value });
    const response = await fetch('/comments/preview', { method: 'POST', body });
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const { html, error } = isJson ? await response.json() : {};
    // The server has made it safe, as it does for the comment itself.
    if (html !== undefined) place.innerHTML = html;
    else place.textContent = error ?? 'There is no preview right now: try again in a minute.';
  } catch {
    place.textContent = 'The server does not answer: try again in a minute.';
  }
}

async function reactHere(event, form) {
  event.preventDefault();
  const reaction = event.submitter?.value;
  const comment = form.closest('[data-comment]');
  const section = form.closest('[data-comments]');
  const body = new URLSearchParams({ reaction, part: '' });
  try {
    const response = await fetch(form.action, { method: 'POST', body });
    if (!response.ok) throw new Error(String(response.status));
    const id = comment.dataset.comment;
    const own = await fetchSection(`${section.dataset.paper}/comments/${id}?mine&part`);
    const fresh = own?.querySelector(`[data-comment="${id}"] [data-reactions]`);
    if (!fresh) throw new Error('no section');
    form.replaceWith(fresh);
    [...fresh.querySelectorAll('button')].find(({ value }) => value === reaction)?.focus();
  } catch {
    // The page after it says what is wrong.
    HTMLFormElement.prototype.submit.call(withReaction(form, reaction));
  }
}

function withReaction(form, reaction) {
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'reaction';
  field.value = reaction;
  form.append(field);
  return form;
}

function draftName(form) {
  return DRAFT + new URL(form.action).pathname;
}

/** What is typed stays in this tab until it was taken. */
function keepDraft(form) {
  const { text } = form.elements;
  const name = draftName(form);
  const kept = sessionStorage.getItem(name);
  if (kept && text.value === '') {
    text.value = kept;
    form.closest('details')?.setAttribute('open', '');
  }
  text.addEventListener('input', () => sessionStorage.setItem(name, text.value));
}

/** The page after a form that was taken says so in its address. */
function forgetSentDraft() {
  const address = new URL(location.href);
  if (!address.searchParams.has('done')) return;
  const name = sessionStorage.getItem(SENT);
  if (name) sessionStorage.removeItem(name);
  sessionStorage.removeItem(SENT);
  const query = address.search
    .slice(1)
    .split('&')
    .filter((part) => part !== 'done')
    .join('&');
  history.replaceState(null, '', `${address.pathname}${query && `?${query}`}${address.hash}`);
}
