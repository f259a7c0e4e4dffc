// What the pages of an account share.
import type { Child } from 'hono/jsx';
import type { Instant } from '../base/calendar.ts';
import { words } from '../language/words.ts';
import { Layout, type Site } from './layout.tsx';

const NAMES = [
  'profile',
  'sign-in',
  'sessions',
  'channels',
  'tokens',
  'alerts',
  'digests',
  'feeds',
  'data',
] as const;
export type SettingsPath = `/settings/${(typeof NAMES)[number]}` | '/settings';

/** Each with what it is called and what is there. */
export function settingsPages(): { path: SettingsPath; label: string; about: string }[] {
  return NAMES.map((name) => ({
    path: `/settings/${name}` as const,
    ...words.settings.pages[name],
  }));
}

/** What was done before the page is shown, and what was wrong. */
export type Told = { done?: string | undefined; problem?: string | undefined };

export function SettingsPage({
  site,
  title,
  path,
  told = {},
  children,
}: {
  site: Site;
  title: string;
  path: SettingsPath;
  told?: Told;
  children: Child;
}) {
  return (
    <AccountPage
      site={site}
      title={title}
      path={path}
      told={told}
      nav={<SettingsNav path={path} />}
    >
      {children}
    </AccountPage>
  );
}

function SettingsNav({ path }: { path: SettingsPath }) {
  return (
    <nav class="tabs" aria-label={words.settings.nav}>
      {settingsPages().map((page) => (
        <a href={page.path} aria-current={page.path === path ? 'page' : undefined}>
          {page.label}
        </a>
      ))}
    </nav>
  );
}

/** A page that only whoever is signed in sees. */
export function AccountPage({
  site,
  title,
  path,
  told = {},
  nav,
  children,
}: {
  site: Site;
  title: string;
  path: string;
  told?: Told;
  /** To the pages beside it. */
  nav?: Child;
  children: Child;
}) {
  return (
    <Layout site={site} head={{ title, path, isUnindexed: true, current: 'account' }}>
      <div class="account-page">
        <h1>{title}</h1>
        {nav}
        {told.done && (
          <p class="notice" role="status">
            {told.done}
          </p>
        )}
        {told.problem && (
          <p class="problem" role="alert">
            {told.problem}
          </p>
        )}
        {children}
      </div>
    </Layout>
  );
}

/** `2026-11-25 09:30`, in UTC. */
export function When({ at }: { at: Instant }) {
  return (
    <time datetime={at} title={`${at.slice(0, 16).replace('T', ' ')} UTC`}>
      {at.slice(0, 16).replace('T', ' ')}
    </time>
  );
}

/** What is wrong with a field: below it. */
export function FieldProblem({ id, problem }: { id: string; problem: string | undefined }) {
  if (!problem) return null;
  return (
    <p class="field-problem" id={`${id}-problem`}>
      {problem}
    </p>
  );
}

/** Of several fields the browser puts the cursor into the first. */
export function problemAttributes(id: string, problem: string | undefined) {
  if (!problem) return {};
  return {
    'aria-invalid': 'true' as const,
    'aria-describedby': `${id}-problem`,
    autofocus: true,
  };
}
