// Where an administrator sets the instance up, after the code of the terminal made them one, and later.
import type { Child } from 'hono/jsx';
import { SAVED_SETTING_NAMES, SAVED_SETTINGS } from '../config/settings.ts';
import { words } from '../language/words.ts';
import { AdminNav } from './admin-pages.tsx';
import { fieldOf, SettingField, type SettingView } from './first-run-fields.tsx';
import type { Site } from './layout.tsx';
import { AccountPage } from './settings-layout.tsx';

export const FIRST_RUN = '/admin/first-run';
/** Where the answer about a test mail stands. */
const MAIL_PART = 'mail';

export type FirstRunView = {
  settings: SettingView[];
  /** The administrator's, whom a test mail goes to. */
  address: string;
  /** They became administrator a moment ago. */
  isWelcome: boolean;
  isSaved: boolean;
  /** How a test mail fared. */
  test?: { done?: string; problem?: string } | undefined;
};

export function FirstRunPage({ site, view }: { site: Site; view: FirstRunView }) {
  const { title, welcome, intro, nothingSaved, save, parts } = words.firstRun;
  const wrong = view.settings.filter(({ problem }) => problem !== undefined);
  const shown = Object.keys(parts) as (keyof typeof parts)[];
  return (
    <AccountPage site={site} title={title} path={FIRST_RUN} nav={<AdminNav current={FIRST_RUN} />}>
      {view.isSaved && <Next />}
      {wrong.length > 0 && (
        <div class="problem" role="alert">
          <p>{nothingSaved(wrong.length)}</p>
          <ul>
            {wrong.map(({ name }) => (
              <li>
                <a href={`#${fieldOf(name)}`}>{words.firstRun.fields[name]?.label ?? name}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {view.isWelcome ? (
        <p class="notice" role="status">
          {welcome(site.name)}
        </p>
      ) : (
        <p>{intro}</p>
      )}
      <form method="post" action={FIRST_RUN} class="settings-form">
        {shown.map((part) => (
          <Part part={part} view={view}>
            {part === 'instance' && <p class="note">{words.firstRun.publicAddress(site.url)}</p>}
            {part === 'mail' && <TestMail view={view} />}
          </Part>
        ))}
        <p class="last">
          <button type="submit" class="primary">
            {save}
          </button>
        </p>
      </form>
    </AccountPage>
  );
}

function Part({
  part,
  view,
  children,
}: {
  part: keyof typeof words.firstRun.parts;
  view: FirstRunView;
  children: Child;
}) {
  const { heading, about } = words.firstRun.parts[part];
  const names = SAVED_SETTING_NAMES.filter((name) => SAVED_SETTINGS[name].part === part);
  return (
    <section id={part} aria-labelledby={`${part}-heading`}>
      <div class="about-part">
        <h2 id={`${part}-heading`}>{heading}</h2>
        <p>{about}</p>
      </div>
      <div class="fields">
        {view.settings
          .filter(({ name }) => names.includes(name))
          .map((setting) => (
            <SettingField view={setting} />
          ))}
        {children}
      </div>
    </section>
  );
}

function TestMail({ view: { address, test } }: { view: FirstRunView }) {
  const { testMail, testMailNote } = words.firstRun;
  return (
    <div class="test-mail">
      <button type="submit" formaction={`${FIRST_RUN}/mail#${MAIL_PART}`}>
        {testMail(address)}
      </button>
      <p class="note">{testMailNote}</p>
      {test?.done && (
        <p class="notice" role="status">
          {test.done}
        </p>
      )}
      {test?.problem && (
        <p class="problem" role="alert">
          {test.problem}
        </p>
      )}
    </div>
  );
}

function Next() {
  const { saved, next } = words.firstRun;
  const link = (href: string) => (text: string) => <a href={href}>{text}</a>;
  return (
    <div class="notice" role="status">
      <p>
        <b>{saved}</b> {next.heading}
      </p>
      <ul>
        <li>{next.front(link('/'))}</li>
        <li>{next.about(link('/about'))}</li>
        <li>{next.invite(link('/invitations'))}</li>
        <li>{next.sources(link('/about/sources'))}</li>
        <li>{next.mail(link('/admin/mail'))}</li>
      </ul>
    </div>
  );
}
