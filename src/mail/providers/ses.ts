// Amazon SES tells by SNS: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html and
// https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
import { createVerify, X509Certificate } from 'node:crypto';
import { AppError } from '../../base/errors.ts';
import {
  type Json,
  listIn,
  objectIn,
  type Provider,
  type ProviderEvent,
  parseJson,
  textIn,
} from './provider.ts';

/** What an address of Amazon's answers. */
export type FetchAmazon = (url: string) => Promise<Buffer>;

const HOST = /^sns\.[a-z0-9-]{3,40}\.amazonaws\.com(?:\.cn)?$/;
const SIGNED = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const SIGNED_CONFIRMATION = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
];
/** By SignatureVersion. */
const ALGORITHMS = new Map([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
]);
const MAX_CERTIFICATES = 10;

/** `fetchAmazon` is asked for certificates, once each, and to confirm subscriptions. */
export function createSes(topics: string[], fetchAmazon: FetchAmazon): Provider {
  const findCertificate = certificatesOf(fetchAmazon);
  return {
    async read({ body }) {
      const message = parseJson(body);
      if (!topics.includes(textIn(message, 'TopicArn'))) {
        throw new AppError('forbidden', 'The topic is not one of BROADSHEET_SES_TOPICS.');
      }
      await refuseForged(message, findCertificate);
      const type = textIn(message, 'Type');
      if (type === 'SubscriptionConfirmation') {
        await fetchAmazon(amazonUrl(textIn(message, 'SubscribeURL')));
      }
      return { events: type === 'Notification' ? eventsOf(textIn(message, 'Message')) : [] };
    },
  };
}

async function refuseForged(
  message: Json,
  findCertificate: (url: string) => Promise<X509Certificate>,
): Promise<void> {
  const isNotification = textIn(message, 'Type') === 'Notification';
  const names = isNotification ? SIGNED : SIGNED_CONFIRMATION;
  const text = names
    .filter((name) => typeof message[name] === 'string')
    .map((name) => `${name}\n${textIn(message, name)}\n`)
    .join('');
  const version = textIn(message, 'SignatureVersion');
  const algorithm = ALGORITHMS.get(version);
  if (!algorithm) throw forged();
  const { publicKey } = await findCertificate(amazonUrl(textIn(message, 'SigningCertURL')));
  const signature = textIn(message, 'Signature');
  const isGenuine = createVerify(algorithm).update(text).verify(publicKey, signature, 'base64');
  if (!isGenuine) throw forged();
}

function forged(): AppError {
  return new AppError('forbidden', 'The signature is not one of Amazon SNS.');
}

function amazonUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.port === '' && url.username === '' && url.password === '';
  if (url?.protocol !== 'https:' || !isPlain || !HOST.test(url.hostname)) throw forged();
  return url.href;
}

function certificatesOf(fetchAmazon: FetchAmazon): (url: string) => Promise<X509Certificate> {
  const known = new Map<string, X509Certificate>();
  return async (url) => {
    if (!/\.pem$/.test(new URL(url).pathname)) throw forged();
    const certificate = known.get(url) ?? readCertificate(await fetchAmazon(url));
    const at = Date.now();
    if (Date.parse(certificate.validTo) < at || Date.parse(certificate.validFrom) > at) {
      known.delete(url);
      throw forged();
    }
    if (known.size >= MAX_CERTIFICATES) known.clear();
    known.set(url, certificate);
    return certificate;
  };
}

function readCertificate(pem: Buffer): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw forged();
  }
}

/** Nothing for what is no notification of SES, such as the greeting to a new topic. */
function eventsOf(text: string): ProviderEvent[] {
  let json: Json;
  try {
    json = parseJson(text);
  } catch {
    return [];
  }
  const type = textIn(json, 'notificationType') || textIn(json, 'eventType');
  const mail = mailOf(objectIn(json, 'mail'));
  if (type === 'Bounce') return bouncesOf(objectIn(json, 'bounce'), mail);
  if (type === 'Complaint') return complaintsOf(objectIn(json, 'complaint'), mail);
  return [];
}

type Mail = Pick<ProviderEvent, 'messageId' | 'returnPath'>;

/** SES gives each mail a Message-ID of its own; that of before is among the headers, if it is set to tell them. */
function mailOf(mail: Json): Mail {
  const header = listIn(mail, 'headers').find(
    (one) => textIn(one, 'name').toLowerCase() === 'message-id',
  );
  const messageId = header
    ? textIn(header, 'value')
    : textIn(objectIn(mail, 'commonHeaders'), 'messageId');
  return { messageId: messageId || undefined, returnPath: textIn(mail, 'source') || undefined };
}

function bouncesOf(bounce: Json, mail: Mail): ProviderEvent[] {
  const kind = textIn(bounce, 'bounceType') === 'Permanent' ? 'hard bounce' : 'soft bounce';
  const about = textIn(bounce, 'bounceSubType');
  return listIn(bounce, 'bouncedRecipients').map((recipient, index) => ({
    ...mail,
    kind,
    email: textIn(recipient, 'emailAddress') || undefined,
    id: `ses ${textIn(bounce, 'feedbackId')} ${index}`,
    detail: textIn(recipient, 'diagnosticCode').replace(/^smtp;\s*/, '') || about,
    at: textIn(bounce, 'timestamp'),
  }));
}

function complaintsOf(complaint: Json, mail: Mail): ProviderEvent[] {
  const type = textIn(complaint, 'complaintFeedbackType');
  if (type === 'not-spam') return [];
  return listIn(complaint, 'complainedRecipients').map((recipient, index) => ({
    ...mail,
    kind: 'complaint' as const,
    email: textIn(recipient, 'emailAddress') || undefined,
    id: `ses ${textIn(complaint, 'feedbackId')} ${index}`,
    detail: type || textIn(complaint, 'complaintSubType'),
    at: textIn(complaint, 'timestamp'),
  }));
}
