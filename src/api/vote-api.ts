// Voting over the API, and what is a person's own about papers: for programs with a token, and for
// public/personal.js with a session. Hugging Face's API has nothing documented like it.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { loadPaperPage } from '../feed/load-paper.ts';
import { loadMarks, type MarkedPaper } from '../feed/marks.ts';
import { spend } from '../people/limits.ts';
import { ACTIONS, ROLES } from '../people/roles.ts';
import { may, type Viewer } from '../people/viewer.ts';
import { saveVote } from '../votes/vote-store.ts';
import { INVALID, json, NOT_FOUND } from './answers.ts';
import type { ApiEnv } from './api-env.ts';
import { ErrorSchema, PaperParam } from './schemas.ts';

/** A page shows fewer. */
const MAX_MARKED = 200;

const Vote = z
  .object({
    upvotes: z.int().openapi({ description: 'As in the paper itself' }),
    upvotesHere: z
      .int()
      .openapi({ description: 'Those of them that people of this instance gave' }),
    upvoted: z.boolean(),
  })
  .openapi('Vote');

const MarksSchema = z
  .object({
    person: z
      .object({
        name: z.string(),
        handle: z.string(),
        role: z.enum(ROLES),
        may: z.array(z.string()).openapi({ description: 'Actions of the table at /about/roles' }),
      })
      .nullable(),
    voted: z.array(z.string()).openapi({ description: 'Those of the papers one voted for' }),
    votes: z
      .record(z.string(), z.int())
      .openapi({ description: 'By paper, the votes of people of this instance' }),
  })
  .openapi('Marks');

const MarksQuery = z.object({
  papers: z
    .string()
    .max(60_000)
    .default('')
    .openapi({
      description: `At most ${MAX_MARKED} identities, separated by commas; a comma or percent sign in one is percent-encoded once more`,
      example: '2502.01441,2510.24668',
    }),
});

const REFUSED = json(ErrorSchema, 'Send a session or "Authorization: Bearer" with a token');
const FORBIDDEN = json(ErrorSchema, 'The role or the token may not vote');
const TOO_OFTEN = json(ErrorSchema, 'Too often; Retry-After says when to try again');

const change = (method: 'put' | 'delete', summary: string) =>
  createRoute({
    method,
    path: '/api/papers/{id}/vote',
    tags: ['Votes'],
    security: [{ bearer: [] }],
    summary,
    description: 'Doing it again changes nothing.',
    request: { params: PaperParam },
    responses: {
      200: json(Vote, 'How it stands now'),
      400: INVALID,
      401: REFUSED,
      403: FORBIDDEN,
      404: NOT_FOUND,
      429: TOO_OFTEN,
    },
  });

const marks = createRoute({
  method: 'get',
  path: '/api/me/marks',
  tags: ['Votes'],
  summary: 'Who the caller is, and what is theirs about some papers; person is null for a visitor',
  request: { query: MarksQuery },
  responses: { 200: json(MarksSchema, 'The marks'), 400: INVALID },
});

export function addVoteApi(api: OpenAPIHono<ApiEnv>, app: App): void {
  const db = app.database.read;
  const { newAccountHours, reading } = app.config.people;

  api.openapi(change('put', 'Vote for a paper'), async (c) =>
    c.json(await vote(c, c.req.valid('param').id, true), 200),
  );
  api.openapi(change('delete', 'Take a vote back'), async (c) =>
    c.json(await vote(c, c.req.valid('param').id, false), 200),
  );

  async function vote(c: Context<ApiEnv>, paperId: string, isOn: boolean) {
    const viewer = c.get('viewer');
    if (!viewer) throw new Error(`${c.req.path} let a visitor through`);
    const { person } = viewer;
    await spend(app.database, 'vote', person.id);
    const saved = await saveVote(app.database, { person, paperId, isOn, newAccountHours });
    const page = await loadPaperPage(db, saved.paper, { isHtml: false, today: app.today() });
    if (!page) throw new AppError('not-found', 'Paper not found');
    const upvotesHere = page.item.paper.votes;
    return { upvotes: page.item.votes, upvotesHere, upvoted: saved.hasVoted };
  }

  api.openapi(marks, async (c) => {
    // Also what a visitor is told is about whoever asks: nobody keeps it.
    c.header('cache-control', 'private, no-store');
    const viewer = c.get('viewer');
    if (!viewer || !may(viewer, 'read', reading)) {
      return c.json({ person: null, votes: {}, ...(await loadMarks(db, '', [])) }, 200);
    }
    const papers = await findMarked(identitiesOf(c.req.valid('query').papers));
    const answer = {
      person: presentViewer(viewer),
      votes: Object.fromEntries(papers.map(({ id, votes }) => [id, votes])),
      ...(await loadMarks(db, viewer.person.id, papers)),
    };
    return c.json(answer, 200);
  });

  function presentViewer(viewer: Viewer) {
    const { name, handle, role } = viewer.person;
    return { name, handle, role, may: ACTIONS.filter((action) => may(viewer, action, reading)) };
  }

  async function findMarked(ids: string[]): Promise<(MarkedPaper & { votes: number })[]> {
    if (ids.length === 0) return [];
    return db.selectFrom('papers').select(['key', 'id', 'votes']).where('id', 'in', ids).execute();
  }
}

function identitiesOf(text: string): string[] {
  const ids = [...new Set(text.split(',').filter((part) => part !== ''))];
  if (ids.length > MAX_MARKED) {
    throw new AppError(
      'invalid',
      `papers names ${ids.length} papers: ask for ${MAX_MARKED} at a time.`,
    );
  }
  try {
    return ids.map((id) => decodeURIComponent(id)).filter((id) => !id.includes('\0'));
  } catch {
    throw new AppError('invalid', 'papers holds a percent sign that encodes nothing.');
  }
}
