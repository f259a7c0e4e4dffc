// What is one's own on a page that all readers share: the name in the corner and the pressed vote
// buttons, by one request. Without this file the buttons lead to a page of one's own.
import { ask, fill, makeWisher, say, signIn, texts } from './page.js';

/** src/people/sessions.ts sets it beside the session; it says only that asking is worth a request. */
const HINT = /(?:^|;\s*)signed-in=1(?:;|$)/;
/** As many as /api/me/marks takes. */
const MAX_PAPERS = 200;

const buttons = [...document.querySelectorAll('button[data-vote]')];
/** The page was made for one person, marks and all. */
const isOwnPage = document.querySelector('[data-account] a[href="/settings"]') !== null;
/** As far as one knows. */
let isSignedIn = isOwnPage || HINT.test(document.cookie);
/** Pressed before the marks came: what they said then is older. */
const touched = new Set();

const wishers = new Map(buttons.map((button) => [button, wisherOf(button)]));
document.getElementById('votes').addEventListener('submit', (event) => {
  event.preventDefault();
  vote(event.submitter);
});
if (isSignedIn && !isOwnPage) await loadMarks();

async function loadMarks() {
  const ids = [...new Set(buttons.map((button) => button.dataset.vote))].slice(0, MAX_PAPERS);
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
  for (const button of buttons) {
    if (touched.has(button)) continue;
    const id = button.dataset.vote;
    show(button, { isOn: voted.has(id), count: marks.votes[id] });
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
function show(button, { isOn, count }) {
  button.setAttribute('aria-pressed', String(isOn));
  button.value = isOn ? '0' : '1';
  if (count === undefined) return;
  const all = count + Number(button.dataset.elsewhere);
  const place = button.querySelector('[data-count]');
  place.dataset.count = all;
  place.textContent = all.toLocaleString(document.documentElement.lang);
}

function read(button) {
  const place = button.querySelector('[data-count]');
  // As the server wrote it, in its digits and groups of three.
  const all = Number(place.dataset.count || place.textContent.replace(/\D/g, ''));
  return {
    isOn: button.getAttribute('aria-pressed') === 'true',
    count: all - Number(button.dataset.elsewhere),
  };
}

function wisherOf(button) {
  const address = `/api${button.getAttribute('formaction')}`;
  return makeWisher({
    read: () => read(button),
    show: (state) => show(button, state),
    async send(isOn) {
      const answer = await (await ask(address, { method: isOn ? 'PUT' : 'DELETE' })).json();
      return { isOn: answer.upvoted, count: answer.upvotesHere };
    },
    after: ({ isOn }) => say(isOn ? texts.voted : texts.unvoted, () => vote(button)),
    refused(error) {
      if (error.status === 401) signInFor(button);
      else say(error.status ? error.message : texts.voteLost);
    },
  });
}

function vote(button) {
  if (!isSignedIn) return signInFor(button);
  touched.add(button);
  wishers.get(button)();
}

function signInFor(button) {
  signIn(`paper-${encodeURIComponent(button.dataset.vote)}`);
}
