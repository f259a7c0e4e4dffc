import type { SessionSummary } from '../people/sessions.ts';
import { browserInWords } from './browser-in-words.ts';
import type { Site } from './layout.tsx';
import { SettingsPage, type Told, When } from './settings-layout.tsx';

export function SessionSettings({
  site,
  sessions,
  currentId,
  told,
}: {
  site: Site;
  sessions: SessionSummary[];
  currentId: string | undefined;
  told: Told;
}) {
  return (
    <SettingsPage site={site} title="Your sessions" path="/settings/sessions" told={told}>
      <p>
        Every browser that is signed in as you. End those that you do not know; then look at{' '}
        <a href="/settings/sign-in">how you sign in</a>. Times are UTC.
      </p>
      <ul class="rows">
        {sessions.map((session) => {
          const name = browserInWords(session.browser);
          return (
            <li>
              <span>
                <b>{name}</b>
                {session.id === currentId && <span class="status complete">this one</span>}
                <br />
                <span class="note">
                  {session.address && `from ${session.address}, `}began{' '}
                  <When at={session.startedAt} />, used about <When at={session.usedAt} />
                </span>
              </span>
              <form method="post" action="/settings/sessions/end">
                <input type="hidden" name="id" value={session.id} />
                <button type="submit" class="danger" aria-label={`End the session of ${name}`}>
                  End
                </button>
              </form>
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action="/settings/sessions/end-others">
          <button type="submit">End all but this one</button>
        </form>
      )}
    </SettingsPage>
  );
}
