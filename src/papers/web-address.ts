// Addresses that people type to be shown as links.
import { AppError } from '../base/errors.ts';

const MAX_LENGTH = 500;

/** Undefined for an empty text. Throws `invalid`, with `what` in its sentence, for all but http(s) addresses. */
export function parseWebAddress(typed: string, what: string): string | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const isWeb =
    text.length <= MAX_LENGTH && /^https?:\/\/[^\s<>"]+$/i.test(text) && URL.canParse(text);
  const url = isWeb ? new URL(text) : undefined;
  if (url && url.username === '' && url.password === '' && url.hostname.includes('.')) {
    return url.href.length <= MAX_LENGTH ? url.href : text;
  }
  throw new AppError(
    'invalid',
    `${what} must be an address such as https://example.org/paper, of at most ${MAX_LENGTH} characters.`,
  );
}
