import { shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import type { Sanction } from '../moderation/list-sanctions.ts';
import type { Person } from '../people/person.ts';
import { roleMay } from '../people/roles.ts';
import { endOfBar } from './end-of-bar.ts';
import { Layout, type Site } from './layout.tsx';
import {
  AccountPage,
  FieldProblem,
  problemAttributes,
  SettingsPage,
  settingsPages,
} from './settings-layout.tsx';

export function SettingsOverview({
  site,
  person,
  sanctions,
}: {
  site: Site;
  person: Person;
  sanctions: Sanction[];
}) {
  const texts = words.settings.overview;
  const { barred } = person;
  return (
    <SettingsPage site={site} title={texts.title} path="/settings">
      <p>
        {texts.you(
          <b>{person.name}</b>,
          <a href={`/people/${person.handle}`}>@{person.handle}</a>,
          <a href="/about/roles">{words.people.roles[person.role]}</a>,
        )}
      </p>
      {barred && <p class="problem">{texts.barred(barred.by, endOfBar(barred.until))}</p>}
      {sanctions.length > 0 && (
        <section aria-labelledby="told">
          <h2 id="told">{texts.told}</h2>
          <ul>
            {sanctions.map(({ kind, reason, at }) => (
              <li>{texts.sanction[kind](shortDate(at, site.today), reason)}</li>
            ))}
          </ul>
        </section>
      )}
      <ul class="overview">
        {settingsPages().map((page) => (
          <li>{texts.page(<a href={page.path}>{page.label}</a>, page.about)}</li>
        ))}
        {roleMay(person.role, 'invite') && (
          <li>
            {texts.invitations((text) => (
              <a href="/invitations">{text}</a>
            ))}
          </li>
        )}
        {roleMay(person.role, 'moderate') && (
          <li>
            {texts.moderation((text) => (
              <a href="/moderation">{text}</a>
            ))}
          </li>
        )}
        {person.role === 'administrator' && (
          <li>
            {texts.administration(
              (text) => (
                <a href="/admin/people">{text}</a>
              ),
              (text) => (
                <a href="/admin/audit">{text}</a>
              ),
            )}
          </li>
        )}
      </ul>
      <form method="post" action="/sign-out">
        <button type="submit">{texts.signOut}</button>
      </form>
    </SettingsPage>
  );
}

export function DataSettings({ site }: { site: Site }) {
  const texts = words.settings.data;
  return (
    <SettingsPage site={site} title={texts.title} path="/settings/data">
      <h2>{texts.take}</h2>
      <p>{texts.takeNote}</p>
      <ul class="actions">
        <li>
          <a href="/settings/data.json" download>
            {texts.json}
          </a>
        </li>
        <li>
          <a href="/settings/data.md" download>
            {texts.markdown}
          </a>
        </li>
      </ul>
      <h2>{texts.leave}</h2>
      <p>
        {texts.leaveNote((text) => (
          <a href="/settings/delete">{text}</a>
        ))}
      </p>
    </SettingsPage>
  );
}

/** `whole`: of no field. */
export type DeletionProblems = { comments?: string; handle?: string; whole?: string };

export function DeleteAccountPage({
  site,
  person,
  typed,
  problems,
}: {
  site: Site;
  person: Person;
  typed: { handle: string; comments: string };
  problems: DeletionProblems;
}) {
  const texts = words.settings.deletion;
  const choice = (value: 'tombstones' | 'anonymous') => (
    <label class="choice">
      <input
        type="radio"
        name="comments"
        value={value}
        required
        checked={typed.comments === value}
      />{' '}
      {texts[value]}
    </label>
  );
  return (
    <AccountPage
      site={site}
      title={texts.title}
      path="/settings/delete"
      told={{ problem: problems.whole }}
    >
      <p>{texts.intro}</p>
      <ul>
        {texts.goes.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <p>
        {texts.downloadFirst((text) => (
          <a href="/settings/data">{text}</a>
        ))}
      </p>
      <form method="post" action="/settings/delete" class="stacked">
        <fieldset {...problemAttributes('comments', problems.comments)}>
          <legend>{texts.comments}</legend>
          {choice('tombstones')}
          {choice('anonymous')}
          <FieldProblem id="comments" problem={problems.comments} />
        </fieldset>
        <label for="handle">{texts.handle(person.handle)}</label>
        <input
          id="handle"
          name="handle"
          value={typed.handle}
          autocomplete="off"
          spellcheck={false}
          required
          {...problemAttributes('handle', problems.handle)}
        />
        <FieldProblem id="handle" problem={problems.handle} />
        <button type="submit" class="danger">
          {texts.button}
        </button>
      </form>
    </AccountPage>
  );
}

export function GoodbyePage({ site }: { site: Site }) {
  const { goodbye } = words.settings;
  return (
    <Layout site={site} head={{ title: goodbye.title, path: '/goodbye', isUnindexed: true }}>
      <div class="prose">
        <h1>{goodbye.title}</h1>
        <p>{goodbye.text}</p>
        <p>
          <a href="/papers">{goodbye.link}</a>
        </p>
      </div>
    </Layout>
  );
}
