// https://postmarkapp.com/developer/webhooks/bounce-webhook and the pages beside it
import { AppError } from '../../base/errors.ts';
import {
  isSame,
  type Json,
  objectIn,
  type Provider,
  type ProviderEvent,
  parseJson,
  textIn,
} from './provider.ts';

const MAX_METADATA = 80;

/**
 * Postmark gives each mail a Message-ID and a return path of its own; this is what it tells again. Nothing for
 * other servers.
 */
export function postmarkHeaders(host: string, messageId: string): Record<string, string> {
  if (!/(?:^|\.)postmarkapp\.com$/i.test(host)) return {};
  return { 'X-PM-Metadata-message': messageId.slice(0, MAX_METADATA) };
}

type Kind = ProviderEvent['kind'];

/** By the type of the bounce; a message that is merely delayed (`Transient`) and answers of machines are none. */
const BOUNCES = new Map<string, Kind>([
  ['HardBounce', 'hard bounce'],
  ['BadEmailAddress', 'hard bounce'],
  ['SoftBounce', 'soft bounce'],
  ['DnsError', 'soft bounce'],
  ['Blocked', 'soft bounce'],
  ['SpamNotification', 'soft bounce'],
  ['VirusNotification', 'soft bounce'],
  ['Unknown', 'soft bounce'],
  ['SpamComplaint', 'complaint'],
  ['Unsubscribe', 'unsubscribe'],
]);

/** `user:password`, which Postmark calls with. */
export function createPostmark(auth: string): Provider {
  const expected = `Basic ${Buffer.from(auth).toString('base64')}`;
  return {
    read({ header, body }) {
      if (!isSame(header('authorization') ?? '', expected)) {
        throw new AppError(
          'unauthorised',
          'Call with the user and password of BROADSHEET_POSTMARK_AUTH.',
        );
      }
      const event = eventOf(parseJson(body));
      return { events: event ? [event] : [] };
    },
  };
}

function eventOf(json: Json): ProviderEvent | undefined {
  const record = textIn(json, 'RecordType');
  const kind = record === 'SubscriptionChange' ? changeOf(json) : kindOf(record, json);
  if (!kind) return undefined;
  const at = textIn(json, 'BouncedAt') || textIn(json, 'ChangedAt');
  const words = [textIn(json, 'Description'), textIn(json, 'Details')].filter((text) => text);
  return {
    kind,
    email: textIn(json, 'Email') || textIn(json, 'Recipient') || undefined,
    messageId: textIn(objectIn(json, 'Metadata'), 'message') || undefined,
    // Numbers there may be too large for a program to tell apart.
    id: ['postmark', record, textIn(json, 'ID'), textIn(json, 'MessageID'), at].join(' '),
    detail: words.join(' ') || textIn(json, 'Type') || textIn(json, 'SuppressionReason'),
    at,
  };
}

function kindOf(record: string, json: Json): Kind | undefined {
  if (record === 'SpamComplaint') return 'complaint';
  return record === 'Bounce' ? BOUNCES.get(textIn(json, 'Type')) : undefined;
}

/** What the account's own people do there is their affair. */
function changeOf(json: Json): Kind | undefined {
  if (json.SuppressSending !== true) return undefined;
  const reason = textIn(json, 'SuppressionReason');
  if (reason === 'HardBounce') return 'hard bounce';
  if (reason === 'SpamComplaint') return 'complaint';
  const isReaders = textIn(json, 'Origin') === 'Recipient';
  return reason === 'ManualSuppression' && isReaders ? 'unsubscribe' : undefined;
}
