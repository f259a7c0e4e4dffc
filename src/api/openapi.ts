// The API's description, out of the schemas that check it.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from './api-env.ts';

export const OPENAPI_PATH = '/api/openapi.json';

export type OpenApiDocument = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>;

/** The document of all routes of `api`. */
export function describeApi(
  api: OpenAPIHono<ApiEnv>,
  info: { name: string; version: string; url: string },
): OpenApiDocument {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: `${info.name} API`,
      version: info.version,
      description:
        'Papers by day as JSON, field for field as in Hugging Face’s papers API. Errors are {"error": …}.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: info.url }],
  });
}

const answer = (description: string, type: string) => ({
  200: { description, content: { [type]: { schema: z.string() } } },
});

/** Routes that are answered elsewhere and belong into the description. */
export function describePlainRoutes(api: OpenAPIHono<ApiEnv>): void {
  const unready = { description: 'Not ready', content: { 'text/plain': { schema: z.string() } } };
  const routes = [
    { path: OPENAPI_PATH, summary: 'This description', ...as('The document', 'application/json') },
    { path: '/api/docs', summary: 'This description as a page', ...as('The page', 'text/html') },
    { path: '/healthz', summary: 'Whether the process answers', ...as('It does', 'text/plain') },
    { path: '/metrics', summary: 'Measures for Prometheus', ...as('The measures', 'text/plain') },
  ];
  for (const route of routes) {
    api.openAPIRegistry.registerPath(createRoute({ method: 'get', tags: ['Server'], ...route }));
  }
  api.openAPIRegistry.registerPath(
    createRoute({
      method: 'get',
      path: '/readyz',
      tags: ['Server'],
      summary: 'Whether the database answers and its schema is current',
      responses: { ...answer('Ready', 'text/plain'), 503: unready },
    }),
  );
}

function as(description: string, type: string) {
  return { responses: answer(description, type) };
}
