import { words } from '../language/words.ts';
import {
  MAX_TOKEN_DAYS,
  MAX_TOKEN_NAME,
  type Scope,
  type TokenSummary,
} from '../people/api-tokens.ts';
import type { Site } from './layout.tsx';
import {
  FieldProblem,
  problemAttributes,
  SettingsPage,
  type Told,
  When,
} from './settings-layout.tsx';

export type TypedToken = { name: string; scopes: string[]; days: string };
export type TokenProblems = { name?: string; scopes?: string; days?: string };
export const NEW_TOKEN: TypedToken = { name: '', scopes: ['read'], days: '90' };

export function TokenSettings({
  site,
  tokens,
  scopes,
  typed,
  problems,
  told,
}: {
  site: Site;
  tokens: TokenSummary[];
  /** Those that the person's role can use. */
  scopes: Scope[];
  typed: TypedToken;
  problems: TokenProblems;
  told: Told;
}) {
  const texts = words.settings.tokens;
  return (
    <SettingsPage site={site} title={texts.title} path="/settings/tokens" told={told}>
      <p>
        {texts.intro(
          (text) => (
            <a href="/api/docs">{text}</a>
          ),
          <code>Authorization: Bearer …</code>,
        )}
      </p>
      {tokens.length > 0 && (
        <ul class="rows">
          {tokens.map((token) => (
            <li>
              <span>
                <b>{token.name}</b> <code>{token.start}…</code>
                <br />
                <span class="note">
                  {texts.facts(
                    token.scopes.join(', ') || texts.noScope,
                    <When at={token.createdAt} />,
                    token.usedAt && <When at={token.usedAt} />,
                    token.expiresAt && <When at={token.expiresAt} />,
                  )}
                </span>
              </span>
              <form method="post" action="/settings/tokens/revoke">
                <input type="hidden" name="id" value={token.id} />
                <button type="submit" class="danger" aria-label={texts.revokeNamed(token.name)}>
                  {texts.revoke}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <h2>{texts.new}</h2>
      <form method="post" action="/settings/tokens" class="stacked">
        <label for="token-name">{texts.name}</label>
        <input
          id="token-name"
          name="name"
          value={typed.name}
          maxlength={MAX_TOKEN_NAME}
          placeholder={texts.nameExample}
          required
          {...problemAttributes('token-name', problems.name)}
        />
        <FieldProblem id="token-name" problem={problems.name} />
        <fieldset {...problemAttributes('token-scopes', problems.scopes)}>
          <legend>{texts.scopes}</legend>
          {scopes.map((scope) => (
            <label class="choice">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                checked={typed.scopes.includes(scope)}
              />{' '}
              <code>{scope}</code> {words.people.actions[scope]}
            </label>
          ))}
          <FieldProblem id="token-scopes" problem={problems.scopes} />
        </fieldset>
        <label for="token-days">{texts.days(MAX_TOKEN_DAYS)}</label>
        <input
          id="token-days"
          name="days"
          type="number"
          min={1}
          max={MAX_TOKEN_DAYS}
          value={typed.days}
          required
          {...problemAttributes('token-days', problems.days)}
        />
        <FieldProblem id="token-days" problem={problems.days} />
        <button type="submit" class="primary">
          {texts.make}
        </button>
      </form>
    </SettingsPage>
  );
}

/** The only time that a token is shown. */
export function NewTokenPage({ site, name, token }: { site: Site; name: string; token: string }) {
  const texts = words.settings.tokens;
  return (
    <SettingsPage site={site} title={texts.madeTitle} path="/settings/tokens">
      <p>{texts.copyNow(name)}</p>
      <p>
        <code class="once">{token}</code>
      </p>
      <p>{texts.tryIt(<code>curl -H "Authorization: Bearer …" {site.url}/api/whoami-v2</code>)}</p>
      <p>
        <a href="/settings/tokens">{texts.back}</a>
      </p>
    </SettingsPage>
  );
}
