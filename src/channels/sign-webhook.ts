import { createHmac } from 'node:crypto';

/**
 * `t=<seconds since 1970>,v1=<HMAC-SHA256 of "seconds.body" in hexadecimal>`. The time is signed too, so that a
 * receiver can turn away what somebody kept and sends again.
 */
export function signWebhook(secret: string, body: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1_000);
  const proof = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${proof}`;
}
