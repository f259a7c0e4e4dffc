// Keyset cursors: the sort key of the last item of a page, so that a page begins right after it
// however the list has grown meanwhile.
import { type Instant, toInstant } from './calendar.ts';
import { AppError } from './errors.ts';

/** Place in a list sorted by time, then key, both descending. */
export type Cursor = { publishedAt: Instant; key: number };

export function renderCursor({ publishedAt, key }: Cursor): string {
  return Buffer.from(`${publishedAt} ${key}`).toString('base64url');
}

/** Throws `invalid` for text that is no cursor of ours. */
export function parseCursor(text: string): Cursor {
  const [time = '', key = '', ...rest] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const publishedAt = toInstant(time);
  if (publishedAt === time && /^\d{1,15}$/.test(key) && rest.length === 0) {
    return { publishedAt, key: Number(key) };
  }
  throw new AppError(
    'invalid',
    'The cursor is not one that this server gave: start again without it.',
  );
}
