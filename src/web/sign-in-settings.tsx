import { assetPath } from '../base/assets.ts';
import type { SignInProvider } from '../config.ts';
import { hasWayWithout, MAX_PASSKEY_NAME, type SignInMethods } from '../people/sign-in-methods.ts';
import type { Site } from './layout.tsx';
import { SettingsPage, type Told, When } from './settings-layout.tsx';

export function SignInSettings({
  site,
  methods,
  providers,
  told,
}: {
  site: Site;
  methods: SignInMethods;
  providers: SignInProvider[];
  told: Told;
}) {
  const known = providers.map(({ id }) => id as string);
  const unlinked = providers.filter(
    ({ id }) => !methods.services.some(({ provider }) => provider === id),
  );
  const nameOf = (provider: string) =>
    providers.find(({ id }) => id === provider)?.name ?? provider;
  const remove = (kind: 'service' | 'passkey', id: string, name: string) =>
    hasWayWithout(methods, id, known) ? (
      <form method="post" action="/settings/sign-in/remove">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="id" value={id} />
        <button type="submit" class="danger" aria-label={`Remove ${name}`}>
          Remove
        </button>
      </form>
    ) : (
      <span class="note">your last way in</span>
    );
  return (
    <SettingsPage site={site} title="How you sign in" path="/settings/sign-in" told={told}>
      <h2>By a link</h2>
      {methods.email ? (
        <p>
          A link is sent to <b>{methods.email}</b>
          {!methods.isEmailVerified && ', which was not confirmed yet: sign in with a link once'}.
        </p>
      ) : (
        <p>
          We know no address of yours, for the service that you signed in with tells none: keep
          another way, such as a passkey.
        </p>
      )}

      <h2>Services</h2>
      {methods.services.length > 0 && (
        <ul class="rows">
          {methods.services.map(({ id, provider, since }) => (
            <li>
              <span>
                <b>{nameOf(provider)}</b>{' '}
                <span class="note">
                  since <When at={since} />
                </span>
              </span>
              {remove('service', id, nameOf(provider))}
            </li>
          ))}
        </ul>
      )}
      {providers.length === 0 && <p class="note">No other service is set up here.</p>}
      {unlinked.length > 0 && (
        <div class="buttons">
          {unlinked.map((provider) => (
            <form method="post" action={`/sign-in/with/${provider.id}`}>
              <input type="hidden" name="link" value="1" />
              <input type="hidden" name="next" value="/settings/sign-in" />
              <button type="submit">Connect {provider.name}</button>
            </form>
          ))}
        </div>
      )}

      <h2 id="passkeys">Passkeys</h2>
      <p>
        A passkey is kept by your device or password manager; there is nothing to remember, and
        nothing to steal here.
      </p>
      {methods.passkeys.length > 0 && (
        <ul class="rows">
          {methods.passkeys.map(({ id, name, since }) => (
            <li>
              <form method="post" action="/settings/sign-in/rename" class="inline">
                <input type="hidden" name="id" value={id} />
                <input
                  name="name"
                  value={name ?? 'Passkey'}
                  aria-label={`Name of the passkey ${name ?? ''}`}
                  maxlength={MAX_PASSKEY_NAME}
                  required
                />
                <button type="submit">Rename</button>
                {since && (
                  <span class="note">
                    since <When at={since} />
                  </span>
                )}
              </form>
              {remove('passkey', id, name ?? 'passkey')}
            </li>
          ))}
        </ul>
      )}
      <form class="inline" data-passkey-register hidden>
        <label for="passkey-name">Name of a new one</label>
        <input id="passkey-name" name="name" maxlength={MAX_PASSKEY_NAME} placeholder="My laptop" />
        <button type="submit" class="primary">
          Add a passkey
        </button>
      </form>
      <p class="problem" role="status" data-passkey-problem hidden></p>
      <noscript>
        <p class="note">
          Adding a passkey needs JavaScript, for browsers offer it to nothing else.
        </p>
      </noscript>
      <script type="module" src={assetPath('passkeys.js')}></script>
    </SettingsPage>
  );
}
