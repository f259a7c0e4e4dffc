// What administrators see of people, and what changed their rights.
import type { Instant } from '../base/calendar.ts';
import { words } from '../language/words.ts';
import type { AuditPage } from '../people/audit-log.ts';
import type { Person, PublicPerson } from '../people/person.ts';
import { ROLES } from '../people/roles.ts';
import { endOfBar } from './end-of-bar.ts';
import type { Site } from './layout.tsx';
import { AccountPage, type Told, When } from './settings-layout.tsx';

export type PeopleView = {
  people: Person[];
  /** What was looked for. */
  asked: string;
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
  const { people, asked, role, before } = view;
  const { administration: texts, roles } = words.people;
  const next = new URLSearchParams({ q: asked, role, before: before ?? '' });
  return (
    <AccountPage
      site={site}
      title={texts.title}
      path="/admin/people"
      told={told}
      nav={<AdminNav current="/admin/people" />}
    >
      <form action="/admin/people" class="inline">
        <input
          type="search"
          name="q"
          value={asked}
          aria-label={texts.search}
          placeholder={texts.search}
          maxlength={200}
        />
        <select name="role" aria-label={texts.role}>
          <option value="">{texts.anyRole}</option>
          {ROLES.map((one) => (
            <option value={one} selected={one === role}>
              {roles[one]}
            </option>
          ))}
        </select>
        <button type="submit">{texts.find}</button>
      </form>
      {people.length === 0 && <p class="empty">{view.isFirst ? texts.nobody : texts.nobodyMore}</p>}
      <ul class="rows">
        {people.map((person) => (
          <li>
            <span>
              <a href={`/people/${person.handle}`}>{person.name}</a>{' '}
              <span class="note">@{person.handle}</span>
              {person.barred && (
                <span class="status incomplete">
                  {words.people.barred(person.barred.by, endOfBar(person.barred.until))}
                </span>
              )}
              <br />
              <span class="note">
                {texts.joined(person.email ?? '', person.joinedAt.slice(0, 10))}
              </span>
            </span>
            <form method="post" action="/admin/people/role" class="inline">
              <input type="hidden" name="id" value={person.id} />
              <input type="hidden" name="q" value={asked} />
              <select name="role" aria-label={texts.roleOf(person.name)}>
                {ROLES.map((one) => (
                  <option value={one} selected={one === person.role}>
                    {roles[one]}
                  </option>
                ))}
              </select>
              <button type="submit" aria-label={texts.changeRoleOf(person.name)}>
                {texts.change}
              </button>
            </form>
          </li>
        ))}
      </ul>
      {before && (
        <p class="pages">
          <a rel="next" href={`/admin/people?${next}`}>
            {texts.earlier}
          </a>
        </p>
      )}
    </AccountPage>
  );
}

export function AdminNav({ current }: { current: string }) {
  const { nav, pages: texts } = words.people.administration;
  const pages = [
    ['/admin/first-run', words.firstRun.nav],
    ['/admin/people', texts.people],
    ['/admin/audit', texts.audit],
    ['/admin/mail', texts.mail],
    ['/admin/channels', texts.channels],
    ['/invitations/tree', texts.tree],
    ['/about/roles', texts.roles],
  ];
  return (
    <nav class="tabs" aria-label={nav}>
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
  const texts = words.people.audit;
  const nameOf = (id: string | null, nobody: string) => {
    if (id === null) return nobody;
    const person = people.get(id);
    return person ? <a href={`/people/${person.handle}`}>{person.name}</a> : words.people.left;
  };
  const last = page.items.at(-1);
  return (
    <AccountPage
      site={site}
      title={texts.title}
      path="/admin/audit"
      nav={<AdminNav current="/admin/audit" />}
    >
      <p>{texts.intro}</p>
      {page.items.length === 0 && (
        <p class="empty">{isFirst ? texts.nothing : texts.nothingEarlier}</p>
      )}
      {page.items.length > 0 && (
        <table class="sheet audit">
          <thead>
            <tr>
              <th scope="col">{texts.when}</th>
              <th scope="col">{texts.what}</th>
              <th scope="col">{texts.whose}</th>
              <th scope="col">{texts.by}</th>
              <th scope="col">{texts.details}</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map((entry) => (
              <tr>
                <th scope="row">
                  <When at={entry.acted_at as Instant} />
                </th>
                <td data-label={texts.what}>{texts.actions[entry.action] ?? entry.action}</td>
                <td data-label={texts.whose}>{nameOf(entry.subject_id, '')}</td>
                <td data-label={texts.by}>{nameOf(entry.actor_id, texts.nobody)}</td>
                <td data-label={texts.details} translate="no">
                  {detailsInWords(entry.details)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {page.hasMore && last && (
        <p class="pages">
          <a rel="next" href={`/admin/audit?before=${last.id}`}>
            {texts.earlier}
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
