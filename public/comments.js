// Comments with script: what is one's own on a page that all share, writing and reacting on the spot, and drafts
// that outlive a lost session. Without this file the same forms load pages.
import { ask, fill, makeWisher, say, signIn, texts } from './page.js';

const DRAFT = 'draft ';
const SENT = 'sent draft';
const wishers = new WeakMap();

start();

async function start() {
  forgetSentDraft();
  const section = document.querySelector('[data-comments="shared"]');
  const isSignedIn = /(?:^|; )signed-in=/.test(document.cookie);
  if (!section || !isSignedIn || !(await showOwn(section))) keepDrafts(document);
  document.addEventListener('submit', onSubmit);
}

/** Puts the reader's own view of the discussion, as it is now, in place of a section. */
async function showOwn(section) {
  const address = new URL(location.href);
  const { paper, conversation } = section.dataset;
  address.hash = '';
  address.searchParams.set('mine', '');
  address.searchParams.set('part', '');
  address.pathname = conversation ? `${paper}/comments/${conversation}` : `${paper}/comments`;
  const own = await fetchSection(address);
  if (own?.dataset.comments !== 'own') return undefined;
  const isFirst = section.dataset.comments === 'shared';
  section.replaceWith(own);
  keepDrafts(own);
  const id = location.hash.slice(1);
  if (id && isFirst) document.getElementById(id)?.scrollIntoView();
  return own;
}

async function fetchSection(address) {
  try {
    const response = await ask(address);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector('[data-comments]') ?? undefined;
  } catch {
    return undefined;
  }
}

function onSubmit(event) {
  const form = event.target;
  const section = form.closest('[data-comments="own"]');
  if (form.matches('[data-reactions]')) return reactHere(event);
  if (form.matches('.deletion form') && section) return void deleteHere(event, section);
  if (!form.matches('[data-comment-form]')) return;
  if (event.submitter?.name === 'preview') return void previewHere(event, form);
  if (section) return void writeHere(event, form, section);
  sessionStorage.setItem(SENT, draftName(form));
}

async function previewHere(event, form) {
  event.preventDefault();
  const place = form.querySelector('[data-preview]');
  place.textContent = texts.moment;
  try {
    const body = new URLSearchParams({ text: form.elements.text.value });
    const response = await fetch('/comments/preview', { method: 'POST', body });
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const { html, error } = isJson ? await response.json() : {};
    // The server has made it safe, as it does for the comment itself.
    if (html !== undefined) place.innerHTML = html;
    else place.textContent = error ?? texts.noPreview;
  } catch {
    place.textContent = texts.noAnswer;
  }
}

async function writeHere(event, form, section) {
  event.preventDefault();
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  const comment = form.elements.text.value;
  const answered = form.closest('[data-comment]')?.dataset.comment;
  const address = `/api${section.dataset.paper}/comment${answered ? `/${answered}/reply` : ''}`;
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(address, {
      method: 'POST',
      headers,
      body: JSON.stringify({ comment }),
    });
    const { id } = (await answer.json()).newMessage;
    const draft = draftName(form);
    sessionStorage.removeItem(draft);
    await showOwn(section);
    // On another page of the discussion, then.
    if (!focusOn(document.getElementById(id))) return location.assign(`/comments/${id}`);
    say(texts.commented, () => {
      sessionStorage.setItem(draft, comment);
      return deleteComment(id);
    });
  } catch (error) {
    showProblem(form, error);
  } finally {
    form.ariaBusy = null;
  }
}

/** Beside the field, with what was typed left in it. */
function showProblem(form, { status, message }) {
  const { text } = form.elements;
  const place = form.querySelector('.field-problem') ?? document.createElement('p');
  place.className = 'field-problem';
  place.id = `problem-${new URL(form.action).pathname.replace(/\W/g, '-')}`;
  place.setAttribute('role', 'alert');
  text.setAttribute('aria-invalid', 'true');
  text.setAttribute('aria-describedby', place.id);
  text.before(place);
  if (status !== 401) {
    place.textContent = status ? message : texts.commentLost;
    return;
  }
  const link = document.createElement('a');
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = texts.signIn;
  place.replaceChildren(texts.signInFirst, ' ', link);
}

function deleteHere(event, section) {
  event.preventDefault();
  return deleteComment(event.target.closest('[data-comment]').dataset.comment, section);
}

async function deleteComment(id, section = document.querySelector('[data-comments]')) {
  try {
    const address = `/comments/${id}/delete`;
    const answer = await fetch(address, { method: 'POST', redirect: 'manual' });
    // Where it went well the server leads to another page.
    if (answer.type !== 'opaqueredirect') return say(texts.failed);
    const own = await showOwn(section);
    focusOn(document.getElementById(id) ?? own?.querySelector('h1, h2'));
    say(texts.commentDeleted);
  } catch {
    say(texts.noAnswer);
  }
}

function focusOn(element) {
  if (!element) return false;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
  return true;
}

function reactHere(event) {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  if (!wishers.has(button)) wishers.set(button, reactionOf(button));
  wishers.get(button)();
}

function reactionOf(button) {
  const { comment } = button.closest('[data-comment]').dataset;
  const reaction = button.value;
  const address = `/api/comments/${comment}/reactions/${encodeURIComponent(reaction)}`;
  return makeWisher({
    read: () => ({
      isOn: button.getAttribute('aria-pressed') === 'true',
      count: Number(button.querySelector('[data-count]').textContent),
    }),
    show: (state) => showReaction(button, state),
    async send(isOn) {
      await ask(address, { method: isOn ? 'PUT' : 'DELETE' });
    },
    after: ({ isOn }) =>
      say(fill(isOn ? texts.reacted : texts.unreacted, { reaction }), () => button.click()),
    refused(error) {
      if (error.status === 401) signIn(comment);
      else say(error.status ? error.message : texts.reactionLost);
    },
  });
}

/** Those that somebody has chosen stand before the choice of all others. */
function showReaction(button, { isOn, count }) {
  button.setAttribute('aria-pressed', String(isOn));
  button.querySelector('[data-count]').textContent = count > 0 ? count : '';
  const choice = button.closest('form').querySelector('details');
  const isChosen = !choice.contains(button);
  if (isChosen === count > 0) return;
  if (count > 0) choice.before(button);
  else choice.querySelector('.choice').append(button);
  choice.open = count === 0;
  button.focus();
}

function draftName(form) {
  return DRAFT + new URL(form.action).pathname;
}

/** What is typed stays in this tab until it was taken. */
function keepDrafts(place) {
  for (const form of place.querySelectorAll('[data-comment-form]')) {
    const { text } = form.elements;
    const name = draftName(form);
    const kept = sessionStorage.getItem(name);
    if (kept && text.value === '') {
      text.value = kept;
      form.closest('details')?.setAttribute('open', '');
    }
    text.addEventListener('input', () => sessionStorage.setItem(name, text.value));
  }
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
