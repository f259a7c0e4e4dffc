// Who a token belongs to, as `hf auth whoami` asks it.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { App } from '../app.ts';
import { assetPath } from '../base/assets.ts';
import { AppError } from '../base/errors.ts';
import { findToken } from '../people/api-tokens.ts';
import { json } from './answers.ts';
import type { ApiEnv } from './api-env.ts';
import { ErrorSchema } from './schemas.ts';

const WhoAmI = z
  .object({
    type: z.literal('user'),
    id: z.string(),
    name: z.string().openapi({ description: 'The handle', example: 'ada-lovelace' }),
    fullname: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    avatarUrl: z.string(),
    isPro: z.boolean(),
    orgs: z.array(z.object({})),
    auth: z.object({
      type: z.enum(['access_token', 'session']),
      accessToken: z
        .object({
          displayName: z.string(),
          role: z
            .enum(['read', 'write'])
            .openapi({ description: 'write: it may do more than read' }),
          createdAt: z.string().openapi({ format: 'date-time' }),
        })
        .optional(),
    }),
  })
  .openapi('WhoAmI');

const whoAmI = createRoute({
  method: 'get',
  path: '/api/whoami-v2',
  tags: ['People'],
  summary: 'Whose token, or session, comes along',
  description: 'Any token may ask, whatever its scopes.',
  responses: {
    200: json(WhoAmI, 'The person'),
    401: json(ErrorSchema, 'No token and no session came along, or one that is over'),
  },
});

export function addWhoAmIRoute(api: OpenAPIHono<ApiEnv>, app: App, publicUrl: () => string): void {
  const db = app.database.read;
  api.openapi(whoAmI, async (c) => {
    const viewer = c.get('viewer');
    if (!viewer) throw new AppError('unauthorised', 'Send a token, or sign in first, at /sign-in.');
    const { person, tokenId } = viewer;
    const token = tokenId === undefined ? undefined : await findToken(db, person.id, tokenId);
    const { email_verified } = await db
      .selectFrom('people')
      .select('email_verified')
      .where('id', '=', person.id)
      .executeTakeFirstOrThrow();
    return c.json(
      {
        type: 'user' as const,
        id: person.id,
        name: person.handle,
        fullname: person.name,
        email: person.email,
        emailVerified: email_verified === 1,
        avatarUrl: `${publicUrl()}${assetPath('icon.svg')}`,
        isPro: false,
        orgs: [],
        auth: token
          ? {
              type: 'access_token' as const,
              accessToken: {
                displayName: token.name,
                role: token.scopes.some((scope) => scope !== 'read')
                  ? ('write' as const)
                  : ('read' as const),
                createdAt: token.createdAt,
              },
            }
          : { type: 'session' as const },
      },
      200,
    );
  });
}
