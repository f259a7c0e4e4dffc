// Comments and reactions: Hugging Face's two addresses, and those it has not.
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { readerOf } from '../comments/comment.ts';
import {
  deleteComment,
  editComment,
  spendComment,
  writeComment,
} from '../comments/comment-store.ts';
import { parseCommentText } from '../comments/comment-text.ts';
import { findComment } from '../comments/find-comment.ts';
import { hydrateComments } from '../comments/hydrate-comments.ts';
import { loadThread } from '../comments/load-thread.ts';
import { parseReaction, react } from '../comments/reactions.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { spend } from '../people/limits.ts';
import type { Person } from '../people/person.ts';
import { INVALID, json, NOT_FOUND } from './answers.ts';
import type { ApiEnv } from './api-env.ts';
import {
  CommentParam,
  CommentSchema,
  NewCommentBody,
  NewMessage,
  ReactionParam,
  ReplyParam,
} from './comment-schemas.ts';
import { presentComment } from './present-comment.ts';
import { ErrorSchema, PaperParam } from './schemas.ts';

const security = [{ bearer: [] }];
const tags = ['Comments'];
const REFUSED = {
  400: INVALID,
  401: json(ErrorSchema, 'No token, or one that is unknown'),
  403: json(ErrorSchema, 'The person or the token may not do this'),
  404: NOT_FOUND,
  409: json(
    ErrorSchema,
    'The discussion is locked, the comment is gone, or the same was said before',
  ),
  429: json(ErrorSchema, 'Too often; Retry-After says how many seconds to wait'),
};
const GONE = { 204: { description: 'Done' }, ...REFUSED };
const body = {
  required: true,
  content: { 'application/json': { schema: NewCommentBody } },
};

const comment = createRoute({
  method: 'post',
  path: '/api/papers/{id}/comment',
  tags,
  security,
  summary: 'Comment on a paper',
  request: { params: PaperParam, body },
  responses: { 201: json(NewMessage, 'The comment'), ...REFUSED },
});

const reply = createRoute({
  method: 'post',
  path: '/api/papers/{id}/comment/{commentId}/reply',
  tags,
  security,
  summary: 'Answer a comment',
  request: { params: ReplyParam, body },
  responses: { 201: json(NewMessage, 'The comment'), ...REFUSED },
});

const edit = createRoute({
  method: 'patch',
  path: '/api/comments/{id}',
  tags,
  security,
  summary: 'Change one’s own comment; its history is kept',
  request: { params: CommentParam, body },
  responses: { 200: json(CommentSchema, 'The comment'), ...REFUSED },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/comments/{id}',
  tags,
  security,
  summary: 'Delete one’s own comment for good; replies stay',
  request: { params: CommentParam },
  responses: GONE,
});

const putReaction = createRoute({
  method: 'put',
  path: '/api/comments/{id}/reactions/{reaction}',
  tags,
  security,
  summary: 'React to a comment; once is as good as twice',
  request: { params: ReactionParam },
  responses: GONE,
});

const deleteReaction = createRoute({
  method: 'delete',
  path: '/api/comments/{id}/reactions/{reaction}',
  tags,
  security,
  summary: 'Take a reaction back',
  request: { params: ReactionParam },
  responses: GONE,
});

export function addCommentRoutes(
  api: OpenAPIHono<ApiEnv>,
  app: App,
  publicUrl: () => string,
): void {
  const { database } = app;
  const rules = app.config.people;
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token from your settings',
  });

  async function present(id: string, person: Person) {
    const reader = readerOf(person);
    const found = await findComment(database.read, id, reader);
    const paper = found && (await findPaper(database.read, found.paperId))?.paper;
    const shown = paper && (await hydrateComments(database.read, [id], { paper, reader })).get(id);
    if (!shown) throw new AppError('not-found', 'There is no such comment here.');
    return presentComment(shown, publicUrl());
  }

  async function write(c: Context<ApiEnv>, asked: { id: string; parentId?: string; raw: string }) {
    const person = personOf(c);
    const found = await findPaper(database.read, asked.id);
    if (!found) throw new AppError('not-found', 'Paper not found');
    const { raw, parentId } = asked;
    parseCommentText(raw);
    await spendComment(database, person, rules);
    const paperKey = found.paper.key;
    const { id } = await database.transact((tx) =>
      writeComment(tx, { person, paperKey, parentId, raw, rules }),
    );
    return { newMessage: await present(id, person) };
  }

  api.openapi(comment, async (c) => {
    const { id } = c.req.valid('param');
    return c.json((await write(c, { id, raw: c.req.valid('json').comment })) as never, 201);
  });

  api.openapi(reply, async (c) => {
    const { id, commentId: parentId } = c.req.valid('param');
    const raw = c.req.valid('json').comment;
    return c.json((await write(c, { id, parentId, raw })) as never, 201);
  });

  api.openapi(edit, async (c) => {
    const { id } = c.req.valid('param');
    const raw = c.req.valid('json').comment;
    const person = personOf(c);
    parseCommentText(raw);
    await spendComment(database, person, rules);
    await database.transact((tx) => editComment(tx, { id, person, raw, rules }));
    return c.json((await present(id, person)) as never, 200);
  });

  api.openapi(remove, async (c) => {
    const { id } = c.req.valid('param');
    await database.transact((tx) => deleteComment(tx, { id, person: personOf(c) }));
    return c.body(null, 204);
  });

  for (const [route, turn] of [
    [putReaction, 'on'],
    [deleteReaction, 'off'],
  ] as const) {
    api.openapi(route, async (c) => {
      const { id, reaction: text } = c.req.valid('param');
      const reaction = parseReaction(text);
      const person = personOf(c);
      await spend(database, 'reaction', person.id);
      await database.transact((tx) => react(tx, { commentId: id, person, reaction, turn }));
      return c.body(null, 204);
    });
  }
}

/** The comments of a paper, oldest first within each thread, as far as whoever asks may see them. */
export async function presentComments(
  app: App,
  c: Context<ApiEnv>,
  paper: Paper,
  url: string,
): Promise<Record<string, unknown>[]> {
  const reader = c.get('isPersonal') ? readerOf(c.get('viewer')?.person) : undefined;
  const { comments } = await loadThread(app.database.read, paper, { reader, isWhole: true });
  return comments.map((one) => presentComment(one, url));
}

/** The wall lets nobody else to these routes. */
function personOf(c: Context<ApiEnv>): Person {
  const person = c.get('viewer')?.person;
  if (!person) throw new AppError('unauthorised', 'Sign in first, at /sign-in.');
  return person;
}
