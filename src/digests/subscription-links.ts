// Addresses that work without an account; the one that changes things does for ever.
import { signId } from './signed-id.ts';

/** A link to confirm is good for so long. */
export const CONFIRM_HOURS = 48;
const HOUR_MS = 3_600_000;

/** Of an instance: its public address, and its secret. */
export type LinkMaker = { url: string; secret: string };

export function confirmAddress({ url, secret }: LinkMaker, id: string): string {
  const token = signId(secret, 'confirm subscription', id, Date.now() + CONFIRM_HOURS * HOUR_MS);
  return `${url}/subscribe/confirm/${token}`;
}

/** Shows the subscription and changes everything of it. */
export function manageAddress({ url, secret }: LinkMaker, id: string): string {
  return `${url}/subscription/${signId(secret, 'manage subscription', id)}`;
}
