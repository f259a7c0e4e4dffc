import { renderTexText } from '../base/tex/tex.ts';
import { HIDDEN_REASONS } from '../comments/comment.ts';
import { formatNumber, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { ACTS, type Act, MAX_REASON_LENGTH } from '../moderation/moderate.ts';
import type { LogEntry } from '../moderation/moderation-log.ts';
import { MAX_NOTE_LENGTH, REASONS, type ReportedTarget } from '../moderation/reports.ts';
import type { Target, TargetView } from '../moderation/target.ts';
import type { PublicPerson } from '../people/person.ts';
import { endOfBar } from './end-of-bar.ts';
import { Layout, type Site } from './layout.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';
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
  const { report, reasons } = words.moderation;
  return (
    <FormPage site={site} head={{ title: report.title, path: '/report' }}>
      <h1>{report.heading}</h1>
      <Subject view={view} />
      <form method="post" action="/report" class="stacked">
        <TargetFields target={view.target} />
        <label for="reason">{report.reason}</label>
        <select id="reason" name="reason" required {...problemAttributes('reason', problem)}>
          <option value="">{report.choose}</option>
          {REASONS.map((reason) => (
            <option value={reason} selected={reason === typed.reason}>
              {reasons[reason]}
            </option>
          ))}
        </select>
        <FieldProblem id="reason" problem={problem} />
        <label for="note">{report.note}</label>
        <textarea id="note" name="note" maxlength={MAX_NOTE_LENGTH}>
          {typed.note ?? ''}
        </textarea>
        <button type="submit" class="primary">
          {report.send}
        </button>
      </form>
      <p class="note">{report.whoSees}</p>
      {canModerate && (
        <p>
          {report.moderator((text) => (
            <a
              href={`/moderation/act?kind=${view.target.kind}&id=${encodeURIComponent(view.target.id)}`}
            >
              {text}
            </a>
          ))}
        </p>
      )}
    </FormPage>
  );
}

