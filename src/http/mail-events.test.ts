// Calls of services that send mail for us, in the shapes that they document.
import { createHmac, createSign } from 'node:crypto';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { makeCertificate } from '../../tests/certificate.ts';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import type { ApiEnv } from '../api/api-env.ts';
import { returnPathOf } from '../digests/return-addresses.ts';
import { postmarkHeaders } from '../mail/providers/postmark.ts';
import { addMailEventRoutes } from '../web/mail-event-routes.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:bounces';
const POSTMARK_AUTH = 'broadsheet:a-long-password';
const MAILGUN_KEY = 'a-signing-key';
const SETTINGS = {
  BROADSHEET_MAIL_RETURN: 'returns@papers.example.org',
  BROADSHEET_SES_TOPICS: TOPIC,
  BROADSHEET_POSTMARK_AUTH: POSTMARK_AUTH,
  BROADSHEET_MAILGUN_KEY: MAILGUN_KEY,
};

async function openWorld(settings: Record<string, string> = SETTINGS) {
  const server = await openTestServer(settings);
  const { database } = server.app;
  const subscription = await addSubscription(database);
  const delivery = await addDelivery(database, { subscription_id: subscription });
  const heard = async () =>
    (await database.read.selectFrom('mail_events').selectAll().orderBy('id').execute()).map(
      ({ kind, email, delivery_id, source }) => [
        source,
        kind,
        email,
        ...(delivery_id ? [delivery_id] : []),
      ],
    );
  return { server, database, subscription, delivery, heard };
}

