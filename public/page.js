// What the scripts of a page have in common: texts, messages, and asking the server.

/** Written at start out of the catalogue of the instance's language. */
export const { texts } = await import(document.getElementById('texts').href);

const SHOWN_MS = 8_000;

const message = document.createElement('p');
message.className = 'toast';
message.setAttribute('role', 'status');
document.body.append(message);
let quiet;

/** A text with what stands in braces put in: `fill('{count} papers', { count: 3 })`. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Shown for a while, and read out by screen readers; with `undo` there is a button that does that. */
export function say(text, undo) {
  clearTimeout(quiet);
  message.replaceChildren(text);
  if (undo) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = texts.undo;
    button.addEventListener('click', () => {
      hush();
      undo();
    });
    message.append(button);
  }
  quiet = setTimeout(hushUnlessUsed, SHOWN_MS);
}

export function hush() {
  clearTimeout(quiet);
  message.replaceChildren();
}

/** Whoever is at its button needs it longer. */
function hushUnlessUsed() {
  if (message.matches(':hover, :focus-within')) quiet = setTimeout(hushUnlessUsed, SHOWN_MS);
  else hush();
}

/** Resolves to the answer. Throws an Error with the server's reason and its `status`; without status, none came. */
export async function ask(address, options) {
  const response = await fetch(address, options);
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  throw Object.assign(new Error(answer.error ?? texts.failed), { status: response.status });
}

/**
 * Shows a wish before the server has it, asks one thing at a time, so that the last wish wins, and puts back what the
 * server said last when it refuses. `read` and `show` are of a state with `isOn`; `send` resolves to the new state, or
 * to nothing where it is as wished.
 */
export function makeWisher({ read, show, send, after, refused }) {
  let wanted;
  let isAsking = false;
  return async () => {
    const shown = read();
    wanted = { isOn: !shown.isOn, count: shown.count + (shown.isOn ? -1 : 1) };
    show(wanted);
    // Pressed again while the server is asked: it hears of it after.
    if (isAsking) return;
    isAsking = true;
    let known = shown;
    try {
      let sent;
      do {
        sent = wanted;
        known = (await send(sent.isOn)) ?? sent;
      } while (wanted.isOn !== sent.isOn);
      show(known);
      after(known);
    } catch (error) {
      show(known);
      refused(error);
    } finally {
      isAsking = false;
    }
  };
}

export function signIn(anchor) {
  const next = `${location.pathname}${location.search}#${anchor}`;
  location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
}
