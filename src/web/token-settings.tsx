import {
  MAX_TOKEN_DAYS,
  MAX_TOKEN_NAME,
  type Scope,
  scopeInWords,
  type TokenSummary,
} from '../people/api-tokens.ts';
import type { Site } from './layout.tsx';
import { SettingsPage, type Told, When } from './settings-layout.tsx';

export type TypedToken = { name: string; scopes: string[]; days: string };
export const NEW_TOKEN: TypedToken = { name: '', scopes: ['read'], days: '90' };

export function TokenSettings({
  site,
  tokens,
  scopes,
  typed,
  told,
}: {
  site: Site;
  tokens: TokenSummary[];
  /** Those that the person's role can use. */
  scopes: Scope[];
  typed: TypedToken;
  told: Told;
}) {
  return (
    <SettingsPage site={site} title="Your tokens" path="/settings/tokens" told={told}>
      <p>
        A token lets a program act for you over the <a href="/api/docs">API</a>, as far as its
        scopes go and never further than your role. Programs send it as{' '}
        <code>Authorization: Bearer …</code>.
      </p>
      {tokens.length > 0 && (
        <ul class="rows">
          {tokens.map((token) => (
            <li>
              <span>
                <b>{token.name}</b> <code>{token.start}…</code>
                <br />
                <span class="note">
                  {token.scopes.join(', ') || 'no scope'}; made <When at={token.createdAt} />,{' '}
                  {token.usedAt ? (
                    <>
                      used <When at={token.usedAt} />
                    </>
                  ) : (
                    'never used'
                  )}
                  {token.expiresAt && (
                    <>
                      , ends <When at={token.expiresAt} />
                    </>
                  )}
                </span>
              </span>
              <form method="post" action="/settings/tokens/revoke">
                <input type="hidden" name="id" value={token.id} />
                <button type="submit" class="danger" aria-label={`Revoke ${token.name}`}>
                  Revoke
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <h2>A new token</h2>
      <form method="post" action="/settings/tokens" class="stacked">
        <label for="token-name">What it is for</label>
        <input
          id="token-name"
          name="name"
          value={typed.name}
          maxlength={MAX_TOKEN_NAME}
          placeholder="reading script"
          required
        />
        <fieldset>
          <legend>It may</legend>
          {scopes.map((scope) => (
            <label class="choice">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                checked={typed.scopes.includes(scope)}
              />{' '}
              <code>{scope}</code> {scopeInWords(scope)}
            </label>
          ))}
        </fieldset>
        <label for="token-days">For how many days, at most {MAX_TOKEN_DAYS}</label>
        <input
          id="token-days"
          name="days"
          type="number"
          min={1}
          max={MAX_TOKEN_DAYS}
          value={typed.days}
          required
        />
        <button type="submit" class="primary">
          Make the token
        </button>
      </form>
    </SettingsPage>
  );
}

/** The only time that a token is shown. */
export function NewTokenPage({ site, name, token }: { site: Site; name: string; token: string }) {
  return (
    <SettingsPage site={site} title="Your new token" path="/settings/tokens">
      <p>
        Copy the token “{name}” now: it is kept as a hash only and cannot be shown again. Whoever
        has it can act for you.
      </p>
      <p>
        <code class="once">{token}</code>
      </p>
      <p>
        Try it: <code>curl -H "Authorization: Bearer …" {site.url}/api/whoami-v2</code>
      </p>
      <p>
        <a href="/settings/tokens">To your tokens</a>
      </p>
    </SettingsPage>
  );
}
