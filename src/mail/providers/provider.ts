// Services that send mail for us, and call when something becomes of it.
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../base/errors.ts';

/** As its service tells it, before anybody knows which delivery it is about. */
export type ProviderEvent = {
  kind: 'hard bounce' | 'soft bounce' | 'complaint' | 'unsubscribe';
  email: string | undefined;
  /** The Message-ID that the mail was handed over with. */
  messageId?: string | undefined;
  /** The envelope's sender that it was handed over with. */
  returnPath?: string | undefined;
  /** The same when the service tells it again. */
  id: string;
  detail: string;
  at: string | undefined;
};

export type ProviderCall = {
  header(name: string): string | undefined;
  body: string;
};

export type Told = {
  events: ProviderEvent[];
  /** May be used once, until then in milliseconds since 1970. */
  token?: { value: string; until: number };
};

export interface Provider {
  /** Throws `unauthorised` or `forbidden` for calls of others, and `invalid` for what cannot be read. */
  read(call: ProviderCall): Promise<Told> | Told;
}

export type Json = { [name: string]: unknown };

/** Throws `invalid`. */
export function parseJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new AppError('invalid', 'The call is not a JSON object: see docs/mail.md.');
}

/** The object of that name; an empty one where there is none. */
export function objectIn(json: Json, name: string): Json {
  const value = json[name];
  return isObject(value) ? value : {};
}

export function listIn(json: Json, name: string): Json[] {
  const value = json[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Numbers as they are written; '' for anything else that is no text. */
export function textIn(json: Json, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes as long for any two texts. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
