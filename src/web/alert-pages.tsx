import type { Alert } from '../alerts/alert.ts';
import { MAX_ALERTS } from '../alerts/alert-store.ts';
import type { Match, Matches } from '../alerts/list-matches.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { AlertForm, type AlertFormView } from './alert-form.tsx';
import { counted, shortDate } from './dates.ts';
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
    <SettingsPage site={site} title="Your alerts" path={ALERTS_PATH} told={told}>
      <p>
        An alert looks for a search or an author among the papers of each day, every ten minutes,
        and tells you of each paper once. You may have up to {MAX_ALERTS}.
      </p>
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
        <a href={`${ALERTS_PATH}/new`}>Make an alert</a>
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
  return (
    <li>
      <div>
        <b>
          <a href={`${ALERTS_PATH}/${alert.id}`}>{alert.name}</a>
        </b>{' '}
        {alert.pausedAt && <span class="status">paused</span>}
        <p class="note">
          {alert.topic.kind === 'author' && 'Papers by '}
          {topicInWords(alert.topic)}; {tellingInWords(alert, outletNames)}.{' '}
          {matches.count === 0 ? 'Nothing yet.' : `${counted(matches.count, 'paper')} so far:`}
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
  const ways = [
    ...(mailsAtOnce ? ['by mail at once'] : []),
    ...(subscriptionId ? [`in the digest “${outletNames.get(subscriptionId) ?? 'ended'}”`] : []),
    ...(channelId ? [`in the channel “${outletNames.get(channelId) ?? 'gone'}”`] : []),
  ];
  return ways.length > 0 ? `told ${ways.join(' and ')}` : 'told here only';
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
  return (
    <SettingsPage site={site} title="A new alert" path={ALERTS_PATH} told={told}>
      <AlertForm site={site} view={view} action={`${ALERTS_PATH}/new`} label="Make the alert" />
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
  return (
    <SettingsPage site={site} title={alert.name} path={ALERTS_PATH} told={told}>
      <p class="note">
        {alert.pausedAt ? (
          <>
            Paused <When at={alert.pausedAt} />.
          </>
        ) : alert.lookedAt ? (
          <>
            It last looked <When at={alert.lookedAt} />.
          </>
        ) : (
          'It looks within ten minutes.'
        )}
      </p>
      <div class="inline alert-acts">
        <form method="post" action={`${path}/pause`}>
          <input type="hidden" name="pause" value={alert.pausedAt ? '0' : '1'} />
          <button type="submit">{alert.pausedAt ? 'Go on' : 'Pause'}</button>
        </form>
        <form method="post" action={`${path}/delete`}>
          <button type="submit" class="danger">
            Delete
          </button>
        </form>
      </div>
      <h2>
        {matches.count === 0 ? 'Nothing found yet' : `${counted(matches.count, 'paper')} found`}
      </h2>
      <p class="note">
        Papers that were here before you made the alert are not told of; pausing leaves out what
        comes meanwhile.
      </p>
      <MatchList site={site} matches={matches.newest} />
      <h2>Change it</h2>
      <AlertForm site={site} view={view} action={path} label="Save" />
    </SettingsPage>
  );
}
