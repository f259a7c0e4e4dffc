// What is one's own on a page that all readers share: the name in the corner and the pressed vote
// buttons, by one request. Without this file the buttons are forms that lead to a page of one's own.
import { ask, fill, makeWisher, say, signIn, texts } from './page.js';

/** src/people/sessions.ts sets it beside the session; it says only that asking is worth a request. */
const HINT = /(?:^|;\s*)signed-in=1(?:;|$)/;
/** As many as /api/me/marks takes. */
const MAX_PAPERS = 200;

const forms = [...document.querySelectorAll('form[data-vote]')];
/** The page was made for one person, marks and all. */
const isOwnPage = document.querySelector('[data-account] a[href="/settings"]') !== null;
/** As far as one knows. */
let isSignedIn = isOwnPage || HINT.test(document.cookie);
/** Pressed before the marks came: what they said then is older. */
const touched = new Set();

for (const form of forms) makeQuick(form);
if (isSignedIn && !isOwnPage) await loadMarks();

async function loadMarks() {
  const ids = [...new Set(forms.map((form) => form.dataset.vote))].slice(0, MAX_PAPERS);
  const papers = ids.map((id) => id.replace(/[%,]/g, encodeURIComponent)).join(',');
  let marks;
  try {
    const response = await ask(`/api/me/marks?papers=${encodeURIComponent(papers)}`);
    marks = await response.json();
  } catch {
    // The page is as it was: for all readers.
    return;
  }
  isSignedIn = marks.person !== null;
  if (!isSignedIn) return;
  showPerson(marks.person);
  const voted = new Set(marks.voted);
  for (const form of forms) {
    if (touched.has(form)) continue;
    const id = form.dataset.vote;
    show(form, { isOn: voted.has(id), count: marks.votes[id] });
  }
}

function showPerson({ name }) {
  const link = document.createElement('a');
  link.href = '/settings';
  link.title = fill(texts.signedInAs, { name });
  link.textContent = name;
  document.querySelector('[data-account]')?.replaceChildren(link);
}

/** `count` is that of this instance's votes; undefined leaves the number. */
function show(form, { isOn, count }) {
  const button = form.querySelector('button');
  button.setAttribute('aria-pressed', String(isOn));
  button.value = isOn ? '0' : '1';
  if (count === undefined) return;
  const all = count + Number(form.dataset.elsewhere);
  const place = form.querySelector('[data-count]');
  place.dataset.count = all;
  place.textContent = all.toLocaleString(document.documentElement.lang);
}

function read(form) {
  const place = form.querySelector('[data-count]');
  // As the server wrote it, in its digits and groups of three.
  const all = Number(place.dataset.count || place.textContent.replace(/\D/g, ''));
  return {
    isOn: form.querySelector('button').getAttribute('aria-pressed') === 'true',
    count: all - Number(form.dataset.elsewhere),
  };
}

function makeQuick(form) {
  const address = `/api${form.getAttribute('action')}`;
  const wish = makeWisher({
    read: () => read(form),
    show: (state) => show(form, state),
    async send(isOn) {
      const answer = await (await ask(address, { method: isOn ? 'PUT' : 'DELETE' })).json();
      return { isOn: answer.upvoted, count: answer.upvotesHere };
    },
    after: ({ isOn }) => say(isOn ? texts.voted : texts.unvoted, () => form.requestSubmit()),
    refused(error) {
      if (error.status === 401) signIn(`paper-${encodeURIComponent(form.dataset.vote)}`);
      else say(error.status ? error.message : texts.voteLost);
    },
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isSignedIn) return signIn(`paper-${encodeURIComponent(form.dataset.vote)}`);
    touched.add(form);
    wish();
  });
}
