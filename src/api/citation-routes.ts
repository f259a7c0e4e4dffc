// Citations over the API: one paper in the form that is asked for.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { contentTypeOf, FORMATS, renderCitations } from '../citations/formats.ts';
import { referenceOf } from '../citations/reference.ts';
import { STYLES } from '../citations/style/styles.ts';
import { findPaper } from '../papers/paper-store.ts';
import { INVALID, NOT_FOUND } from './answers.ts';
import type { ApiEnv } from './api-env.ts';
import { PaperParam } from './schemas.ts';

const STYLE_IDS = STYLES.map(({ id }) => id);
const text = { schema: z.string() };

const citation = createRoute({
  method: 'get',
  path: '/api/papers/{id}/citation',
  tags: ['Papers'],
  summary: 'How to cite a paper',
  description:
    'The text itself, as the page of the paper gives it to whoever accepts its media type. `style` counts for format=text.',
  request: {
    params: PaperParam,
    query: z.object({
      format: z.enum(FORMATS).default('bibtex'),
      style: z.enum(STYLE_IDS).default('apa'),
    }),
  },
  responses: {
    200: {
      description: 'The citation',
      content: {
        'application/x-bibtex': text,
        'application/x-research-info-systems': text,
        'application/vnd.citationstyles.csl+json': text,
        'text/x-bibliography': text,
      },
    },
    400: INVALID,
    404: NOT_FOUND,
  },
});

export function addCitationRoute(
  api: OpenAPIHono<ApiEnv>,
  app: App,
  publicUrl: () => string,
): void {
  api.openapi(citation, async (c) => {
    const found = await findPaper(app.database.read, c.req.valid('param').id);
    if (!found) throw new AppError('not-found', 'Paper not found');
    const form = c.req.valid('query');
    const body = await renderCitations([referenceOf(found.paper, publicUrl())], form);
    return c.body(body, 200, { 'content-type': contentTypeOf(form) }) as never;
  });
}
