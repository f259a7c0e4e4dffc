import { AppError } from '../base/errors.ts';
import type { WebContext } from './site.ts';

/** Text fields of a form, the last of each name. Throws `invalid` for what is no form. */
export async function fieldsOf(c: WebContext): Promise<Record<string, string | undefined>> {
  const body = await c.req.parseBody().catch(() => {
    throw new AppError('invalid', 'The form could not be read: send it again.');
  });
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
