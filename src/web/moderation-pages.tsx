import { renderTexText } from '../base/tex/tex.ts';
import { HIDDEN_REASONS } from '../comments/comment.ts';
import { ACTS, type Act, MAX_REASON_LENGTH } from '../moderation/moderate.ts';
import type { LogEntry } from '../moderation/moderation-log.ts';
import { MAX_NOTE_LENGTH, REASONS, type ReportedTarget } from '../moderation/reports.ts';
import type { Target, TargetView } from '../moderation/target.ts';
import type { PublicPerson } from '../people/person.ts';
import { shortDate } from './dates.ts';
import { Layout, type Site } from './layout.tsx';
import { FormPage, Problem } from './sign-in-pages.tsx';

export function ReportPage({
  site,
  view,
  canModerate = false,
  typed = {},
  problem,
}: {
  site: Site;
  view: TargetView;
  canModerate?: boolean;
  typed?: { reason?: string | undefined; note?: string | undefined };
  problem?: string | undefined;
}) {
  return (
    <FormPage site={site} head={{ title: 'Report', path: '/report' }}>
      <h1>Report to the moderators</h1>
      <Problem message={problem} />
      <Subject view={view} />
      <form method="post" action="/report" class="stacked">
        <TargetFields target={view.target} />
        <label for="reason">Reason</label>
        <select id="reason" name="reason" required>
          <option value="">Choose one</option>
          {REASONS.map((reason) => (
            <option selected={reason === typed.reason}>{reason}</option>
          ))}
        </select>
        <label for="note">What should they know? (optional)</label>
        <textarea id="note" name="note" maxlength={MAX_NOTE_LENGTH}>
          {typed.note ?? ''}
        </textarea>
        <button type="submit" class="primary">
          Send the report
        </button>
      </form>
      <p class="note">Only moderators see it, and who sent it.</p>
      {canModerate && (
        <p>
          You are a moderator:{' '}
          <a
            href={`/moderation/act?kind=${view.target.kind}&id=${encodeURIComponent(view.target.id)}`}
          >
            act at once
          </a>
          .
        </p>
      )}
    </FormPage>
  );
}

export function ReportedPage({ site, view }: { site: Site; view: TargetView }) {
  return (
    <FormPage site={site} head={{ title: 'Reported', path: '/report' }}>
      <h1>Thank you</h1>
      <p>
        The moderators will look at it. What they do is in the{' '}
        <a href="/moderation/log">moderation log</a>.
      </p>
      <p>{view.path && <a href={view.path}>Back</a>}</p>
    </FormPage>
  );
}

export type QueueItem = { view: TargetView; reports: ReportedTarget['reports'] };
export type BarredPerson = PublicPerson & { by: string; until: string };

