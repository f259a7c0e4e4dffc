// What is one's own on a page that all readers share: the name in the corner and the pressed vote
// buttons, by one request. Without this file the buttons are forms that lead to a page of one's own.

/** src/people/sessions.ts sets it beside the session; it says only that asking is worth a request. */
const HINT = /(?:^|;\s*)signed-in=1(?:;|$)/;
/** As many as /api/me/marks takes. */
const MAX_PAPERS = 200;

const forms = [...document.querySelectorAll('form[data-vote]')];
/** The page was made for one person, marks and all. */
const isOwnPage = document.querySelector('[data-account] a[href="/settings"]') !== null;
/** As far as one knows. */
let isSignedIn = isOwnPage || HINT.test(document.cookie);

const message = document.createElement('p');
message.className = 'toast';
message.setAttribute('role', 'status');
document.body.append(message);
let quiet;

/** Shown for a while, and read out by screen readers. */
function say(text) {
  clearTimeout(quiet);
  message.textContent = text;
  quiet = setTimeout(() => {
    message.textContent = '';
  }, 8_000);
}

for (const form of forms) makeQuick(form);
if (isSignedIn && !isOwnPage) await loadMarks();

async function loadMarks() {
  const ids = [...new Set(forms.map((form) => form.dataset.vote))].slice(0, MAX_PAPERS);
  const papers = ids.map((id) => id.replace(/[%,]/g, encodeURIComponent)).join(',');
  let marks;
  try {
    const response = await fetch(`/api/me/marks?papers=${encodeURIComponent(papers)}`);
    if (!response.ok) return;
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
    if (form.dataset.busy) continue;
    const id = form.dataset.vote;
    show(form, { isOn: voted.has(id), votes: marks.votes[id] });
  }
}

function showPerson({ name }) {
  const link = document.createElement('a');
  link.href = '/settings';
  link.title = `Signed in as ${name}`;
  link.textContent = name;
  document.querySelector('[data-account]')?.replaceChildren(link);
}

/** `votes` are those of this instance; undefined leaves the number. */
function show(form, { isOn, votes }) {
  const button = form.querySelector('button');
  button.setAttribute('aria-pressed', String(isOn));
  button.value = isOn ? '0' : '1';
  if (votes === undefined) return;
  const all = votes + Number(form.dataset.elsewhere);
  form.querySelector('[data-count]').textContent = all.toLocaleString('en');
}

function stateOf(form) {
  const text = form.querySelector('[data-count]').textContent.replaceAll(',', '');
  return {
    isOn: form.querySelector('button').getAttribute('aria-pressed') === 'true',
    votes: Number(text) - Number(form.dataset.elsewhere),
  };
}

/** Shows the vote at once and takes it back when the server does not take it. */
function makeQuick(form) {
  let wanted;
  /** What the server said last: what is shown again when it does not take the next. */
  let known;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!isSignedIn) return signIn(form);
    const shown = stateOf(form);
    wanted = !shown.isOn;
    show(form, { isOn: wanted, votes: shown.votes + (wanted ? 1 : -1) });
    // Pressed again while the server is asked: it hears of it after.
    if (form.dataset.busy) return;
    form.dataset.busy = 'true';
    known = shown;
    try {
      let sent;
      do {
        sent = wanted;
        const { upvoted, upvotesHere } = await send(form, sent);
        known = { isOn: upvoted, votes: upvotesHere };
        if (wanted === sent) show(form, known);
      } while (wanted !== sent);
    } catch (error) {
      show(form, known);
      if (error.status === 401) return signIn(form);
      say(
        error.status
          ? error.message
          : 'Your vote did not arrive: look at the connection and try again.',
      );
    } finally {
      delete form.dataset.busy;
    }
  });
}

async function send(form, isOn) {
  const address = `/api${form.getAttribute('action')}`;
  const response = await fetch(address, { method: isOn ? 'PUT' : 'DELETE' });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const failure = new Error(answer.error ?? 'That did not work: try again.');
  failure.status = response.status;
  throw failure;
}

function signIn(form) {
  const next = `${location.pathname}${location.search}#paper-${encodeURIComponent(form.dataset.vote)}`;
  location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
}
