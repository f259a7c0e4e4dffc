import { assetPath } from '../base/assets.ts';
import type { SignInProvider } from '../config.ts';
import { words } from '../language/words.ts';
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
  const { signIn } = words.settings;
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
        <button type="submit" class="danger" aria-label={signIn.removeNamed(name)}>
          {signIn.remove}
        </button>
      </form>
    ) : (
      <span class="note">{signIn.lastWay}</span>
    );
  return (
    <SettingsPage site={site} title={signIn.title} path="/settings/sign-in" told={told}>
      <h2>{signIn.byLink}</h2>
      {methods.email ? (
        <p>{signIn.linkTo(<b>{methods.email}</b>, methods.isEmailVerified)}</p>
      ) : (
        <p>{signIn.noAddress}</p>
      )}

      <h2>{signIn.services}</h2>
      {methods.services.length > 0 && (
        <ul class="rows">
          {methods.services.map(({ id, provider, since }) => (
            <li>
              <span>
                <b>{nameOf(provider)}</b>{' '}
                <span class="note">{signIn.since(<When at={since} />)}</span>
              </span>
              {remove('service', id, nameOf(provider))}
            </li>
          ))}
        </ul>
      )}
      {providers.length === 0 && <p class="note">{signIn.noServices}</p>}
      {unlinked.length > 0 && (
        <div class="buttons">
          {unlinked.map((provider) => (
            <form method="post" action={`/sign-in/with/${provider.id}`}>
              <input type="hidden" name="link" value="1" />
              <input type="hidden" name="next" value="/settings/sign-in" />
              <button type="submit">{signIn.connect(provider.name)}</button>
            </form>
          ))}
        </div>
      )}

      <h2 id="passkeys">{signIn.passkeys}</h2>
      <p>{signIn.passkeysNote}</p>
      {methods.passkeys.length > 0 && (
        <ul class="rows">
          {methods.passkeys.map(({ id, name, since }) => (
            <li>
              <form method="post" action="/settings/sign-in/rename" class="inline">
                <input type="hidden" name="id" value={id} />
                <input
                  name="name"
                  value={name ?? signIn.passkey}
                  aria-label={signIn.passkeyName(name ?? '')}
                  maxlength={MAX_PASSKEY_NAME}
                  required
                />
                <button type="submit">{signIn.rename}</button>
                {since && <span class="note">{signIn.since(<When at={since} />)}</span>}
              </form>
              {remove('passkey', id, name ?? signIn.passkeyUnnamed)}
            </li>
          ))}
        </ul>
      )}
      <form class="inline" data-passkey-register hidden>
        <label for="passkey-name">{signIn.newName}</label>
        <input
          id="passkey-name"
          name="name"
          maxlength={MAX_PASSKEY_NAME}
          placeholder={signIn.newNameExample}
        />
        <button type="submit" class="primary">
          {signIn.add}
        </button>
      </form>
      <p
        class="problem"
        role="status"
        data-passkey-problem={JSON.stringify(words.passkeys)}
        hidden
      ></p>
      <noscript>
        <p class="note">{signIn.needsScript}</p>
      </noscript>
      <script type="module" src={assetPath('passkeys.js')}></script>
    </SettingsPage>
  );
}
