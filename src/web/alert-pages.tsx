import type { Alert } from '../alerts/alert.ts';
import { MAX_ALERTS } from '../alerts/alert-store.ts';
import type { Match, Matches } from '../alerts/list-matches.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
import { shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { AlertForm, type AlertFormView } from './alert-form.tsx';
import type { Site } from './layout.tsx';
import { SettingsPage, type Told, When } from './settings-layout.tsx';

export const ALERTS_PATH = '/settings/alerts';

export function AlertListPage({
  site,
  alerts,
  matches,
  outletNames,
  told,
}: {
  site: Site;
  alerts: Alert[];
  matches: Map<string, Matches>;
  /** Of digests and channels, by id. */
  outletNames: Map<string, string>;
  told: Told;
}) {
  return (
    <SettingsPage site={site} title={words.alerts.title} path={ALERTS_PATH} told={told}>
      <p>{words.alerts.about(MAX_ALERTS)}</p>
      {alerts.length === 0 && <p class="empty">{words.alerts.none}</p>}
      {alerts.length > 0 && (
        <ul class="rows alerts">
          {alerts.map((alert) => (
            <AlertRow
              site={site}
              alert={alert}
              matches={matches.get(alert.id) ?? { count: 0, newest: [] }}
              outletNames={outletNames}
            />
          ))}
        </ul>
      )}
      <p>
        <a href={`${ALERTS_PATH}/new`}>{words.alerts.make}</a>
      </p>
    </SettingsPage>
  );
}

function AlertRow({
  site,
  alert,
  matches,
  outletNames,
}: {
  site: Site;
  alert: Alert;
  matches: Matches;
  outletNames: Map<string, string>;
}) {
  const { isPaused, row, nothingYet, soFar } = words.alerts;
  const isAuthor = alert.topic.kind === 'author';
  return (
    <li>
      <div>
        <b>
          <a href={`${ALERTS_PATH}/${alert.id}`}>{alert.name}</a>
        </b>{' '}
        {alert.pausedAt && <span class="status">{isPaused}</span>}
        <p class="note">
          {row(topicInWords(alert.topic), isAuthor, tellingInWords(alert, outletNames))}{' '}
          {matches.count === 0 ? nothingYet : soFar(matches.count)}
        </p>
        <MatchList site={site} matches={matches.newest} />
      </div>
    </li>
  );
}

function tellingInWords(
  { mailsAtOnce, subscriptionId, channelId }: Alert,
  outletNames: Map<string, string>,
): string {
  const { told, tellings } = words.alerts;
  return told([
    ...(mailsAtOnce ? [tellings.mail] : []),
    ...(subscriptionId ? [tellings.digest(outletNames.get(subscriptionId))] : []),
    ...(channelId ? [tellings.channel(outletNames.get(channelId))] : []),
  ]);
}

function MatchList({ site, matches }: { site: Site; matches: Match[] }) {
  if (matches.length === 0) return null;
  return (
    <ul class="alert-matches">
      {matches.map(({ paperId, title, day }) => (
        <li>
          <a href={pathOfPaper(paperId)}>{title}</a>{' '}
          <span class="note">{shortDate(day, site.today)}</span>
        </li>
      ))}
    </ul>
  );
}

export function NewAlertPage({
  site,
  view,
  told,
}: {
  site: Site;
  view: AlertFormView;
  told: Told;
}) {
  const { newTitle, form } = words.alerts;
  return (
    <SettingsPage site={site} title={newTitle} path={ALERTS_PATH} told={told}>
      <AlertForm site={site} view={view} action={`${ALERTS_PATH}/new`} label={form.make} />
    </SettingsPage>
  );
}

export function AlertPage({
  site,
  alert,
  view,
  matches,
  told,
}: {
  site: Site;
  alert: Alert;
  view: AlertFormView;
  matches: Matches;
  told: Told;
}) {
  const path = `${ALERTS_PATH}/${alert.id}`;
  const { pausedSince, lastLooked, looksSoon, found, foundNote, change, save } = words.alerts;
  return (
    <SettingsPage site={site} title={alert.name} path={ALERTS_PATH} told={told}>
      <p class="note">
        {alert.pausedAt
          ? pausedSince(<When at={alert.pausedAt} />)
          : alert.lookedAt
            ? lastLooked(<When at={alert.lookedAt} />)
            : looksSoon}
      </p>
      <div class="inline alert-acts">
        <form method="post" action={`${path}/pause`}>
          <input type="hidden" name="pause" value={alert.pausedAt ? '0' : '1'} />
          <button type="submit">{alert.pausedAt ? words.alerts.goOn : words.alerts.pause}</button>
        </form>
        <form method="post" action={`${path}/delete`}>
          <button type="submit" class="danger">
            {words.alerts.delete}
          </button>
        </form>
      </div>
      <h2>{found(matches.count)}</h2>
      <p class="note">{foundNote}</p>
      <MatchList site={site} matches={matches.newest} />
      <h2>{change}</h2>
      <AlertForm site={site} view={view} action={path} label={save} />
    </SettingsPage>
  );
}
