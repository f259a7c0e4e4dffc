// What the pages of an account share.
import type { Child } from 'hono/jsx';
import type { Instant } from '../base/calendar.ts';
import { Layout, type Site } from './layout.tsx';

export const SETTINGS_PAGES = [
  {
    path: '/settings/profile',
    label: 'Profile',
    about: 'your name, handle, links, ORCID, privacy',
  },
  { path: '/settings/sign-in', label: 'Sign-in', about: 'the ways in: link, services, passkeys' },
  { path: '/settings/sessions', label: 'Sessions', about: 'the browsers that are signed in' },
  { path: '/settings/channels', label: 'Channels', about: 'papers posted to chats and programs' },
  { path: '/settings/tokens', label: 'Tokens', about: 'for programs that act for you' },
  { path: '/settings/alerts', label: 'Alerts', about: 'searches and authors you are told of' },
  { path: '/settings/digests', label: 'Digests', about: 'papers that come to you by mail' },
  { path: '/settings/feeds', label: 'Feeds', about: 'private addresses for feed readers' },
  {
    path: '/settings/data',
    label: 'Your data',
    about: 'download all of it, or delete your account',
  },
] as const;
export type SettingsPath = (typeof SETTINGS_PAGES)[number]['path'] | '/settings';

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
    <nav class="tabs" aria-label="Settings">
      {SETTINGS_PAGES.map((page) => (
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

/** What is wrong with a field, and the attributes that lead a reader from the field to it. */
export function FieldProblem({ id, problem }: { id: string; problem: string | undefined }) {
  if (!problem) return null;
  return (
    <p class="problem" id={`${id}-problem`}>
      {problem}
    </p>
  );
}

export function problemAttributes(id: string, problem: string | undefined) {
  return problem ? { 'aria-invalid': 'true' as const, 'aria-describedby': `${id}-problem` } : {};
}
