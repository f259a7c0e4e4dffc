// The discussion of a paper on pages, and the forms of it. They work without script; with it,
// public/comments.js takes the parts that are made for one reader from here into the shared page.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, isAppError, STATUS, TooManyError } from '../base/errors.ts';
import { readerOf } from '../comments/comment.ts';
import {
  deleteComment,
  editComment,
  spendComment,
  writeComment,
} from '../comments/comment-store.ts';
import { parseCommentText, renderComment } from '../comments/comment-text.ts';
import { type FoundComment, findComment, loadVersions } from '../comments/find-comment.ts';
import { hydrateComments, type ShownComment } from '../comments/hydrate-comments.ts';
import { findPageOf, loadConversation, loadThread, type Thread } from '../comments/load-thread.ts';
import { loadReactionsOf, parseReaction, react } from '../comments/reactions.ts';
import { words } from '../language/words.ts';
import { findPaperId, pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { spend } from '../people/limits.ts';
import type { Person } from '../people/person.ts';
import { may } from '../people/viewer.ts';
import { ConversationPage, HistoryPage, type Writing, WritingPage } from './comment-pages.tsx';
import { CommentSection } from './comment-section.tsx';
import { commentHtml } from './comment-text.tsx';
import type { CommentContext } from './comment-view.tsx';
import { fieldsOf } from './read-form.ts';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

const LIVE = 'public, max-age=0, must-revalidate';
const MAX_PAGE = 9_999;

export type CommentDesk = {
  /** The section below a paper, with the order and page that the address asks for. */
  renderSection(c: WebContext, paper: Paper): Promise<ReturnType<typeof CommentSection>>;
};

export function addCommentRoutes(
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
): CommentDesk {
  const { database } = app;
  const db = database.read;
  const rules = app.config.people;
  const site = siteLoader(app, publicUrl);

  async function contextOf(
    c: WebContext,
    paper: Paper,
    { isLocked }: Pick<Thread, 'isLocked'>,
  ): Promise<CommentContext> {
    const viewer = c.get('isPersonal') ? c.get('viewer') : undefined;
    const canModerate = may(viewer, 'moderate', rules.reading);
    return {
      site: await site(c),
      paperId: paper.id,
      isLocked: isLocked && !canModerate,
      hand: viewer && {
        personId: viewer.person.id,
        mayComment: may(viewer, 'comment', rules.reading),
        mayReact: may(viewer, 'react', rules.reading),
        mayReport: may(viewer, 'report', rules.reading),
        reactions: await loadReactionsOf(db, viewer.person.id, paper.key),
      },
    };
  }

  async function renderSection(c: WebContext, paper: Paper) {
    const thread = await loadThread(db, paper, { reader: readerFor(c), ...viewOf(c) });
    return <CommentSection thread={thread} context={await contextOf(c, paper, thread)} />;
  }

  async function getPaper(text: string): Promise<Paper> {
    const id = findPaperId(text)?.id;
    const found = id && (await findPaper(db, id));
    if (!found) throw new AppError('not-found', words.comments.problems.noPaper);
    return found.paper;
  }

  async function getComment(c: WebContext): Promise<FoundComment> {
    const found = await findComment(db, c.req.param('id') ?? '', readerFor(c));
    if (!found) throw new AppError('not-found', words.comments.problems.noComment);
    return found;
  }

  async function showOne(
    c: WebContext,
    paper: Paper,
    id: string,
  ): Promise<ShownComment | undefined> {
    return (await hydrateComments(db, [id], { paper, reader: readerFor(c) })).get(id);
  }

  /** Where the comment stands in the discussion, on a page made for whoever asks or for all. */
  async function placeOf(
    c: WebContext,
    comment: { paperKey: number; paperId: string; id: string },
  ) {
    const { paperKey, paperId, id } = comment;
    const reader = readerFor(c);
    const path = pathOfPaper(paperId);
    const page = await findPageOf(db, paperKey, id, { reader });
    if (page === undefined) return `${path}/comments/${id}${reader ? '?mine' : ''}`;
    const query = [
      ...(reader ? ['mine'] : []),
      ...(page > 0 ? [`p=${page}`] : []),
      ...(c.req.method === 'POST' ? ['done'] : []),
    ].join('&');
    return `${path}${query && `?${query}`}#${id}`;
  }

  /** The page of a form that was not, or not yet, sent for good. */
  async function writeAgain(
    c: WebContext,
    paper: Paper,
    writing: Writing,
    status: 200 | 400 = 200,
  ) {
    return c.html(<WritingPage site={await site(c)} paper={paper} writing={writing} />, status);
  }

  /** Previews, or does it and goes to the comment; what was typed stays in the form whatever comes. */
  async function takeForm(
    c: WebContext,
    paper: Paper,
    writing: Omit<Writing, 'draft'>,
    save: (person: Person, text: string) => Promise<string>,
  ) {
    const person = viewerOf(c).person;
    const { text = '', preview } = await fieldsOf(c);
    try {
      parseCommentText(text);
      if (preview !== undefined) {
        await spend(database, 'preview', person.id);
        const { html } = await renderComment(db, text);
        return await writeAgain(c, paper, { ...writing, draft: { text, preview: html } });
      }
      await spendComment(database, person, rules);
      const id = await save(person, text);
      return c.redirect(await placeOf(c, { paperKey: paper.key, paperId: paper.id, id }), 303);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error instanceof TooManyError) c.header('retry-after', String(error.retryAfterS));
      const draft = { text, problem: error.message };
      return writeAgain(c, paper, { ...writing, draft }, STATUS[error.code] as 400);
    }
  }

  web.get('/papers/:id/comments', async (c) => {
    const paper = await getPaper(c.req.param('id'));
    if (c.req.query('part') === undefined) {
      return c.redirect(`${pathOfPaper(paper.id)}#comments`, 302);
    }
    c.header('cache-control', LIVE);
    return c.html(await renderSection(c, paper));
  });

  web.get('/papers/:id/comments/:commentId', async (c) => {
    const asked = c.req.param('id');
    const paper = await getPaper(asked);
    const id = c.req.param('commentId');
    if (paper.id !== asked) {
      return c.redirect(`${pathOfPaper(paper.id)}/comments/${encodeURIComponent(id)}`, 301);
    }
    const conversation = await loadConversation(db, paper, id, { reader: readerFor(c) });
    if (!conversation) throw new AppError('not-found', words.comments.problems.noComment);
    c.header('cache-control', LIVE);
    const context = await contextOf(c, paper, conversation);
    return c.html(<ConversationPage paper={paper} conversation={conversation} context={context} />);
  });

  web.post('/papers/:id/comments', async (c) => {
    const paper = await getPaper(c.req.param('id'));
    const action = `${pathOfPaper(paper.id)}/comments`;
    const writing = { what: 'comment', action } as const;
    return takeForm(c, paper, writing, async (person, raw) => {
      const comment = { person, paperKey: paper.key, raw, rules };
      return (await database.transact((tx) => writeComment(tx, comment))).id;
    });
  });

  web.get('/comments/:id', async (c) => {
    c.header('cache-control', LIVE);
    const id = c.req.param('id');
    // One that not all may see: the page made for whoever asks tells whether they may.
    if (c.req.query('mine') === undefined && (await isKeptBack(id))) {
      return c.redirect(`/comments/${id}?mine`, 302);
    }
    const comment = await getComment(c);
    return c.redirect(await placeOf(c, comment), 302);
  });

  web.post('/comments/:id/reply', async (c) => {
    const parentId = c.req.param('id');
    const parent = await findStanding(parentId);
    const paper = await getPaper(parent.paperId);
    const writing = {
      what: 'reply',
      action: `/comments/${parentId}/reply`,
      answered: await showOne(c, paper, parentId),
    } as const;
    return takeForm(c, paper, writing, async (person, raw) => {
      const comment = { person, paperKey: paper.key, parentId, raw, rules };
      return (await database.transact((tx) => writeComment(tx, comment))).id;
    });
  });

  async function isKeptBack(id: string): Promise<boolean> {
    const row = await db
      .selectFrom('comments')
      .select('id')
      .where('id', '=', id)
      .where('state', 'in', ['pending', 'hidden'])
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Also one that is not to be seen any more: whoever answers it should keep their text. */
  async function findStanding(id: string): Promise<{ paperId: string }> {
    const row = await db
      .selectFrom('comments')
      .innerJoin('papers', 'papers.key', 'comments.paper_key')
      .select('papers.id')
      .where('comments.id', '=', id)
      .executeTakeFirst();
    if (!row) throw new AppError('not-found', words.comments.problems.noComment);
    return { paperId: row.id };
  }

  const editing = (id: string) => ({ what: 'edit', action: `/comments/${id}/edit` }) as const;

  web.get('/comments/:id/edit', async (c) => {
    const comment = await getComment(c);
    if (comment.authorId !== viewerOf(c).person.id) {
      throw new AppError('forbidden', words.comments.problems.notYours);
    }
    const paper = await getPaper(comment.paperId);
    return writeAgain(c, paper, { ...editing(comment.id), draft: { text: comment.raw } });
  });

  web.post('/comments/:id/edit', async (c) => {
    const comment = await getComment(c);
    if (comment.authorId !== viewerOf(c).person.id) {
      throw new AppError('forbidden', words.comments.problems.notYours);
    }
    const paper = await getPaper(comment.paperId);
    return takeForm(c, paper, editing(comment.id), async (person, raw) => {
      await database.transact((tx) => editComment(tx, { id: comment.id, person, raw, rules }));
      return comment.id;
    });
  });

  web.post('/comments/:id/delete', async (c) => {
    const comment = await getComment(c);
    await database.transact((tx) =>
      deleteComment(tx, { id: comment.id, person: viewerOf(c).person }),
    );
    return c.redirect(`${pathOfPaper(comment.paperId)}?mine#comments`, 303);
  });

  web.post('/comments/:id/react', async (c) => {
    const comment = await getComment(c);
    const fields = await fieldsOf(c);
    const reaction = parseReaction(fields.reaction ?? '');
    const person = viewerOf(c).person;
    await spend(database, 'reaction', person.id);
    const turn = fields.turn === 'on' || fields.turn === 'off' ? fields.turn : 'other';
    await database.transact((tx) => react(tx, { commentId: comment.id, person, reaction, turn }));
    // The script shows it without another page.
    if (fields.part !== undefined) return c.body(null, 204);
    return c.redirect(await placeOf(c, comment), 303);
  });

  web.post('/comments/preview', async (c) => {
    await spend(database, 'preview', viewerOf(c).person.id);
    const { text = '' } = await fieldsOf(c);
    try {
      return c.json({ html: commentHtml((await renderComment(db, text)).html) });
    } catch (error) {
      if (!isAppError(error, 'invalid')) throw error;
      return c.json({ error: error.message }, 400);
    }
  });

  web.get('/comments/:id/history', async (c) => {
    const found = await getComment(c);
    const paper = await getPaper(found.paperId);
    const comment = await showOne(c, paper, found.id);
    if (!comment) throw new AppError('not-found', words.comments.problems.noComment);
    c.header('cache-control', LIVE);
    const versions = await loadVersions(db, found.id);
    return c.html(
      <HistoryPage site={await site(c)} paper={paper} comment={comment} versions={versions} />,
    );
  });

  return { renderSection };
}

function readerFor(c: WebContext) {
  return c.get('isPersonal') || c.req.method === 'POST'
    ? readerOf(c.get('viewer')?.person)
    : undefined;
}

function viewOf(c: WebContext) {
  const text = c.req.query('p') ?? '0';
  if (!/^\d{1,4}$/.test(text) || Number(text) > MAX_PAGE) {
    throw new AppError('not-found', words.comments.problems.noPage);
  }
  const sort = c.req.query('sort') === 'votes' ? ('votes' as const) : ('time' as const);
  return { page: Number(text), sort };
}
