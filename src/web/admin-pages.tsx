// What administrators see of people, and what changed their rights.
import type { Instant } from '../base/calendar.ts';
import { words } from '../language/words.ts';
import type { AuditPage } from '../people/audit-log.ts';
import type { Person, PublicPerson } from '../people/person.ts';
import { ROLES } from '../people/roles.ts';
import type { Site } from './layout.tsx';
import { AccountPage, type Told, When } from './settings-layout.tsx';

export type PeopleView = {
  people: Person[];
  words: string;
  role: string;
  /** Of the next page. */
  before: string | undefined;
  isFirst: boolean;
};

export function AdminPeoplePage({
  site,
  view,
  told,
}: {
  site: Site;
  view: PeopleView;
  told: Told;
}) {
  const { people, words, role, before } = view;
  const next = new URLSearchParams({ q: words, role, before: before ?? '' });
  return (
    <AccountPage
      site={site}
      title="People and roles"
      path="/admin/people"
      told={told}
      nav={<AdminNav current="/admin/people" />}
    >
      <form action="/admin/people" class="inline">
        <input
          type="search"
          name="q"
          value={words}
          aria-label="Name, handle or address"
          placeholder="Name, handle or address"
          maxlength={200}
        />
        <select name="role" aria-label="Role">
          <option value="">any role</option>
          {ROLES.map((one) => (
            <option value={one} selected={one === role}>
              {one}
            </option>
          ))}
        </select>
        <button type="submit">Find</button>
      </form>
      {people.length === 0 && (
        <p class="empty">{view.isFirst ? 'Nobody was found.' : 'Nobody more.'}</p>
      )}
      <ul class="rows">
        {people.map((person) => (
          <li>
            <span>
              <a href={`/people/${person.handle}`}>{person.name}</a>{' '}
              <span class="note">@{person.handle}</span>
              {person.barred && (
                <span class="status incomplete">
                  {person.barred.by === 'ban' ? 'banned' : 'suspended'}
                  {!person.barred.until.startsWith('9999') &&
                    ` until ${person.barred.until.slice(0, 10)}`}
                </span>
              )}
              <br />
              <span class="note">
                {person.email}, joined {person.joinedAt.slice(0, 10)}
              </span>
            </span>
            <form method="post" action="/admin/people/role" class="inline">
              <input type="hidden" name="id" value={person.id} />
              <input type="hidden" name="q" value={words} />
              <select name="role" aria-label={`Role of ${person.name}`}>
                {ROLES.map((one) => (
                  <option value={one} selected={one === person.role}>
                    {one}
                  </option>
                ))}
              </select>
              <button type="submit" aria-label={`Change the role of ${person.name}`}>
                Change
              </button>
            </form>
          </li>
        ))}
      </ul>
      {before && (
        <p class="pages">
          <a rel="next" href={`/admin/people?${next}`}>
            Earlier accounts
          </a>
        </p>
      )}
    </AccountPage>
  );
}

export function AdminNav({ current }: { current: string }) {
  const pages = [
    ['/admin/first-run', words.firstRun.nav],
    ['/admin/people', 'People'],
    ['/admin/audit', 'Audit log'],
    ['/admin/mail', 'Mail'],
    ['/admin/channels', 'Channels'],
    ['/invitations/tree', 'Who invited whom'],
    ['/about/roles', 'Roles'],
  ];
  return (
    <nav class="tabs" aria-label="Administration">
      {pages.map(([path, label]) => (
        <a href={path} aria-current={path === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

export function AuditLogPage({
  site,
  page,
  people,
  isFirst,
}: {
  site: Site;
  page: AuditPage;
  people: Map<string, PublicPerson>;
  isFirst: boolean;
}) {
  const nameOf = (id: string | null, nobody: string) => {
    if (id === null) return nobody;
    const person = people.get(id);
    return person ? <a href={`/people/${person.handle}`}>{person.name}</a> : 'someone who left';
  };
  const last = page.items.at(-1);
  return (
    <AccountPage
      site={site}
      title="Audit log"
      path="/admin/audit"
      nav={<AdminNav current="/admin/audit" />}
    >
      <p>What changed the rights of people, newest first. Times are UTC.</p>
      {page.items.length === 0 && (
        <p class="empty">{isFirst ? 'Nothing yet.' : 'Nothing earlier.'}</p>
      )}
      {page.items.length > 0 && (
        <table class="sheet audit">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">Whose</th>
              <th scope="col">By</th>
              <th scope="col">Details</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map((entry) => (
              <tr>
                <th scope="row">
                  <When at={entry.acted_at as Instant} />
                </th>
                <td data-label="What">{entry.action}</td>
                <td data-label="Whose">{nameOf(entry.subject_id, '')}</td>
                <td data-label="By">
                  {nameOf(entry.actor_id, 'someone at the command line, or who left')}
                </td>
                <td data-label="Details">{detailsInWords(entry.details)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {page.hasMore && last && (
        <p class="pages">
          <a rel="next" href={`/admin/audit?before=${last.id}`}>
            Earlier
          </a>
        </p>
      )}
    </AccountPage>
  );
}

function detailsInWords(details: string): string {
  return Object.entries(JSON.parse(details) as Record<string, unknown>)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
