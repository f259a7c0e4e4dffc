// Passkeys, by the browser's own dialog: adding one in the settings, and signing in with one.
const AUTH = '/api/auth/passkey';

const problem = document.querySelector('[data-passkey-problem]');
/** What it says, in the language of the page. */
const texts = JSON.parse(problem?.dataset.passkeyProblem || '{}');
const registration = document.querySelector('form[data-passkey-register]');
const signIn = document.querySelector('button[data-passkey-sign-in]');
const obstacle = obstacleHere();

if (registration) {
  if (obstacle) tell(obstacle);
  else offerRegistration(registration);
}
if (signIn && obstacle) signIn.classList.remove('awaited');
else if (signIn) offerSignIn(signIn);

/** Why this browser will not do it at this address; undefined where it will. */
function obstacleHere() {
  const { protocol, hostname, port } = location;
  if (/^[\d.]+$|^\[/.test(hostname)) {
    const there = hostname === '127.0.0.1' || hostname === '[::1]';
    return there
      ? texts.openLocalhost.replace('{address}', `http://localhost${port ? `:${port}` : ''}`)
      : texts.openName;
  }
  if (!window.isSecureContext) {
    return texts.httpsOnly.replace('{scheme}', `${protocol}//`);
  }
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    return texts.tooOld;
  }
  return undefined;
}

function offerRegistration(form) {
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await attempt(form.querySelector('button'), async () => {
      const options = await ask('GET', 'generate-register-options');
      const credential = await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      });
      const name = form.elements.name.value.trim() || texts.name;
      await ask('POST', 'verify-registration', { response: credential.toJSON(), name });
      location.assign('/settings/sign-in?done=passkey');
    });
  });
}

function offerSignIn(button) {
  button.hidden = false;
  button.addEventListener('click', () =>
    attempt(button, async () => {
      const options = await ask('GET', 'generate-authenticate-options');
      const credential = await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
      });
      await ask('POST', 'verify-authentication', { response: credential.toJSON() });
      location.assign(button.dataset.next || '/');
    }),
  );
}

/** One at a time, and whatever goes wrong is said beside the button. */
async function attempt(button, work) {
  button.disabled = true;
  tell('');
  try {
    await work();
  } catch (error) {
    tell(inWords(error));
  } finally {
    button.disabled = false;
  }
}

async function ask(method, what, body) {
  const response = await fetch(`${AUTH}/${what}`, {
    method,
    ...(body
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : {}),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const failure = new Error(answer.message ?? answer.error ?? texts.noAnswer);
  failure.code = answer.code;
  throw failure;
}

function inWords(error) {
  if (error.name === 'NotAllowedError') return texts.closed;
  if (error.name === 'InvalidStateError') return texts.already;
  if (error.code === 'SESSION_NOT_FRESH') return texts.signInAnew;
  if (error.code === 'PASSKEY_NOT_FOUND') return texts.unknown;
  return texts.failed.replace('{reason}', () => error.message);
}

function tell(message) {
  if (!problem) return;
  problem.textContent = message;
  problem.hidden = message === '';
}
