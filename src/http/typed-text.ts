import type { Context } from 'hono';
import type { HttpEnv } from './requests.ts';

/** The fields in which people write more than a line. */
const FIELDS = ['text', 'comment', 'note', 'reason', 'introduction', 'about'];
const MAX_BYTES = 1_048_576;

/**
 * What somebody typed into a form of ours that was refused before its route saw it, as when the session
 * ended meanwhile: the page that says so gives it back. Undefined where there is nothing of that kind.
 */
export async function findTypedText(c: Context<HttpEnv>): Promise<string | undefined> {
  const { req } = c;
  const isOurForm =
    req.method === 'POST' &&
    req.header('sec-fetch-site') === 'same-origin' &&
    req.header('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  const isBounded =
    req.header('transfer-encoding') === undefined &&
    Number(req.header('content-length') ?? 0) <= MAX_BYTES;
  if (!isOurForm || !isBounded) return undefined;
  try {
    const form = await req.parseBody();
    const field = FIELDS.find((name) => typeof form[name] === 'string' && form[name] !== '');
    return field && (form[field] as string);
  } catch {
    // The route may have read it already, or it never came.
    return undefined;
  }
}
