import { words } from '../language/words.ts';
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
  const texts = words.settings.sessions;
  return (
    <SettingsPage site={site} title={texts.title} path="/settings/sessions" told={told}>
      <p>
        {texts.intro((text) => (
          <a href="/settings/sign-in">{text}</a>
        ))}
      </p>
      <ul class="rows">
        {sessions.map((session) => {
          const name = browserInWords(session.browser);
          return (
            <li>
              <span>
                <b>{name}</b>
                {session.id === currentId && <span class="status complete">{texts.thisOne}</span>}
                <br />
                <span class="note">
                  {texts.facts(
                    session.address,
                    <When at={session.startedAt} />,
                    <When at={session.usedAt} />,
                  )}
                </span>
              </span>
              <form method="post" action="/settings/sessions/end">
                <input type="hidden" name="id" value={session.id} />
                <button type="submit" class="danger" aria-label={texts.endNamed(name)}>
                  {texts.end}
                </button>
              </form>
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action="/settings/sessions/end-others">
          <button type="submit">{texts.endOthers}</button>
        </form>
      )}
    </SettingsPage>
  );
}