export function QueuePage({
  site,
  items,
  people,
  barred,
}: {
  site: Site;
  /** Reported things, then comments that wait for approval. */
  items: { reported: QueueItem[]; pending: TargetView[] };
  people: Map<string, PublicPerson>;
  barred: BarredPerson[];
}) {
  const { reported, pending } = items;
  return (
    <Layout
      site={site}
      head={{ title: 'Moderation', path: '/moderation', isUnindexed: true, current: 'account' }}
    >
      <h1>Moderation</h1>
      <p class="note">
        <a href="/moderation/log">The public log</a> shows every act with its reason.
      </p>
      <section aria-labelledby="reported">
        <h2 id="reported">Reported {reported.length > 0 && <small>{reported.length}</small>}</h2>
        {reported.length === 0 && <p>Nothing waits. Well kept.</p>}
        {reported.map(({ view, reports }) => (
          <article class="queue">
            <Subject view={view} />
            <ul class="plain">
              {reports.map((report) => (
                <li>
                  <b>{report.reason}</b>
                  {report.note && `: ${report.note}`}{' '}
                  <small>
                    {(report.by && people.get(report.by)?.name) ?? 'someone who left'},{' '}
                    {shortDate(report.at, site.today)}
                  </small>
                </li>
              ))}
            </ul>
            <ActForms view={view} canDismiss />
          </article>
        ))}
      </section>
      {pending.length > 0 && (
        <section aria-labelledby="pending">
          <h2 id="pending">
            Waiting for approval <small>{pending.length}</small>
          </h2>
          {pending.map((view) => (
            <article class="queue">
              <Subject view={view} />
              <ActForms view={view} />
            </article>
          ))}
        </section>
      )}
      {barred.length > 0 && (
        <section aria-labelledby="barred">
          <h2 id="barred">Suspended and banned</h2>
          <ul class="plain">
            {barred.map((person) => (
              <li>
                <a href={`/people/${person.handle}`}>{person.name}</a>,{' '}
                {person.by === 'ban' ? 'banned' : 'suspended'}
                {!person.until.startsWith('9999') && ` until ${person.until.slice(0, 10)}`}{' '}
                <a href={`/moderation/act?kind=person&id=${person.id}`}>Change</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

/** One thing, and what may be done to it. */
export function ActPage({
  site,
  view,
  typed,
  problem,
}: {
  site: Site;
  view: TargetView;
  typed?: Typed;
  problem?: string | undefined;
}) {
  return (
    <FormPage site={site} head={{ title: 'Moderate', path: '/moderation/act' }}>
      <h1>Moderate</h1>
      <Problem message={problem} />
      <Subject view={view} />
      <ActForms view={view} {...(typed ? { typed } : {})} canDismiss />
      <p>
        <a href="/moderation">To the queue</a>
      </p>
    </FormPage>
  );
}

export type Typed = { act?: string; reason?: string; until?: string };

function ActForms({
  view,
  typed = {},
  canDismiss = false,
}: {
  view: TargetView;
  typed?: Typed;
  canDismiss?: boolean;
}) {
  const acts = actsFor(view);
  const isPerson = view.target.kind === 'person';
  const field = `${view.target.kind}-${view.target.id.replace(/\W/g, '-')}`;
  return (
    <>
      {acts.length > 0 && (
        <form method="post" action="/moderation/act" class="stacked">
          <TargetFields target={view.target} />
          <label for={`act-${field}`}>Do</label>
          <select id={`act-${field}`} name="act" required>
            {acts.map((act) => (
              <option value={act} selected={act === typed.act}>
                {act}
              </option>
            ))}
          </select>
          <label for={`reason-${field}`}>Reason, for everyone to read</label>
          <input
            id={`reason-${field}`}
            name="reason"
            required
            maxlength={MAX_REASON_LENGTH}
            value={typed.reason}
          />
          {acts.includes('hide') && (
            <>
              <label for={`as-${field}`}>What stands in its place when it is hidden</label>
              <select id={`as-${field}`} name="as">
                {HIDDEN_REASONS.map((reason) => (
                  <option>{reason}</option>
                ))}
              </select>
            </>
          )}
          {isPerson && (
            <>
              <label for={`until-${field}`}>
                Until (a suspension needs it; a ban without it lasts)
              </label>
              <input id={`until-${field}`} name="until" type="date" value={typed.until} />
            </>
          )}
          <button type="submit" class="primary">
            Do it
          </button>
        </form>
      )}
      <p class="row">
        {canDismiss && (
          <form method="post" action="/moderation/dismiss">
            <TargetFields target={view.target} />
            <button type="submit">Dismiss the reports</button>
          </form>
        )}
        {view.personId && !isPerson && (
          <a href={`/moderation/act?kind=person&id=${view.personId}`}>Whoever wrote it …</a>
        )}
      </p>
    </>
  );
}

function actsFor({ target, state }: TargetView): Act[] {
  switch (target.kind) {
    case 'comment':
      if (state === 'pending') return ['approve', 'hide'];
      return state === 'hidden' ? ['show'] : ['hide'];
    case 'paper':
      return state === 'locked' ? ['unlock'] : ['lock'];
    case 'entry':
      return state === 'unlisted' ? ['list'] : ['unlist'];
    case 'person':
      return state === 'barred' ? ['free', 'suspend', 'ban', 'warn'] : ['warn', 'suspend', 'ban'];
  }
}

function TargetFields({ target }: { target: Target }) {
  return (
    <>
      <input type="hidden" name="kind" value={target.kind} />
      <input type="hidden" name="id" value={target.id} />
    </>
  );
}

function Subject({ view }: { view: TargetView }) {
  const title = renderTexText(view.title);
  return (
    <>
      <p class="subject">{view.path ? <a href={view.path}>{title}</a> : title}</p>
      {view.excerpt && <blockquote>{view.excerpt}</blockquote>}
    </>
  );
}

export function LogPage({
  site,
  entries,
  older,
  canUndo,
}: {
  site: Site;
  entries: LogEntry[];
  /** Where the entries before these are. */
  older: string | undefined;
  canUndo: boolean;
}) {
  return (
    <Layout
      site={site}
      head={{ title: 'Moderation log', path: '/moderation/log', current: 'about' }}
    >
      <h1>Moderation log</h1>
      <p class="note">Every act of a moderator, with its reason. Nothing is taken out of it.</p>
      {entries.length === 0 && <p>Nobody had to do anything so far.</p>}
      <ol class="log plain">
        {entries.map((entry) => (
          <li id={`entry-${entry.id}`}>
            <p class="subject">
              {entry.view.path ? (
                <a href={entry.view.path}>{renderTexText(entry.view.title)}</a>
              ) : (
                renderTexText(entry.view.title)
              )}
              : {ACTS[entry.act].says}
              {entry.until && ` until ${entry.until.slice(0, 10)}`}
            </p>
            <p class="meta">
              <span>{entry.reason}</span>
              <span>{entry.actor?.name ?? 'someone who left'}</span>
              <time datetime={entry.at}>{shortDate(entry.at, site.today)}</time>
              {entry.undoes !== undefined && (
                <a href={`#entry-${entry.undoes}`}>takes back no. {entry.undoes}</a>
              )}
              {entry.undoneAt && <span>taken back</span>}
            </p>
            {canUndo && !entry.undoneAt && ACTS[entry.act].undo && (
              <details>
                <summary>Take it back</summary>
                <form method="post" action="/moderation/undo" class="stacked">
                  <input type="hidden" name="entry" value={String(entry.id)} />
                  <label for={`undo-${entry.id}`}>Reason, for everyone to read</label>
                  <input
                    id={`undo-${entry.id}`}
                    name="reason"
                    required
                    maxlength={MAX_REASON_LENGTH}
                  />
                  <button type="submit">Take it back</button>
                </form>
              </details>
            )}
          </li>
        ))}
      </ol>
      {older && (
        <p class="pages">
          <a href={older} rel="next">
            Older
          </a>
        </p>
      )}
    </Layout>
  );
}
