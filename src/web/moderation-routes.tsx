// Reporting, the moderators' queue, and the log that everyone may read.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { type Instant, isDay, now, startOfDay } from '../base/calendar.ts';
import { AppError, isAppError, messageOf } from '../base/errors.ts';
import { HIDDEN_REASONS, readerOf } from '../comments/comment.ts';
import { findComment } from '../comments/find-comment.ts';
import { words } from '../language/words.ts';
import {
  type Act,
  dismissReports,
  moderate,
  parseAct,
  parseDeedReason,
  undo,
} from '../moderation/moderate.ts';
import { listModerationLog } from '../moderation/moderation-log.ts';
import { fileReport, listOpenReports, parseReason } from '../moderation/reports.ts';
import {
  getTarget,
  keyOf,
  loadTargets,
  parseTarget,
  type Target,
  type TargetView,
} from '../moderation/target.ts';
import { tellSanctioned } from '../moderation/tell-sanctioned.ts';
import { findPaper } from '../papers/paper-store.ts';
import { spend } from '../people/limits.ts';
import { findPersonByHandle, loadPeople } from '../people/person.ts';
import { may, type Viewer } from '../people/viewer.ts';
import {
  ActPage,
  type ActProblems,
  type BarredPerson,
  LogPage,
  QueuePage,
  ReportedPage,
  ReportPage,
} from './moderation-pages.tsx';
import { fieldsOf, isWrong, problemsOf } from './read-form.ts';
import { siteLoader, viewerOf } from './site.ts';

const LOG_PAGE = 50;
const MAX_PENDING = 100;
const MAX_BARRED = 200;

