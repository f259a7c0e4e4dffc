// Submitting papers to the day's list.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, isAppError, STATUS, TooManyError } from '../base/errors.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { findPaper, loadPapers } from '../papers/paper-store.ts';
import { parseLinks } from '../papers/set-links.ts';
import { allow, may, type Viewer } from '../people/viewer.ts';
import { parsePasted } from '../sources/web/pasted-reference.ts';
import { findListingProblem } from '../submissions/list-paper.ts';
import {
  parseDraft,
  parseFirstComment,
  parseMedia,
  parseReference,
  type Typed,
  typedOf,
} from '../submissions/parse-draft.ts';
import { findSubmission, listSubmissionsOf, type Submission } from '../submissions/submission.ts';
import { submit } from '../submissions/submit.ts';
import { fieldsOf, isWrong, problemsOf } from './read-form.ts';
import { siteLoader, viewerOf, type WebContext } from './site.ts';
import {
  type DraftProblems,
  type Preview,
  SubmissionPage,
  SubmitPage,
  type SubmitView,
} from './submit-pages.tsx';

const SHOWN = 20;
const NOTHING: Typed = {
  reference: '',
  comment: '',
  projectPage: '',
  githubRepo: '',
  mediaUrls: [],
};
const REFRESH_S = 4;
const SLOW_REFRESH_S = 30;
const SLOW_AFTER_MS = 120_000;

export function addSubmitRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database, config } = app;
  const db = database.read;
  const { reading } = config.people;
  const site = siteLoader(app, publicUrl);

  async function show(
    c: WebContext,
    view: Pick<SubmitView, 'typed' | 'problem' | 'problems' | 'preview'>,
    status: 200 | (typeof STATUS)[keyof typeof STATUS] = 200,
  ) {
    const viewer = viewerOf(c);
    const own = await listSubmissionsOf(db, viewer.person.id, SHOWN);
    const papers = await loadPapers(
      db,
      own.flatMap(({ paperKey }) => paperKey ?? []),
    );
    const whole = {
      ...view,
      rules: config.submit,
      isEditor: may(viewer, 'edit', reading),
      own: own.map((submission) => ({ submission, paper: papers.get(submission.paperKey ?? 0) })),
    };
    return c.html(<SubmitPage site={await site(c)} view={whole} />, status);
  }

  web.get('/papers/submit', async (c) => {
    const { url, again } = c.req.query();
    const former = again === undefined ? undefined : await getOwn(c, again);
    if (former) return show(c, { typed: typedOf(former), problem: former.problem });
    if (!url) return show(c, { typed: NOTHING });
    const typed = { ...NOTHING, reference: url };
    try {
      return await show(c, { typed, preview: await previewOf(viewerOf(c), url) });
    } catch (error) {
      if (!isAppError(error, 'invalid')) throw error;
      return show(c, { typed, problems: { reference: error.message } });
    }
  });

  web.post('/papers/submit', async (c) => {
    const viewer = viewerOf(c);
    const form = await fieldsOf(c);
    const typed = {
      reference: form.reference ?? '',
      comment: form.comment ?? '',
      projectPage: form.projectPage ?? '',
      githubRepo: form.githubRepo ?? '',
      mediaUrls: (form.media ?? '').split(/\s+/).filter((line) => line !== ''),
    };
    const problems = draftProblems(typed);
    if (isWrong(problems)) return show(c, { typed, problems }, 400);
    try {
      const draft = parseDraft(typed);
      if (draft.comment !== '') allow(viewer, 'comment', reading);
      const submitted = await submit(
        database,
        { person: viewer.person, draft, today: app.today(), isOffline: config.isOffline },
        { submit: config.submit, comments: config.people },
      );
      const path =
        submitted.is === 'listed'
          ? `${pathOfPaper(submitted.paper.id)}?mine`
          : `/papers/submit/${submitted.submission.id}`;
      return c.redirect(path, 303);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error instanceof TooManyError) c.header('retry-after', String(error.retryAfterS));
      return show(c, { typed, problem: error.message }, STATUS[error.code]);
    }
  });

  web.get('/papers/submit/:id', async (c) => {
    const submission = await getOwn(c, c.req.param('id'));
    const { paperKey, state, createdAt } = submission;
    const paper =
      paperKey === undefined ? undefined : (await loadPapers(db, [paperKey])).get(paperKey);
    if (state === 'waiting') {
      const isSlow = Date.now() - Date.parse(createdAt) > SLOW_AFTER_MS;
      c.header('refresh', String(isSlow ? SLOW_REFRESH_S : REFRESH_S));
    }
    return c.html(<SubmissionPage site={await site(c)} submission={submission} paper={paper} />);
  });

  async function getOwn(c: WebContext, id: string): Promise<Submission> {
    const submission = await findSubmission(db, id);
    if (submission?.personId === viewerOf(c).person.id) return submission;
    throw new AppError('not-found', words.submitting.submission.none);
  }

  /** As far as it can be told without asking anyone outside. */
  async function previewOf({ person }: Viewer, url: string): Promise<Preview> {
    const { id } = parsePasted(url);
    const paper = id === undefined ? undefined : (await findPaper(db, id))?.paper;
    if (!paper) return { paper, problem: undefined };
    const today = app.today();
    const listing = { paper, person, sentOn: today, today };
    return { paper, problem: await findListingProblem(db, listing, config.submit) };
  }
}

function draftProblems(typed: Typed): DraftProblems {
  const { reference, comment, projectPage, githubRepo, mediaUrls } = typed;
  return problemsOf({
    reference: () => parseReference(reference),
    comment: () => parseFirstComment(comment),
    projectPage: () => parseLinks({ projectPage }),
    githubRepo: () => parseLinks({ githubRepo }),
    mediaUrls: () => parseMedia(mediaUrls),
  });
}
