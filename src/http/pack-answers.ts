import type { MiddlewareHandler } from 'hono';
import { chooseEncoding, isPackable, pack } from './encodings.ts';
import type { HttpEnv } from './requests.ts';

/**
 * Packs the pages that are kept for nobody: one's own, the answers to forms, and those that say what went wrong.
 * What they hold cannot be guessed from their length by other sites (BREACH), whose requests come without the
 * session's cookie unless they show the page to the reader.
 */
export const packAnswers: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next();
  const { res: answer } = c;
  const type = answer.headers.get('content-type') ?? '';
  if (c.get('hasAllHeaders') || c.req.method === 'HEAD' || !type.startsWith('text/html')) return;
  const encoding = chooseEncoding(c.req.header('accept-encoding') ?? '');
  if (encoding === 'identity') return;
  const plain = new Uint8Array(await answer.arrayBuffer());
  const headers = new Headers(answer.headers);
  headers.append('vary', 'accept-encoding');
  headers.delete('content-length');
  const isWorthIt = isPackable(type, plain.length);
  if (isWorthIt) headers.set('content-encoding', encoding);
  const body = isWorthIt ? await pack(plain, encoding) : plain;
  c.res = undefined;
  c.res = new Response(body, { status: answer.status, headers });
};
