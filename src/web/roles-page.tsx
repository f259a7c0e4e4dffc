// The table of src/people/roles.ts, for everyone to read.
import type { Config } from '../config.ts';
import { ACTIONS, type Action, barredMay, ROLES, roleMay } from '../people/roles.ts';
import { may } from '../people/viewer.ts';
import { AboutNav } from './about-nav.tsx';
import { Layout, type Site } from './layout.tsx';

export function RolesPage({ site, people }: { site: Site; people: Config['people'] }) {
  const actions = Object.entries(ACTIONS) as [Action, string][];
  return (
    <Layout
      site={site}
      head={{
        title: 'Who may do what',
        description: `The roles at ${site.name}, and what each may do.`,
        path: '/about/roles',
        current: 'about',
      }}
    >
      <div class="prose wide">
        <AboutNav current="/about/roles" />
        <h1>Who may do what</h1>
        <p>{joiningInWords(people)}</p>
        <table class="roles">
          <thead>
            <tr>
              <th scope="col">May …</th>
              <th scope="col">visitor</th>
              {ROLES.map((role) => (
                <th scope="col">{role}</th>
              ))}
              <th scope="col">suspended</th>
            </tr>
          </thead>
          <tbody>
            {actions.map(([action, words]) => (
              <tr>
                <th scope="row">{words}</th>
                <Mark label="visitor" isYes={may(undefined, action, people.reading)} />
                {ROLES.map((role) => (
                  <Mark label={role} isYes={roleMay(role, action)} />
                ))}
                <Mark label="suspended" isYes={barredMay(action)} />
              </tr>
            ))}
          </tbody>
        </table>
        <p class="note">
          A visitor has no account. Whoever is suspended or banned keeps what is marked “suspended”,
          whatever their role. Votes of accounts that are younger than {people.newAccountHours}{' '}
          hours are shown and do not count in rankings yet.
        </p>
      </div>
    </Layout>
  );
}

function Mark({ label, isYes }: { label: string; isYes: boolean }) {
  return (
    <td data-label={label} class={isYes ? 'yes' : 'no'}>
      {isYes ? (
        'yes'
      ) : (
        <>
          <span aria-hidden="true">–</span>
          <span class="unseen">no</span>
        </>
      )}
    </td>
  );
}

function joiningInWords({ joining, joiningDomains, newRole, reading }: Config['people']): string {
  const seen =
    reading === 'everyone'
      ? 'Everyone may read here, with or without an account. '
      : 'Reading here needs an account. ';
  const as = `, and begins as ${newRole}.`;
  switch (joining) {
    case 'open':
      return `${seen}Whoever signs in with an e-mail address gets an account${as}`;
    case 'domain':
      return `${seen}Whoever has an address at ${joiningDomains.join(' or ')}, or an invitation, gets an account${as}`;
    case 'invitation':
      return `${seen}Whoever a member invites gets an account${as}`;
    case 'closed':
      return `${seen}No new accounts are made.`;
  }
}
