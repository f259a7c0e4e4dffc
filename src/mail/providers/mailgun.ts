// https://documentation.mailgun.com/docs/mailgun/user-manual/events/webhooks
import { createHmac } from 'node:crypto';
import { toInstant } from '../../base/calendar.ts';
import { AppError } from '../../base/errors.ts';
import { bounceKindOf } from '../bounce-kind.ts';
import {
  isSame,
  type Json,
  objectIn,
  type Provider,
  type ProviderEvent,
  parseJson,
  textIn,
} from './provider.ts';

/** Calls that failed are repeated for eight hours. */
const MAX_AGE_S = 12 * 3_600;
const MAX_AHEAD_S = 600;

export function createMailgun(key: string, present: () => number = Date.now): Provider {
  return {
    read({ body }) {
      const json = parseJson(body);
      const signature = objectIn(json, 'signature');
      const [timestamp, token] = [textIn(signature, 'timestamp'), textIn(signature, 'token')];
      const expected = createHmac('sha256', key)
        .update(timestamp + token)
        .digest('hex');
      const ageS = present() / 1_000 - Number(timestamp);
      if (token === '' || !isSame(textIn(signature, 'signature'), expected)) {
        throw new AppError('forbidden', 'The signature is not of BROADSHEET_MAILGUN_KEY.');
      }
      if (!(ageS < MAX_AGE_S && ageS > -MAX_AHEAD_S)) {
        throw new AppError('forbidden', 'The signature is too old: send the event anew.');
      }
      const event = eventOf(objectIn(json, 'event-data'));
      const until = (Number(timestamp) + MAX_AGE_S) * 1_000;
      return { events: event ? [event] : [], token: { value: `mailgun ${token}`, until } };
    },
  };
}

function eventOf(data: Json): ProviderEvent | undefined {
  const status = objectIn(data, 'delivery-status');
  const words = textIn(status, 'message') || textIn(status, 'description');
  const kind = kindOf(data, `${textIn(status, 'code')} ${words}`.trim());
  if (!kind) return undefined;
  const headers = objectIn(objectIn(data, 'message'), 'headers');
  return {
    kind,
    email: textIn(data, 'recipient') || undefined,
    messageId: textIn(headers, 'message-id') || undefined,
    returnPath: textIn(objectIn(data, 'envelope'), 'sender') || undefined,
    id: `mailgun ${textIn(data, 'id')}`,
    detail: words || textIn(data, 'reason') || textIn(data, 'event'),
    at: toInstant(Number(textIn(data, 'timestamp')) * 1_000),
  };
}

/**
 * A temporary failure is told at each of Mailgun's own attempts, of which the last may well succeed; when it gives
 * up, that comes as a permanent one with the reason `old`.
 */
function kindOf(data: Json, words: string): ProviderEvent['kind'] | undefined {
  switch (textIn(data, 'event')) {
    case 'complained':
      return 'complaint';
    case 'unsubscribed':
      return 'unsubscribe';
    case 'failed':
      if (textIn(data, 'severity') !== 'permanent') return undefined;
      return ofPermanent(textIn(data, 'reason'), words);
    default:
      return undefined;
  }
}

function ofPermanent(reason: string, words: string): ProviderEvent['kind'] {
  if (reason === 'suppress-complaint') return 'complaint';
  if (reason === 'suppress-unsubscribe') return 'unsubscribe';
  if (reason === 'suppress-bounce') return 'hard bounce';
  if (reason === 'old') return 'soft bounce';
  return /\b5\.\d{1,3}\.\d{1,3}\b/.test(words)
    ? `${bounceKindOf('', words)} bounce`
    : 'hard bounce';
}