/** Without what a browser sends along, as programs call. */
async function call(
  server: TestServer,
  provider: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<number> {
  const request = new Request(`${server.url}/mail/events/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await server.server.fetch(request)).status;
}

const basic = (auth: string) => ({
  authorization: `Basic ${Buffer.from(auth).toString('base64')}`,
});

const postmarkBounce = (changes: object = {}) => ({
  RecordType: 'Bounce',
  MessageStream: 'outbound',
  ID: 692560173,
  Type: 'HardBounce',
  TypeCode: 1,
  Name: 'Hard bounce',
  MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
  Metadata: {},
  ServerID: 23,
  Description: 'The server was unable to deliver your message',
  Details: 'smtp;550 5.1.1 no such user',
  Email: 'ada@example.org',
  From: 'papers@papers.example.org',
  BouncedAt: '2025-10-29T08:00:00.0000000Z',
  Inactive: true,
  ...changes,
});

test('Postmark tells of bounces, complaints and unsubscribes, with its password alone', async () => {
  const { server, heard, delivery, database } = await openWorld();
  const post = (body: unknown, auth = POSTMARK_AUTH) => call(server, 'postmark', body, basic(auth));
  expect(await call(server, 'postmark', postmarkBounce())).toBe(401);
  expect(await post(postmarkBounce(), 'broadsheet:wrong')).toBe(401);
  expect(await post('not json')).toBe(400);
  expect(await heard()).toEqual([]);
  const messageId = `<d.${delivery}@papers.example.org>`;
  const given = postmarkHeaders('smtp.postmarkapp.com', messageId);
  expect(given).toEqual({ 'X-PM-Metadata-message': messageId });
  expect(postmarkHeaders('smtp.example.org', messageId)).toEqual({});
  const Metadata = { message: messageId };
  expect(await post(postmarkBounce({ Metadata }))).toBe(200);
  expect(await post(postmarkBounce({ Metadata }))).toBe(200);
  expect(await post(postmarkBounce({ ID: 7, Type: 'SoftBounce' }))).toBe(200);
  for (const Type of ['Transient', 'AutoResponder', 'constructor']) {
    expect(await post(postmarkBounce({ ID: 8, Type }))).toBe(200);
  }
  const complaint = { RecordType: 'SpamComplaint', Type: 'SpamComplaint', ID: 42 };
  expect(await post(postmarkBounce(complaint))).toBe(200);
  const change = {
    RecordType: 'SubscriptionChange',
    MessageID: '883953f4-6105-42a2-a16a-77a8eac79484',
    ChangedAt: '2025-10-29T09:00:00.416071Z',
    Recipient: 'ada@example.org',
    Origin: 'Recipient',
    SuppressSending: true,
    SuppressionReason: 'ManualSuppression',
  };
  expect(await post(change)).toBe(200);
  expect(await post({ ...change, Origin: 'Customer', MessageID: null })).toBe(200);
  expect(await post({ ...change, SuppressSending: false, SuppressionReason: null })).toBe(200);
  expect(await post({ RecordType: 'Delivery', Recipient: 'ada@example.org' })).toBe(200);
  expect(await heard()).toEqual([
    ['postmark', 'hard bounce', 'ada@example.org', delivery],
    ['postmark', 'soft bounce', 'ada@example.org'],
    ['postmark', 'complaint', 'ada@example.org'],
    ['postmark', 'unsubscribe', 'ada@example.org'],
  ]);
  const { reason } = await database.read
    .selectFrom('suppressions')
    .select('reason')
    .executeTakeFirstOrThrow();
  expect(reason).toBe('complaint');
});

test('addresses that this instance never wrote to are not kept', async () => {
  const { server, heard, database } = await openWorld();
  const bounce = postmarkBounce({ Email: 'stranger@example.org' });
  expect(await call(server, 'postmark', bounce, basic(POSTMARK_AUTH))).toBe(200);
  expect(await heard()).toEqual([]);
  expect(await database.read.selectFrom('suppressions').selectAll().execute()).toEqual([]);
});

let tokens = 0;

function mailgunCall(data: object, { key = MAILGUN_KEY, ageS = 0, token = '' } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageS);
  const own = token || `token-${tokens++}`;
  const signature = createHmac('sha256', key)
    .update(timestamp + own)
    .digest('hex');
  return { signature: { timestamp, token: own, signature }, 'event-data': data };
}

const mailgunFailure = (delivery: string, changes: object = {}) => ({
  event: 'failed',
  severity: 'permanent',
  reason: 'bounce',
  id: `G9Bn5sl1TC6nu79C8C0bwg-${tokens}`,
  timestamp: 1_761_724_800.1,
  recipient: 'ada@example.org',
  'delivery-status': { code: 550, message: '5.1.1 no such user', 'attempt-no': 1 },
  envelope: { sender: 'papers@papers.example.org', targets: 'ada@example.org', transport: 'smtp' },
  message: { headers: { 'message-id': `d.${delivery}@papers.example.org`, to: 'ada@example.org' } },
  ...changes,
});

test('Mailgun tells with a signature that holds once, and not for ever', async () => {
  const { server, heard, delivery } = await openWorld();
  const post = (body: unknown) => call(server, 'mailgun', body);
  const data = mailgunFailure(delivery);
  expect(await post(mailgunCall(data, { key: 'another-key' }))).toBe(403);
  expect(await post(mailgunCall(data, { ageS: 13 * 3_600 }))).toBe(403);
  expect(await post(mailgunCall(data, { ageS: -3_600 }))).toBe(403);
  expect(await post({ 'event-data': data })).toBe(403);
  expect(await heard()).toEqual([]);
  expect(await post(mailgunCall(data, { token: 'once' }))).toBe(200);
  expect(await post(mailgunCall(mailgunFailure(delivery), { token: 'once' }))).toBe(403);
  const changed = mailgunCall(data);
  changed.signature.timestamp = String(Number(changed.signature.timestamp) + 1);
  expect(await post(changed)).toBe(403);
  expect(await heard()).toEqual([['mailgun', 'hard bounce', 'ada@example.org', delivery]]);
});

const MAILGUN_EVENTS: [string, object, string | undefined][] = [
  [
    'a mailbox that is full',
    { 'delivery-status': { code: 552, message: '5.2.2 full' } },
    'soft bounce',
  ],
  ['an attempt that Mailgun repeats', { severity: 'temporary' }, undefined],
  ['giving up', { reason: 'old', 'delivery-status': { code: 602 } }, 'soft bounce'],
  ['a complaint of before', { reason: 'suppress-complaint' }, 'complaint'],
  ['a complaint', { event: 'complained' }, 'complaint'],
  ['an unsubscribe', { event: 'unsubscribed' }, 'unsubscribe'],
  ['an opening', { event: 'opened' }, undefined],
];

test('Mailgun’s events are taken as what they are', async () => {
  const { server, database } = await openWorld();
  for (const [name, changes, kind] of MAILGUN_EVENTS) {
    const delivery = await addDelivery(database);
    const body = mailgunCall(mailgunFailure(delivery, changes));
    expect([name, await call(server, 'mailgun', body)]).toEqual([name, 200]);
    const events = await database.read
      .selectFrom('mail_events')
      .select('kind')
      .where('delivery_id', '=', delivery)
      .execute();
    expect([name, events]).toEqual([name, kind ? [{ kind }] : []]);
  }
});

const SIGNER = makeCertificate(['-newkey', 'rsa:2048']);
const CERTIFICATE_URL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1a2b.pem';

function snsMessage(changes: Record<string, string>, { key = SIGNER.key } = {}) {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: TOPIC,
    Timestamp: '2025-10-29T08:00:00.000Z',
    SignatureVersion: '2',
    SigningCertURL: CERTIFICATE_URL,
    ...changes,
  };
  const names =
    message.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names
    .flatMap((name) => (name in message ? [`${name}\n${message[name]}\n`] : []))
    .join('');
  const algorithm = message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  return { ...message, Signature: createSign(algorithm).update(text).sign(key, 'base64') };
}

const sesMail = (changes: object) => ({
  timestamp: '2025-10-29T07:59:58.000Z',
  source: 'papers@papers.example.org',
  messageId: '00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa0680-000000',
  destination: ['ada@example.org'],
  ...changes,
});

const sesBounce = (mail: object, changes: object = {}) =>
  JSON.stringify({
    notificationType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'ada@example.org',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 <ada@example.org>... User',
        },
      ],
      timestamp: '2025-10-29T08:00:00.000Z',
      feedbackId: '00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa068a-000000',
      ...changes,
    },
    mail: sesMail(mail),
  });

async function openSes() {
  const world = await openWorld();
  const fetched: string[] = [];
  const web = new Hono<ApiEnv>();
  addMailEventRoutes(web, world.server.app, async (url) => {
    fetched.push(url);
    return Buffer.from(SIGNER.cert);
  });
  const post = async (message: object) => {
    const body = JSON.stringify(message);
    return (await web.request('/mail/events/ses', { method: 'POST', body })).status;
  };
  return { ...world, fetched, post };
}

test('SES tells by SNS with either signature, and its certificate is fetched once', async () => {
  const { server, post, heard, fetched, delivery, database } = await openSes();
  const other = await addDelivery(database, { email: 'grace@example.org' });
  const messageId = `<d.${delivery}@papers.example.org>`;
  const headers = [{ name: 'Message-ID', value: messageId }];
  expect(await post(snsMessage({ Message: sesBounce({ headers }), Subject: 'Bounce' }))).toBe(200);
  expect(await post(snsMessage({ Message: sesBounce({ headers }) }))).toBe(200);
  const returns = {
    returnAddress: SETTINGS.BROADSHEET_MAIL_RETURN,
    secret: server.app.secret(),
  };
  const complaint = JSON.stringify({
    eventType: 'Complaint',
    complaint: {
      complainedRecipients: [{ emailAddress: 'grace@example.org' }],
      timestamp: '2025-10-29T09:00:00.000Z',
      feedbackId: '000001378603177f-18c07c78-fa81-4a58-9dd1-fedc3cb8f49a-000000',
      complaintFeedbackType: 'abuse',
    },
    mail: sesMail({ source: returnPathOf(returns, other) }),
  });
  expect(await post(snsMessage({ Message: complaint, SignatureVersion: '1' }))).toBe(200);
  const transient = { bounceType: 'Transient', bounceSubType: 'MailboxFull', feedbackId: 'other' };
  const full = sesBounce({ commonHeaders: { messageId } }, transient);
  expect(await post(snsMessage({ Message: full }))).toBe(200);
  for (const Message of ['Successfully validated SNS topic', '{"notificationType":"Delivery"}']) {
    expect(await post(snsMessage({ Message }))).toBe(200);
  }
  expect(await heard()).toEqual([
    ['ses', 'hard bounce', 'ada@example.org', delivery],
    ['ses', 'complaint', 'grace@example.org', other],
    ['ses', 'soft bounce', 'ada@example.org', delivery],
  ]);
  expect(fetched).toEqual([CERTIFICATE_URL]);
});

test('a subscription of an allowed topic is confirmed at Amazon, and nowhere else', async () => {
  const { post, fetched } = await openSes();
  const confirmation = {
    Type: 'SubscriptionConfirmation',
    Message: 'You have chosen to subscribe to the topic.',
    Token: '2336412f37',
    SubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}`,
  };
  const elsewhere = [
    'http://sns.eu-west-1.amazonaws.com/',
    'https://sns.eu-west-1.amazonaws.com.attacker.example/',
    'https://attacker.example/',
    'https://bucket.s3.amazonaws.com/',
    'https://sns.eu-west-1.amazonaws.com:8443/',
  ];
  for (const SubscribeURL of elsewhere) {
    expect(await post(snsMessage({ ...confirmation, SubscribeURL }))).toBe(403);
  }
  expect(fetched).toEqual([CERTIFICATE_URL]);
  expect(await post(snsMessage(confirmation))).toBe(200);
  expect(fetched).toEqual([CERTIFICATE_URL, confirmation.SubscribeURL]);
});

