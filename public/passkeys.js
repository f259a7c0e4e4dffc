// Passkeys, by the browser's own dialog: adding one in the settings, and signing in with one.
const AUTH = '/api/auth/passkey';

const problem = document.querySelector('[data-passkey-problem]');
const registration = document.querySelector('form[data-passkey-register]');
const signIn = document.querySelector('button[data-passkey-sign-in]');
const obstacle = obstacleHere();

if (registration) {
  if (obstacle) tell(obstacle);
  else offerRegistration(registration);
}
if (signIn && !obstacle) offerSignIn(signIn);

/** Why this browser will not do it at this address; undefined where it will. */
function obstacleHere() {
  const { protocol, hostname, port } = location;
  if (/^[\d.]+$|^\[/.test(hostname)) {
    const there = hostname === '127.0.0.1' || hostname === '[::1]';
    return there
      ? `Browsers refuse passkeys at a number: open http://localhost${port ? `:${port}` : ''} instead.`
      : 'Browsers refuse passkeys at a number: reach this server by its name, with https.';
  }
  if (!window.isSecureContext) {
    return `Browsers allow passkeys with https only, and this page came by ${protocol}//.`;
  }
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    return 'This browser is too old for passkeys: bring it up to date.';
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
      const name = form.elements.name.value.trim() || 'Passkey';
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
  const failure = new Error(answer.message ?? answer.error ?? 'The server did not answer.');
  failure.code = answer.code;
  throw failure;
}

function inWords(error) {
  if (error.name === 'NotAllowedError') return 'Nothing was done: the dialog was closed.';
  if (error.name === 'InvalidStateError') return 'This device has a passkey of yours already.';
  if (error.code === 'SESSION_NOT_FRESH') {
    return 'You signed in long ago: sign out and in again, then add the passkey.';
  }
  if (error.code === 'PASSKEY_NOT_FOUND')
    return 'Nobody here has that passkey: sign in another way.';
  return `That did not work: ${error.message}`;
}

function tell(message) {
  if (!problem) return;
  problem.textContent = message;
  problem.hidden = message === '';
}