export function ReportedPage({ site, view }: { site: Site; view: TargetView }) {
  const { report } = words.moderation;
  return (
    <FormPage site={site} head={{ title: report.sentTitle, path: '/report' }}>
      <h1>{report.sentHeading}</h1>
      <p>
        {report.sent((text) => (
          <a href="/moderation/log">{text}</a>
        ))}
      </p>
      <p>{view.path && <a href={view.path}>{report.back}</a>}</p>
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
  const { queue, reasons } = words.moderation;
  return (
    <Layout
      site={site}
      head={{ title: queue.title, path: '/moderation', isUnindexed: true, current: 'account' }}
    >
      <div class="moderation">
        <h1>{queue.title}</h1>
        <p class="note">
          {queue.log((text) => (
            <a href="/moderation/log">{text}</a>
          ))}
        </p>
        <section aria-labelledby="reported">
          <h2 id="reported">
            {queue.reported} {reported.length > 0 && <small>{formatNumber(reported.length)}</small>}
          </h2>
          {reported.length === 0 && <p>{queue.nothing}</p>}
          {reported.map(({ view, reports }) => (
            <article class="queue">
              <Subject view={view} />
              <ul class="plain">
                {reports.map((report) => (
                  <li>
                    <b>{reasons[report.reason] ?? report.reason}</b>
                    {report.note && `: ${report.note}`}{' '}
                    <small>
                      {queue.by(
                        (report.by && people.get(report.by)?.name) || words.people.left,
                        shortDate(report.at, site.today),
                      )}
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
              {queue.pending} <small>{formatNumber(pending.length)}</small>
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
            <h2 id="barred">{queue.barred}</h2>
            <ul class="plain">
              {barred.map((person) => (
                <li>
                  <a href={`/people/${person.handle}`}>{person.name}</a>,{' '}
                  {words.people.barred(person.by, endOfBar(person.until))}{' '}
                  <a href={`/moderation/act?kind=person&id=${person.id}`}>{queue.change}</a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Layout>
  );
}

/** One thing, and what may be done to it. */
export function ActPage({
  site,
  view,
  typed = {},
  problems = {},
}: {
  site: Site;
  view: TargetView;
  typed?: Typed;
  problems?: ActProblems;
}) {
  const { act } = words.moderation;
  return (
    <FormPage site={site} head={{ title: act.title, path: '/moderation/act' }}>
      <h1>{act.title}</h1>
      <Problem message={problems.whole} />
      <Subject view={view} />
      <ActForms view={view} typed={typed} problems={problems} canDismiss />
      <p>
        <a href="/moderation">{act.toQueue}</a>
      </p>
    </FormPage>
  );
}

export type Typed = { act?: string; reason?: string; as?: string; until?: string };
/** `whole`: of no field. */
export type ActProblems = { act?: string; reason?: string; until?: string; whole?: string };

function ActForms({
  view,
  typed = {},
  problems = {},
  canDismiss = false,
}: {
  view: TargetView;
  typed?: Typed;
  problems?: ActProblems;
  canDismiss?: boolean;
}) {
  const { act: texts, acts: names, reasons } = words.moderation;
  const acts = actsFor(view);
  const isPerson = view.target.kind === 'person';
  const field = `${view.target.kind}-${view.target.id.replace(/\W/g, '-')}`;
  return (
    <>
      {acts.length > 0 && (
        <form method="post" action="/moderation/act" class="stacked">
          <TargetFields target={view.target} />
          <label for={`act-${field}`}>{texts.act}</label>
          <select
            id={`act-${field}`}
            name="act"
            required
            {...problemAttributes(`act-${field}`, problems.act)}
          >
            {acts.map((act) => (
              <option value={act} selected={act === typed.act}>
                {names[act].name}
              </option>
            ))}
          </select>
          <FieldProblem id={`act-${field}`} problem={problems.act} />
          <label for={`reason-${field}`}>{texts.reason}</label>
          <input
            id={`reason-${field}`}
            name="reason"
            required
            maxlength={MAX_REASON_LENGTH}
            value={typed.reason}
            {...problemAttributes(`reason-${field}`, problems.reason)}
          />
          <FieldProblem id={`reason-${field}`} problem={problems.reason} />
          {acts.includes('hide') && (
            <>
              <label for={`as-${field}`}>{texts.hiddenAs}</label>
              <select id={`as-${field}`} name="as">
                {HIDDEN_REASONS.map((reason) => (
                  <option value={reason} selected={reason === typed.as}>
                    {reasons[reason]}
                  </option>
                ))}
              </select>
            </>
          )}
          {isPerson && (
            <>
              <label for={`until-${field}`}>{texts.until}</label>
              <input
                id={`until-${field}`}
                name="until"
                type="date"
                value={typed.until}
                {...problemAttributes(`until-${field}`, problems.until)}
              />
              <FieldProblem id={`until-${field}`} problem={problems.until} />
            </>
          )}
          <button type="submit" class="primary">
            {texts.button}
          </button>
        </form>
      )}
      <p class="row">
        {canDismiss && (
          <form method="post" action="/moderation/dismiss">
            <TargetFields target={view.target} />
            <button type="submit">{texts.dismiss}</button>
          </form>
        )}
        {view.personId && !isPerson && (
          <a href={`/moderation/act?kind=person&id=${view.personId}`}>{texts.author}</a>
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
  undoing,
}: {
  site: Site;
  entries: LogEntry[];
  /** Where the entries before these are. */
  older: string | undefined;
  canUndo: boolean;
  /** What was wrong with taking an entry back. */
  undoing?: { entry: number; reason: string; problem: string };
}) {
  const { log, act, acts } = words.moderation;
  return (
    <Layout site={site} head={{ title: log.title, path: '/moderation/log', current: 'about' }}>
      <div class="moderation">
        <h1>{log.title}</h1>
        <p class="note">{log.intro}</p>
        {entries.length === 0 && <p>{log.nothing}</p>}
        <ol class="log plain">
          {entries.map((entry) => (
            <li id={`entry-${entry.id}`}>
              <p class="subject">
                {entry.view.path ? (
                  <a href={entry.view.path}>{renderTexText(entry.view.title)}</a>
                ) : (
                  renderTexText(entry.view.title)
                )}
                {log.entry(acts[entry.act].says, entry.until?.slice(0, 10))}
              </p>
              <p class="meta">
                <span>{entry.reason}</span>
                <span>{entry.actor?.name ?? words.people.left}</span>
                <time datetime={entry.at}>{shortDate(entry.at, site.today)}</time>
                {entry.undoes !== undefined && (
                  <a href={`#entry-${entry.undoes}`}>{log.takesBack(entry.undoes)}</a>
                )}
                {entry.undoneAt && <span>{log.takenBack}</span>}
              </p>
              {canUndo && !entry.undoneAt && ACTS[entry.act].undo && (
                <details open={undoing?.entry === entry.id}>
                  <summary>{log.takeBack}</summary>
                  <form method="post" action="/moderation/undo" class="stacked">
                    <input type="hidden" name="entry" value={String(entry.id)} />
                    <UndoReason
                      id={`undo-${entry.id}`}
                      label={act.reason}
                      undoing={undoing?.entry === entry.id ? undoing : undefined}
                    />
                    <button type="submit">{log.takeBack}</button>
                  </form>
                </details>
              )}
            </li>
          ))}
        </ol>
        {older && (
          <p class="pages">
            <a href={older} rel="next">
              {log.older}
            </a>
          </p>
        )}
      </div>
    </Layout>
  );
}

function UndoReason({
  id,
  label,
  undoing,
}: {
  id: string;
  label: string;
  undoing: { reason: string; problem: string } | undefined;
}) {
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        name="reason"
        required
        maxlength={MAX_REASON_LENGTH}
        value={undoing?.reason}
        {...problemAttributes(id, undoing?.problem)}
      />
      <FieldProblem id={id} problem={undoing?.problem} />
    </>
  );
}