test('what Amazon did not sign is refused before anything is fetched from elsewhere', async () => {
  const { post, heard, fetched, delivery } = await openSes();
  const Message = sesBounce({ commonHeaders: { messageId: `d.${delivery}@papers.example.org` } });
  const genuine = snsMessage({ Message });
  const refused = [
    snsMessage({ Message, TopicArn: `${TOPIC}-of-others` }),
    snsMessage({ Message, SigningCertURL: 'https://attacker.example/SimpleNotification.pem' }),
    snsMessage({ Message, SigningCertURL: CERTIFICATE_URL.replace('https', 'http') }),
    snsMessage({ Message, SigningCertURL: CERTIFICATE_URL.replace('.pem', '.txt') }),
    snsMessage({ Message, SignatureVersion: 'constructor' }),
    snsMessage({ Message }, { key: makeCertificate(['-newkey', 'rsa:2048']).key }),
    { ...genuine, Message: Message.replace('Permanent', 'Transient') },
    { ...genuine, Signature: '' },
    { ...genuine, Signature: undefined },
  ];
  for (const message of refused) expect(await post(message)).toBe(403);
  expect(new Set(fetched)).toEqual(new Set([CERTIFICATE_URL]));
  expect(await heard()).toEqual([]);
});

test('a service that is not set up has no address', async () => {
  const { server } = await openWorld({});
  for (const provider of ['ses', 'postmark', 'mailgun', 'constructor']) {
    expect(await call(server, provider, {})).toBe(404);
  }
});

test('a call that is larger than any event is refused', async () => {
  const { server } = await openWorld();
  const large = postmarkBounce({ Details: 'x'.repeat(1_100_000) });
  expect(await call(server, 'postmark', large, basic(POSTMARK_AUTH))).toBe(400);
});
