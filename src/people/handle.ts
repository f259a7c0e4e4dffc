// Handles: the names in addresses and mentions.
import { randomBytes } from 'node:crypto';
import { AppError } from '../base/errors.ts';

const HANDLE = /^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){1,29}$/;
/** Words that would be taken for the instance itself. */
const RESERVED = new Set(
  'admin administrator api about anonymous broadsheet deleted editor editors everyone help me moderator root staff support system'.split(
    ' ',
  ),
);

/** Throws `invalid` for what cannot be a handle. */
export function parseHandle(text: string): string {
  const handle = text.trim().replace(/^@/, '').toLowerCase();
  if (!HANDLE.test(handle)) {
    throw new AppError(
      'invalid',
      'A handle has 2 to 30 small letters, digits and single hyphens: choose one such as ada-lovelace.',
    );
  }
  if (RESERVED.has(handle)) {
    throw new AppError('conflict', `The handle ${handle} is taken: choose another.`);
  }
  return handle;
}

/** A first handle for someone, which tells nothing of their address; they may choose another. */
export function suggestHandle(name: string): string {
  const base = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 20)
    .replace(/-+$/, '');
  return `${base || 'reader'}-${randomBytes(3).toString('hex')}`;
}
