// The table of src/people/roles.ts, for everyone to read.
import type { Config } from '../config.ts';
import { words } from '../language/words.ts';
import { ACTIONS, barredMay, ROLES, roleMay } from '../people/roles.ts';
import { may } from '../people/viewer.ts';
import { AboutNav } from './about-nav.tsx';
import { Layout, type Site } from './layout.tsx';

export function RolesPage({ site, people }: { site: Site; people: Config['people'] }) {
  const texts = words.people.rolesPage;
  const { roles, visitor, suspended } = words.people;
  return (
    <Layout
      site={site}
      head={{
        title: texts.title,
        description: texts.description(site.name),
        path: '/about/roles',
        current: 'about',
      }}
    >
      <div class="prose wide">
        <AboutNav current="/about/roles" />
        <h1>{texts.title}</h1>
        <p>{joiningInWords(people)}</p>
        <table class="roles">
          <thead>
            <tr>
              <th scope="col">{texts.may}</th>
              <th scope="col">{visitor}</th>
              {ROLES.map((role) => (
                <th scope="col">{roles[role]}</th>
              ))}
              <th scope="col">{suspended}</th>
            </tr>
          </thead>
          <tbody>
            {ACTIONS.map((action) => (
              <tr>
                <th scope="row">{words.people.actions[action]}</th>
                <Mark label={visitor} isYes={may(undefined, action, people.reading)} />
                {ROLES.map((role) => (
                  <Mark label={roles[role]} isYes={roleMay(role, action)} />
                ))}
                <Mark label={suspended} isYes={barredMay(action)} />
              </tr>
            ))}
          </tbody>
        </table>
        <p class="note">{texts.note(people.newAccountHours)}</p>
      </div>
    </Layout>
  );
}

function Mark({ label, isYes }: { label: string; isYes: boolean }) {
  const { yes, no } = words.people.rolesPage;
  return (
    <td data-label={label} class={isYes ? 'yes' : 'no'}>
      {isYes ? (
        yes
      ) : (
        <>
          <span aria-hidden="true">–</span>
          <span class="unseen">{no}</span>
        </>
      )}
    </td>
  );
}

function joiningInWords({ joining, joiningDomains, newRole, reading }: Config['people']): string {
  const texts = words.people.rolesPage;
  const role = words.people.roles[newRole];
  const seen = texts.reading[reading === 'everyone' ? 'everyone' : 'members'];
  const joins =
    joining === 'domain'
      ? texts.joining.domain(role, joiningDomains)
      : texts.joining[joining](role);
  return `${seen} ${joins}`;
}