export function addModerationRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database } = app;
  const db = database.read;
  const site = siteLoader(app, publicUrl);

  web.get('/report', async (c) => {
    const target = await targetOfAddress(c.req.query());
    await refuseUnseen(target, viewerOf(c));
    const canModerate = may(c.get('viewer'), 'moderate', app.config.people.reading);
    const view = await getTarget(db, target);
    return c.html(<ReportPage site={await site(c)} view={view} canModerate={canModerate} />);
  });

  web.post('/report', async (c) => {
    const { person } = viewerOf(c);
    const form = await fieldsOf(c);
    const target = parseTarget(form.kind, form.id);
    await refuseUnseen(target, viewerOf(c));
    const view = await getTarget(db, target);
    await spend(database, 'report', person.id);
    try {
      const reason = parseReason(form.reason);
      const report = { by: person.id, target: view.target, reason, note: form.note ?? '' };
      await database.transact((tx) => fileReport(tx, report));
    } catch (error) {
      if (!isAppError(error, 'invalid')) throw error;
      const typed = { reason: form.reason, note: form.note };
      const page = (
        <ReportPage site={await site(c)} view={view} typed={typed} problem={error.message} />
      );
      return c.html(page, 400);
    }
    return c.html(<ReportedPage site={await site(c)} view={view} />);
  });

  web.get('/moderation', async (c) => {
    const groups = await listOpenReports(db);
    const waiting = await listPending();
    const views = await loadTargets(db, [...groups.map(({ target }) => target), ...waiting]);
    const view = (target: Target) => views.get(keyOf(target)) as TargetView;
    const reported = groups.map(({ target, reports }) => ({ view: view(target), reports }));
    const people = await loadPeople(
      db,
      groups.flatMap(({ reports }) => reports.flatMap(({ by }) => by ?? [])),
    );
    return c.html(
      <QueuePage
        site={await site(c)}
        items={{ reported, pending: waiting.map(view) }}
        people={people}
        barred={await listBarred()}
      />,
    );
  });

  web.get('/moderation/act', async (c) => {
    const target = await targetOfAddress(c.req.query());
    return c.html(<ActPage site={await site(c)} view={await getTarget(db, target)} />);
  });

  web.post('/moderation/act', async (c) => {
    const { person } = viewerOf(c);
    const form = await fieldsOf(c);
    const target = parseTarget(form.kind, form.id);
    const { act = '', reason = '', as = '', until = '' } = form;
    const again = async (problems: ActProblems, status: 400 | 403 | 409) => {
      const view = await getTarget(db, target);
      const typed = { act, reason, as, until };
      return c.html(
        <ActPage site={await site(c)} view={view} typed={typed} problems={problems} />,
        status,
      );
    };
    const problems = problemsOf({
      act: () => parseAct(act),
      reason: () => parseDeedReason(reason),
      until: () => parseUntil(until),
    });
    if (isWrong(problems)) return again(problems, 400);
    try {
      const deed = {
        act: parseAct(act),
        target,
        reason,
        hiddenAs: HIDDEN_REASONS.find((one) => one === as),
        until: parseUntil(until),
      };
      const done = await database.transact((tx) => moderate(tx, person, deed));
      if (done.view.target.kind === 'person') {
        tellSanctioned(app, deed).catch((error) =>
          app.log.error({ err: messageOf(error) }, 'a sanction could not be mailed'),
        );
      }
    } catch (error) {
      if (!isAppError(error) || error.code === 'not-found') throw error;
      const isUntil = error.code === 'invalid' && act === ('suspend' satisfies Act);
      const problem = isUntil ? { until: error.message } : { whole: error.message };
      return again(problem, error.code === 'forbidden' ? 403 : 400);
    }
    return c.redirect('/moderation/log', 303);
  });

  web.post('/moderation/dismiss', async (c) => {
    const { person } = viewerOf(c);
    const form = await fieldsOf(c);
    const target = parseTarget(form.kind, form.id);
    await database.transact((tx) => dismissReports(tx, person, target));
    return c.redirect('/moderation', 303);
  });

  web.post('/moderation/undo', async (c) => {
    const { person } = viewerOf(c);
    const form = await fieldsOf(c);
    const logId = Number(form.entry);
    if (!Number.isSafeInteger(logId)) {
      throw new AppError('invalid', words.moderation.problems.noEntry);
    }
    const { reason = '' } = form;
    const { reason: problem } = problemsOf({ reason: () => parseDeedReason(reason) });
    if (problem) {
      const { items, hasMore } = await listModerationLog(db, {
        limit: LOG_PAGE,
        before: logId + 1,
      });
      const older = hasMore ? `/moderation/log?before=${items.at(-1)?.id}&mine` : undefined;
      const undoing = { entry: logId, reason, problem };
      const shown = { entries: items, older, canUndo: true, undoing };
      return c.html(<LogPage site={await site(c)} {...shown} />, 400);
    }
    await database.transact((tx) => undo(tx, person, { logId, reason }));
    return c.redirect('/moderation/log', 303);
  });

  web.get('/moderation/log', async (c) => {
    const text = c.req.query('before');
    const before = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    const { items, hasMore } = await listModerationLog(db, { limit: LOG_PAGE, before });
    const last = items.at(-1);
    const own = c.get('isPersonal') ? '&mine' : '';
    return c.html(
      <LogPage
        site={await site(c)}
        entries={items}
        older={hasMore && last ? `/moderation/log?before=${last.id}${own}` : undefined}
        canUndo={
          c.get('isPersonal') === true &&
          may(c.get('viewer'), 'moderate', app.config.people.reading)
        }
      />,
    );
  });

  /** A comment that is hidden or waits is reported, and quoted, by nobody who cannot see it. */
  async function refuseUnseen(target: Target, { person }: Viewer): Promise<void> {
    if (target.kind !== 'comment') return;
    const found = await findComment(db, target.id, readerOf(person));
    if (!found) throw new AppError('not-found', words.moderation.problems.noComment);
  }

  async function targetOfAddress(query: Record<string, string>): Promise<Target> {
    const { comment, paper, person, kind, id } = query;
    if (comment !== undefined) return { kind: 'comment', id: comment };
    if (paper !== undefined) {
      const found = await findPaper(db, paper);
      if (!found) throw new AppError('not-found', words.moderation.problems.noPaper);
      return { kind: 'paper', id: String(found.paper.key) };
    }
    if (person !== undefined) {
      const found = await findPersonByHandle(db, person, now());
      if (!found) throw new AppError('not-found', words.people.nobody);
      return { kind: 'person', id: found.id };
    }
    return parseTarget(kind, id);
  }

  async function listPending(): Promise<Target[]> {
    const rows = await db
      .selectFrom('comments')
      .select('id')
      .where('state', '=', 'pending')
      .orderBy('created_at')
      .limit(MAX_PENDING)
      .execute();
    return rows.map(({ id }) => ({ kind: 'comment', id }));
  }

  async function listBarred(): Promise<BarredPerson[]> {
    const rows = await db
      .selectFrom('people')
      .select(['id', 'handle', 'name', 'role', 'barred_by', 'barred_until'])
      .where('barred_until', '>', now())
      .orderBy('barred_until')
      .limit(MAX_BARRED)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      handle: row.handle,
      name: row.name,
      role: row.role as BarredPerson['role'],
      by: row.barred_by ?? '',
      until: row.barred_until ?? '',
    }));
  }
}

function parseUntil(text: string | undefined): Instant | undefined {
  if (!text) return undefined;
  if (isDay(text)) return startOfDay(text);
  throw new AppError('invalid', words.moderation.problems.noDay(text.slice(0, 20)));
}
