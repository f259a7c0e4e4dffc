// Links that work without an account: an id, and proof that this instance gave it away. Lower case
// only, since mail programs fold the case of addresses.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { keyFor } from '../people/secret.ts';

/** A proof for one purpose is worth nothing for another. */
export type Purpose =
  | 'confirm subscription'
  | 'manage subscription'
  | 'end subscription'
  | 'end alert'
  | 'bounced delivery';

/** 80 bits in hexadecimal. */
const PROOF_LENGTH = 20;

/** 100 random bits in lower-case letters and digits: of subscriptions, deliveries, alerts and channels. */
export function newId(): string {
  return BigInt(`0x${randomBytes(13).toString('hex')}`)
    .toString(36)
    .padStart(21, '0')
    .slice(-20);
}

/** `expiresAt` in milliseconds since 1970; without it the token holds for ever. */
export function signId(secret: string, purpose: Purpose, id: string, expiresAt?: number): string {
  const signed =
    expiresAt === undefined ? id : `${id}-${Math.ceil(expiresAt / 1_000).toString(36)}`;
  return `${signed}-${proofOf(secret, purpose, signed)}`;
}

/** The id of a token of that purpose; undefined for anything that is none. */
export function readSignedId(
  secret: string,
  purpose: Purpose,
  token: string,
  at = Date.now(),
): { id: string; isExpired: boolean } | undefined {
  const match = /^(([0-9a-z]{1,40})(?:-([0-9a-z]{1,10}))?)-([0-9a-f]{20})$/.exec(
    token.toLowerCase(),
  );
  if (!match) return undefined;
  const [, signed = '', id = '', expiry, proof = ''] = match;
  const isGenuine = timingSafeEqual(
    Buffer.from(proof),
    Buffer.from(proofOf(secret, purpose, signed)),
  );
  if (!isGenuine) return undefined;
  return { id, isExpired: expiry !== undefined && Number.parseInt(expiry, 36) * 1_000 < at };
}

function proofOf(secret: string, purpose: Purpose, signed: string): string {
  return createHmac('sha256', keyFor(secret, purpose))
    .update(signed)
    .digest('hex')
    .slice(0, PROOF_LENGTH);
}
