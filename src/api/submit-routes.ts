// Bringing papers in and onto the day's list: Hugging Face's three addresses.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { isArxivId, pathOfPaper } from '../papers/paper-id.ts';
import { findPaper } from '../papers/paper-store.ts';
import { parseLinks, setLinks } from '../papers/set-links.ts';
import { allow, type Viewer } from '../people/viewer.ts';
import { createPaperDesk } from '../sources/ask-for-paper.ts';
import { allowLinks } from '../submissions/may-set-links.ts';
import { MAX_MEDIA_URLS, parseDraft } from '../submissions/parse-draft.ts';
import { submit } from '../submissions/submit.ts';
import { INVALID, json, NOT_FOUND } from './answers.ts';
import type { ApiEnv } from './api-env.ts';
import { ErrorSchema, PaperParam } from './schemas.ts';

const tags = ['Submissions'];
const security = [{ bearer: [] }];
const REFUSED = {
  400: INVALID,
  401: json(ErrorSchema, 'No token, or one that is unknown'),
  403: json(ErrorSchema, 'The person or the token may not do this'),
  429: json(ErrorSchema, 'Too often'),
};

const address = z.string().max(500).nullish().openapi({ format: 'uri' });
const links = { projectPage: address, githubRepo: address };
const organizationId = z
  .null({ message: 'must be null: papers have no organisations here' })
  .optional();
const sent = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});

const Indexed = z.object({}).openapi('Indexed');
const IndexBody = z.object({
  arxivId: z
    .string()
    .refine(isArxivId, { message: 'must be an arXiv id such as 2502.01441' })
    .openapi({ example: '2502.01441' }),
});
const LinksBody = z.object({ ...links, organizationId });
const SubmitBody = z.object({
  paperId: z.string().max(2_000).openapi({
    description: 'An arXiv id; also a DOI or an address',
    example: '2502.01441',
  }),
  comment: z.string().nullish(),
  mediaUrls: z
    .array(z.string())
    .max(MAX_MEDIA_URLS, { message: `may hold ${MAX_MEDIA_URLS} addresses` })
    .nullish(),
  ...links,
  organizationId,
});
const Waiting = z
  .object({
    state: z.literal('waiting'),
    url: z.string().openapi({ description: 'The page that shows what becomes of it' }),
  })
  .openapi('WaitingSubmission');

const index = createRoute({
  method: 'post',
  path: '/api/papers/index',
  tags,
  security,
  summary: 'Ask for a paper of arXiv; nothing happens for one that is here',
  request: { body: sent(IndexBody) },
  responses: {
    200: json(Indexed, 'It is here, or will be soon'),
    ...REFUSED,
    404: json(ErrorSchema, 'arXiv did not know it when it was asked'),
  },
});

const paperLinks = createRoute({
  method: 'post',
  path: '/api/papers/{id}/links',
  tags,
  security,
  summary: 'Set the links of a paper, as its submitter or an editor',
  description: 'A link that is left out stays; null takes it away.',
  request: { params: PaperParam, body: sent(LinksBody) },
  responses: { 200: json(Indexed, 'They are set'), ...REFUSED, 404: NOT_FOUND },
});

const submission = createRoute({
  method: 'post',
  path: '/api/papers/submit',
  tags,
  security,
  summary: 'Submit a paper to the day’s list',
  request: { body: sent(SubmitBody) },
  responses: {
    303: { description: 'It is on the list: Location is its page' },
    202: json(Waiting, 'It must be fetched first: Location is the page that shows its state'),
    ...REFUSED,
    409: json(ErrorSchema, 'A rule stands against it: its age, its place on a list, the day'),
    503: json(ErrorSchema, 'It would have to be fetched, and this instance is offline'),
  },
});

/** Adds the routes to `api`, before those that would take `index` for an identity. */
export function addSubmitRoutes(api: OpenAPIHono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database, config } = app;
  const db = database.read;
  const ask = createPaperDesk(database);

  api.openapi(index, async (c) => {
    const { arxivId: id } = c.req.valid('json');
    if (await findPaper(db, id)) return c.json({}, 200);
    if (config.isOffline) throw new AppError('unavailable', 'This instance fetches nothing.');
    const asked = await ask({ id, client: viewerOf(c).person.id, today: app.today() });
    if (asked.is === 'refused') {
      throw new AppError('too-many', 'Too many papers are being fetched: try again in an hour.');
    }
    if (asked.is !== 'wanted') throw new AppError('not-found', `arXiv does not know ${id}.`);
    return c.json({}, 200);
  });

  api.openapi(paperLinks, async (c) => {
    const found = await findPaper(db, c.req.valid('param').id);
    if (!found) throw new AppError('not-found', 'Paper not found');
    await allowLinks(db, viewerOf(c), found.paper.key);
    const { projectPage, githubRepo } = c.req.valid('json');
    const given = parseLinks({ projectPage, githubRepo });
    await database.transact((tx) => setLinks(tx, found.paper.key, given));
    return c.json({}, 200);
  });

  api.openapi(submission, async (c) => {
    const viewer = viewerOf(c);
    const { paperId, comment, mediaUrls, projectPage, githubRepo } = c.req.valid('json');
    const draft = parseDraft({
      reference: paperId,
      comment: comment ?? '',
      projectPage: projectPage ?? '',
      githubRepo: githubRepo ?? '',
      mediaUrls: mediaUrls ?? [],
    });
    if (draft.comment !== '') allow(viewer, 'comment', config.people.reading);
    const submitted = await submit(
      database,
      { person: viewer.person, draft, today: app.today(), isOffline: config.isOffline },
      { submit: config.submit, comments: config.people },
    );
    if (submitted.is === 'listed') return c.redirect(pathOfPaper(submitted.paper.id), 303);
    const path = `/papers/submit/${submitted.submission.id}`;
    c.header('location', path);
    return c.json({ state: 'waiting', url: `${publicUrl()}${path}` } as never, 202);
  });
}

/** The wall lets nobody else to these routes. */
function viewerOf(c: Context<ApiEnv>): Viewer {
  const viewer = c.get('viewer');
  if (!viewer) throw new AppError('unauthorised', 'Sign in first, at /sign-in.');
  return viewer;
}
