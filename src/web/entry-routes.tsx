// Editing a paper's place on a list, and its links.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { type Day, isDay } from '../base/calendar.ts';
import { AppError, isAppError, STATUS } from '../base/errors.ts';
import type { Tx } from '../database/database.ts';
import {
  type EntryPlace,
  findEntryState,
  introduceEntry,
  listEntry,
  parseIntroduction,
  pinEntry,
  unlistEntry,
  unpinEntry,
} from '../days/edit-entry.ts';
import { words } from '../language/words.ts';
import { findPaperId, pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { parseLinks, setLinks } from '../papers/set-links.ts';
import { allowLinks } from '../submissions/may-set-links.ts';
import { EntryPage, LinksPage } from './entry-pages.tsx';
import { anchorOfPaper } from './mine.ts';
import { fieldsOf, isWrong, problemsOf } from './read-form.ts';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

const ACTS: Record<string, (tx: Tx, place: EntryPlace) => Promise<void>> = {
  pin: pinEntry,
  unpin: unpinEntry,
  unlist: unlistEntry,
  list: listEntry,
  introduce: async () => {},
};

export function addEntryRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database } = app;
  const db = database.read;
  const site = siteLoader(app, publicUrl);

  async function getPaper(c: WebContext): Promise<Paper> {
    const id = findPaperId(c.req.param('id') ?? '')?.id;
    const found = id && (await findPaper(db, id));
    if (!found) throw new AppError('not-found', words.submitting.noPaper);
    return found.paper;
  }

  async function getEntry(c: WebContext) {
    const paper = await getPaper(c);
    const day = c.req.param('day') ?? '';
    const place = { day: day as Day, paperKey: paper.key };
    const state = isDay(day) ? await findEntryState(db, place) : undefined;
    if (!state) throw new AppError('not-found', words.submitting.entry.none);
    return { paper, state };
  }

  web.get('/papers/:id/entry/:day', async (c) => {
    const { paper, state } = await getEntry(c);
    return c.html(<EntryPage site={await site(c)} paper={paper} entry={state} />);
  });

  web.post('/papers/:id/entry/:day', async (c) => {
    const { paper, state } = await getEntry(c);
    const { act = '', introduction } = await fieldsOf(c);
    const place = { day: state.day, paperKey: state.paperKey };
    const again = async (
      problem: { problem?: string; introductionProblem?: string },
      status: (typeof STATUS)[keyof typeof STATUS],
    ) => {
      const entry = { ...state, introduction: introduction ?? state.introduction };
      const shown = { paper, entry, ...problem };
      return c.html(<EntryPage site={await site(c)} {...shown} />, status);
    };
    const wrong = problemsOf({ introductionProblem: () => parseIntroduction(introduction ?? '') });
    if (isWrong(wrong)) return again(wrong, 400);
    try {
      const perform = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
      if (!perform) throw new AppError('invalid', words.submitting.entry.noAct);
      await database.transact(async (tx) => {
        // Whatever button was pressed, what was typed is kept.
        if (introduction !== undefined) await introduceEntry(tx, { ...place, introduction });
        await perform(tx, place);
      });
    } catch (error) {
      if (!isAppError(error)) throw error;
      return again({ problem: error.message }, STATUS[error.code]);
    }
    return c.redirect(`/papers/date/${state.day}?mine#${anchorOfPaper(paper.id)}`, 303);
  });

  web.get('/papers/:id/links', async (c) => {
    const paper = await getPaper(c);
    await allowLinks(db, viewerOf(c), paper.key);
    return c.html(<LinksPage site={await site(c)} paper={paper} />);
  });

  web.post('/papers/:id/links', async (c) => {
    const paper = await getPaper(c);
    await allowLinks(db, viewerOf(c), paper.key);
    const { projectPage = '', githubRepo = '' } = await fieldsOf(c);
    const typed = { projectPage, githubRepo };
    const problems = problemsOf({
      projectPage: () => parseLinks({ projectPage }),
      githubRepo: () => parseLinks({ githubRepo }),
    });
    if (isWrong(problems)) {
      const page = (
        <LinksPage site={await site(c)} paper={paper} typed={typed} problems={problems} />
      );
      return c.html(page, 400);
    }
    try {
      const links = parseLinks(typed);
      await database.transact((tx) => setLinks(tx, paper.key, links));
    } catch (error) {
      if (!isAppError(error)) throw error;
      const page = (
        <LinksPage site={await site(c)} paper={paper} typed={typed} problem={error.message} />
      );
      return c.html(page, STATUS[error.code]);
    }
    return c.redirect(`${pathOfPaper(paper.id)}?mine`, 303);
  });
}
