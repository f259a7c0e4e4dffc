// How digests fare, for administrators.
import type { Instant } from '../base/calendar.ts';
import type { IssueFigures, loadAlertFigures } from '../digests/issue-figures.ts';
import type { ListedDelivery, Standing } from '../digests/list-deliveries.ts';
import type { SendingPause } from '../digests/sending-pause.ts';
import { formatNumber } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { AdminNav } from './admin-pages.tsx';
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
  'recipients',
  'pending',
  'sent',
  'empty',
  'failed',
  'uncertain',
  'suppressed',
  'dropped',
  'unsubscribed',
  'bounces',
  'complaints',
] as const;
type Figures = Record<(typeof COLUMNS)[number], number | undefined>;

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
  const texts = words.mailAdmin;
  return (
    <AccountPage
      site={site}
      title={texts.title}
      path="/admin/mail"
      told={told}
      nav={<AdminNav current="/admin/mail" />}
    >
      <State report={report} />
      <h2>{texts.issues}</h2>
      {issues.length === 0 && alerts.recipients === 0 ? (
        <p class="empty">{texts.noIssues}</p>
      ) : (
        <FiguresTable issues={issues} alerts={alerts} />
      )}
      {issue !== undefined && (
        <p>
          {texts.only(issue, (text) => (
            <a href="/admin/mail">{text}</a>
          ))}
        </p>
      )}
      <h2 id="failed">{texts.failed(issue)}</h2>
      <p class="note">{texts.failedNote}</p>
      <Deliveries listed={failed} none={texts.noFailed} canRetry />
      {issue !== undefined && failed.items.length > 0 && (
        <form method="post" action="/admin/mail/retry">
          <input type="hidden" name="issue" value={issue} />
          <button type="submit">{texts.retryAll(issue)}</button>
        </form>
      )}
      <h2 id="refused">{texts.refused(issue)}</h2>
      <Deliveries listed={refused} none={texts.noRefused} />
      <h2 id="uncertain">{texts.uncertain(issue)}</h2>
      <p class="note">{texts.uncertainNote}</p>
      <Deliveries listed={uncertain} none={texts.noUncertain} />
    </AccountPage>
  );
}

function State({ report: { way, pause, standing } }: { report: MailReport }) {
  const texts = words.mailAdmin;
  const figures = {
    subscriptions: standing.activeSubscriptions,
    waiting: standing.waiting,
    later: standing.waitingForLater,
  };
  return (
    <>
      {way.kind === 'outbox' && <p class="notice">{texts.outbox(way.folder)}</p>}
      {pause && (
        <p class="problem" role="alert">
          {texts.pause(
            <When at={pause.beganAt as Instant} />,
            pause.problem,
            <When at={pause.until as Instant} />,
          )}
        </p>
      )}
      <p>
        {way.kind === 'smtp' && <>{texts.through(way.host)} </>}
        {texts.standing(figures, standing.nextDueAt && <When at={standing.nextDueAt as Instant} />)}{' '}
        <a href="/admin/mail/suppressions">{texts.suppressed}</a>
      </p>
    </>
  );
}

function FiguresTable({ issues, alerts }: Pick<MailReport, 'issues' | 'alerts'>) {
  const { figures, issue, columns, alerts: alertsLabel } = words.mailAdmin;
  return (
    <section class="wide-table" tabindex={0} aria-label={figures}>
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col">{issue}</th>
            {COLUMNS.map((key) => (
              <th scope="col" class="number">
                {columns[key]}
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
              name={alertsLabel}
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
      {COLUMNS.map((key) => {
        const figure = figures[key];
        return (
          <td class={figure ? 'number' : 'number none'} data-label={words.mailAdmin.columns[key]}>
            {figure === undefined ? '–' : formatNumber(figure)}
          </td>
        );
      })}
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
  const texts = words.mailAdmin;
  return (
    <>
      <ul class="rows">
        {listed.items.map((one) => (
          <li>
            <span>
              {one.email} <span class="note">{one.issue}</span>{' '}
              <span class="status">{texts.states[one.state]}</span>
              <br />
              <span class="note">
                {one.problem ?? texts.made(one.createdAt.slice(0, 16).replace('T', ' '))}
                {one.state === 'waiting' && (
                  <> {texts.nextTry(<When at={one.runAt as Instant} />)}</>
                )}
              </span>
            </span>
            {canRetry && (
              <form method="post" action="/admin/mail/retry" class="inline">
                <input type="hidden" name="id" value={one.id} />
                <button type="submit" aria-label={texts.retryLabel(one.email)}>
                  {texts.retry}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {listed.hasMore && <p class="note">{texts.thereAreMore(listed.items.length)}</p>}
    </>
  );
}
