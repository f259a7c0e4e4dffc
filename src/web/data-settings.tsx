import type { Sanction } from '../moderation/list-sanctions.ts';
import type { Person } from '../people/person.ts';
import { roleMay } from '../people/roles.ts';
import { shortDate } from './dates.ts';
import { Layout, type Site } from './layout.tsx';
import { AccountPage, SETTINGS_PAGES, SettingsPage, type Told } from './settings-layout.tsx';

export function SettingsOverview({
  site,
  person,
  sanctions,
}: {
  site: Site;
  person: Person;
  sanctions: Sanction[];
}) {
  return (
    <SettingsPage site={site} title="Your account" path="/settings">
      <p>
        You are <b>{person.name}</b>, <a href={`/people/${person.handle}`}>@{person.handle}</a>,
        with the role <a href="/about/roles">{person.role}</a>.
      </p>
      {person.barred && (
        <p class="problem">
          Your account is {person.barred.by === 'ban' ? 'banned' : 'suspended'}
          {person.barred.until.startsWith('9999')
            ? ''
            : ` until ${person.barred.until.slice(0, 10)}`}
          : you may read, and download or delete what is yours.
        </p>
      )}
      {sanctions.length > 0 && (
        <section aria-labelledby="told">
          <h2 id="told">What moderators told you</h2>
          <ul>
            {sanctions.map(({ kind, reason, at }) => (
              <li>
                {TOLD[kind]} on {shortDate(at, site.today)}: {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <ul>
        {SETTINGS_PAGES.map((page) => (
          <li>
            <a href={page.path}>{page.label}</a>: {page.about}
          </li>
        ))}
        {roleMay(person.role, 'invite') && (
          <li>
            <a href="/invitations">Invitations</a>: for those who would like to join
          </li>
        )}
        {roleMay(person.role, 'moderate') && (
          <li>
            <a href="/moderation">Moderation</a>: what was reported, and what waits for approval
          </li>
        )}
        {person.role === 'administrator' && (
          <li>
            <a href="/admin/people">People and roles</a> and the{' '}
            <a href="/admin/audit">audit log</a>: you administer this instance
          </li>
        )}
      </ul>
      <form method="post" action="/sign-out">
        <button type="submit">Sign out</button>
      </form>
    </SettingsPage>
  );
}

const TOLD = { warn: 'A warning', suspend: 'A suspension', ban: 'A ban' };

export function DataSettings({ site }: { site: Site }) {
  return (
    <SettingsPage site={site} title="Your data" path="/settings/data">
      <h2>Take it with you</h2>
      <p>
        Your profile, comments with their former texts, votes, reactions, submissions, reports,
        invitations, tokens (not what they are), sessions, and what moderators told you.
      </p>
      <ul class="actions">
        <li>
          <a href="/settings/data.json" download>
            Everything as JSON
          </a>
        </li>
        <li>
          <a href="/settings/data.md" download>
            Everything as Markdown
          </a>
        </li>
      </ul>
      <h2>Leave</h2>
      <p>
        <a href="/settings/delete">Delete your account</a>: what then goes and what stays is on the
        next page, and nothing happens before you confirm it there.
      </p>
    </SettingsPage>
  );
}

export function DeleteAccountPage({
  site,
  person,
  typed,
  told,
}: {
  site: Site;
  person: Person;
  typed: { handle: string; comments: string };
  told: Told;
}) {
  return (
    <AccountPage site={site} title="Delete your account" path="/settings/delete" told={told}>
      <p>This cannot be undone. It happens at once:</p>
      <ul>
        <li>
          Your profile, address, sessions, passkeys, connected services and tokens are deleted.
        </li>
        <li>Your votes and reactions are taken back, and counts go down by them.</li>
        <li>
          Papers that you submitted stay on their days, without your name; submissions that wait are
          dropped.
        </li>
        <li>Reports that you made stay, without your name. Open invitations end.</li>
        <li>
          The log of what changed rights keeps that an account went, by a number that then means
          nothing. Backups of the server keep you until they are replaced. Of an account that is
          suspended or banned a hash of the address stays for as long, so that it stays so.
        </li>
      </ul>
      <p>
        <a href="/settings/data">Download what is yours</a> first, if you want to keep it.
      </p>
      <form method="post" action="/settings/delete" class="stacked">
        <fieldset>
          <legend>Your comments</legend>
          <label class="choice">
            <input
              type="radio"
              name="comments"
              value="tombstones"
              required
              checked={typed.comments === 'tombstones'}
            />{' '}
            Delete their texts; “deleted” stands in their place, so that replies keep theirs
          </label>
          <label class="choice">
            <input
              type="radio"
              name="comments"
              value="anonymous"
              checked={typed.comments === 'anonymous'}
            />{' '}
            Keep their texts, without a name
          </label>
        </fieldset>
        <label for="handle">Write your handle, {person.handle}, to confirm</label>
        <input
          id="handle"
          name="handle"
          value={typed.handle}
          autocomplete="off"
          spellcheck={false}
          required
        />
        <button type="submit" class="danger">
          Delete my account for good
        </button>
      </form>
    </AccountPage>
  );
}

export function GoodbyePage({ site }: { site: Site }) {
  return (
    <Layout site={site} head={{ title: 'Goodbye', path: '/goodbye', isUnindexed: true }}>
      <div class="prose">
        <h1>Goodbye</h1>
        <p>
          Your account is deleted, and this browser is signed out. Thank you for having been here.
        </p>
        <p>
          <a href="/papers">To the newest papers</a>
        </p>
      </div>
    </Layout>
  );
}
