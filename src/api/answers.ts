// Parts of the descriptions of routes that many share.
import type { z } from '@hono/zod-openapi';
import { ErrorSchema } from './schemas.ts';

export const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
export const INVALID = json(
  ErrorSchema,
  'A parameter is wrong; the message says which and how to write it',
);
export const NOT_FOUND = json(ErrorSchema, 'There is no such paper here');
