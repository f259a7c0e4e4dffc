// How digests fare, for administrators.
import type { Instant } from '../base/calendar.ts';
import type { IssueFigures, loadAlertFigures } from '../digests/issue-figures.ts';
import type { ListedDelivery, Standing } from '../digests/list-deliveries.ts';
import type { SendingPause } from '../digests/sending-pause.ts';
import { AdminNav } from './admin-pages.tsx';
import { counted } from './dates.ts';
import type { Site } from './layout.tsx';
import { AccountPage, type Told, When } from './settings-layout.tsx';

type Listed = { items: ListedDelivery[]; hasMore: boolean };

export type MailReport = {
  /** Where mail goes: a host, or a folder. */
  way: { kind: 'smtp'; host: string } | { kind: 'outbox'; folder: string };
  pause: SendingPause | undefined;
  standing: Standing;
  issues: IssueFigures[];
  alerts: Awaited<ReturnType<typeof loadAlertFigures>>;
  /** Of which issue the lists are; undefined: of all. */
  issue: string | undefined;
  failed: Listed;
  refused: Listed;
  uncertain: Listed;
};

const COLUMNS = [
  ['recipients', 'Recipients'],
  ['pending', 'Waiting'],
  ['sent', 'Sent'],
  ['empty', 'Empty'],
  ['failed', 'Failed'],
  ['uncertain', 'Uncertain'],
  ['suppressed', 'Suppressed'],
  ['dropped', 'Dropped'],
  ['unsubscribed', 'Left'],
  ['bounces', 'Bounces'],
  ['complaints', 'Complaints'],
] as const;
type Figures = Record<(typeof COLUMNS)[number][0], number | undefined>;

export function MailAdminPage({
  site,
  report,
  told,
}: {
  site: Site;
  report: MailReport;
  told: Told;
}) {
  const { issues, alerts, issue, failed, refused, uncertain } = report;
  const of = issue === undefined ? '' : ` of ${issue}`;
  return (
    <AccountPage
      site={site}
      title="Mail"
      path="/admin/mail"
      told={told}
      nav={<AdminNav current="/admin/mail" />}
    >
      <State report={report} />
      <h2>Issues</h2>
      {issues.length === 0 && alerts.recipients === 0 ? (
        <p class="empty">No issue has been due yet.</p>
      ) : (
        <FiguresTable issues={issues} alerts={alerts} />
      )}
      {issue !== undefined && (
        <p>
          The lists below are of <b>{issue}</b> only. <a href="/admin/mail">Show all</a>
        </p>
      )}
      <h2 id="failed">Failed{of}</h2>
      <p class="note">
        Refused for good, or too often. What is tried again has all its attempts before it.
      </p>
      <Deliveries listed={failed} none="Nothing failed." canRetry />
      {issue !== undefined && failed.items.length > 0 && (
        <form method="post" action="/admin/mail/retry">
          <input type="hidden" name="issue" value={issue} />
          <button type="submit">Try all of {issue} again</button>
        </form>
      )}
      <h2 id="refused">To be tried again{of}</h2>
      <Deliveries listed={refused} none="No server has put anything off." />
      <h2 id="uncertain">Uncertain{of}</h2>
      <p class="note">
        On its way when a process was killed or the line broke, and sent again with the same
        Message-ID: these may have arrived twice.
      </p>
      <Deliveries listed={uncertain} none="Nothing is uncertain." />
    </AccountPage>
  );
}

function State({ report: { way, pause, standing } }: { report: MailReport }) {
  return (
    <>
      {way.kind === 'outbox' && (
        <p class="notice">
          No mail server is set: mail is written to files in <code>{way.folder}</code>, which keeps
          the last thousand. Set <code>BROADSHEET_SMTP_URL</code> to send it.
        </p>
      )}
      {pause && (
        <p class="problem" role="alert">
          Nothing is sent since <When at={pause.beganAt as Instant} />: {pause.problem} Next try at{' '}
          <When at={pause.until as Instant} />.
        </p>
      )}
      <p>
        {way.kind === 'smtp' && (
          <>
            Mail goes through <code>{way.host}</code>.{' '}
          </>
        )}
        {counted(standing.activeSubscriptions, 'active subscription')};{' '}
        {standing.nextDueAt ? (
          <>
            the next issue is due at <When at={standing.nextDueAt as Instant} /> UTC
          </>
        ) : (
          'no issue is due'
        )}
        . {counted(standing.waiting, 'mail')} waiting
        {standing.waitingForLater > 0 &&
          `, ${standing.waitingForLater.toLocaleString('en')} of them for their turn or another attempt`}
        . <a href="/admin/mail/suppressions">Suppressed addresses</a>
      </p>
    </>
  );
}

function FiguresTable({ issues, alerts }: Pick<MailReport, 'issues' | 'alerts'>) {
  return (
    <section class="wide-table" tabindex={0} aria-label="Figures of issues">
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col">Issue</th>
            {COLUMNS.map(([, label]) => (
              <th scope="col" class="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {issues.map((one) => (
            <FiguresRow
              name={
                <a href={`/admin/mail?${new URLSearchParams({ issue: one.issue })}`}>{one.issue}</a>
              }
              figures={{ ...one, pending: one.waiting + one.sending }}
            />
          ))}
          {alerts.recipients > 0 && (
            <FiguresRow
              name="Alerts of seven days"
              figures={{
                ...alerts,
                pending: alerts.waiting + alerts.sending,
                unsubscribed: undefined,
                bounces: undefined,
                complaints: undefined,
              }}
            />
          )}
        </tbody>
      </table>
    </section>
  );
}

function FiguresRow({ name, figures }: { name: unknown; figures: Figures }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {COLUMNS.map(([key, label]) => (
        <td class={figures[key] ? 'number' : 'number none'} data-label={label}>
          {figures[key]?.toLocaleString('en') ?? '–'}
        </td>
      ))}
    </tr>
  );
}

function Deliveries({
  listed,
  none,
  canRetry = false,
}: {
  listed: Listed;
  none: string;
  canRetry?: boolean;
}) {
  if (listed.items.length === 0) return <p class="empty">{none}</p>;
  return (
    <>
      <ul class="rows">
        {listed.items.map((one) => (
          <li>
            <span>
              {one.email} <span class="note">{one.issue}</span>{' '}
              <span class="status">{one.state}</span>
              <br />
              <span class="note">
                {one.problem ?? `made ${one.createdAt.slice(0, 16).replace('T', ' ')}`}
                {one.state === 'waiting' && (
                  <>
                    {' '}
                    Next try: <When at={one.runAt as Instant} />
                  </>
                )}
              </span>
            </span>
            {canRetry && (
              <form method="post" action="/admin/mail/retry" class="inline">
                <input type="hidden" name="id" value={one.id} />
                <button type="submit" aria-label={`Try again to send to ${one.email}`}>
                  Try again
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {listed.hasMore && (
        <p class="note">The newest {listed.items.length} are shown; there are more.</p>
      )}
    </>
  );
}
