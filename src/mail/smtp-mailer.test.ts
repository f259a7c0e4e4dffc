import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { selfSignedCertificate } from '../../tests/certificate.ts';
import { parseConfig } from '../config.ts';
import { type Mailer, MailFailure, type MailMessage } from './mailer.ts';
import { openMailer } from './open-mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const MESSAGE: MailMessage = {
  to: 'ada@example.org',
  subject: 'Sign in to Broadsheet – “today”',
  text: 'Follow this link: https://papers.example.org/sign-in?token=abc\r\n.\r\nZoë',
};
const SECRET = 'pa:ss/wörd%';
const CREDENTIALS = `me%40example.org:${encodeURIComponent(SECRET)}`;

type Delivery = { mail: ParsedMail; isSecure: boolean; user: string | undefined };

async function startServer(options: SMTPServerOptions = {}, host = '127.0.0.1') {
  const deliveries: Delivery[] = [];
  const logins: (string | undefined)[] = [];
  let connections = 0;
  const server = new SMTPServer({
    ...selfSignedCertificate(),
    authOptional: true,
    allowInsecureAuth: true,
    onAuth({ username, password }, _, done) {
      logins.push(username);
      if (password === SECRET) done(null, { user: username });
      else done(new Error(`no such ${username} with ${password}`));
    },
    onConnect(_, done) {
      connections++;
      done();
    },
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        const user = session.user as string | undefined;
        deliveries.push({ mail, isSecure: session.secure, user });
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, host);
  await once(server.server, 'listening');
  onTestFinished(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { host: `${host}:${port}`, deliveries, logins, connections: () => connections };
}

function open(url: string, timeoutMs?: number): Mailer {
  const mailer = createSmtpMailer({
    url,
    from: { name: 'The “Papers”', address: 'broadsheet@papers.example.org' },
    domain: 'papers.example.org',
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  onTestFinished(() => mailer.close());
  return mailer;
}

async function failure(work: Promise<unknown>): Promise<MailFailure> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(MailFailure);
  const told = [error.message, error.stack, String(error.cause), JSON.stringify(error)].join('\n');
  for (const secret of [
    SECRET,
    encodeURIComponent(SECRET),
    Buffer.from(SECRET).toString('base64'),
  ]) {
    expect(told).not.toContain(secret);
  }
  expect(error.code).toBe('unavailable');
  return error;
}

test('a message arrives as it was written', async () => {
  const server = await startServer({ disabledCommands: ['AUTH', 'STARTTLS'] });
  const mailer = open(`smtp://${server.host}`);
  const html = '<p>Follow <a href="https://papers.example.org/">this</a>.</p>';
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Day': '2025-10-29' };
  const sent = await mailer.send({ ...MESSAGE, html, headers });
  expect(mailer.kind).toBe('smtp');
  expect(sent.messageId).toMatch(/^<[\da-f-]{36}@papers\.example\.org>$/);
  expect(server.deliveries).toHaveLength(1);
  const mail = server.deliveries[0]?.mail as ParsedMail;
  expect(mail.messageId).toBe(sent.messageId);
  expect(mail.subject).toBe(MESSAGE.subject);
  expect(mail.text?.trim()).toBe(MESSAGE.text.replaceAll('\r\n', '\n'));
  expect(mail.html).toContain(html);
  expect(mail.from?.value).toEqual([
    { name: 'The “Papers”', address: 'broadsheet@papers.example.org' },
  ]);
  expect((mail.to as AddressObject).value).toEqual([{ name: '', address: MESSAGE.to }]);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('x-day')).toBe('2025-10-29');
  expect(Math.abs(Date.now() - (mail.date as Date).getTime())).toBeLessThan(3_600_000);
});

test('messages share connections', async () => {
  const server = await startServer({ disabledCommands: ['AUTH', 'STARTTLS'] });
  const mailer = open(`smtp://${server.host}`);
  await Promise.all(Array.from({ length: 10 }, () => mailer.send(MESSAGE)));
  expect(server.deliveries).toHaveLength(10);
  expect(server.connections()).toBeLessThanOrEqual(2);
});

test('user and password are given, over STARTTLS where the server has it', async () => {
  const server = await startServer();
  await open(`smtp://${CREDENTIALS}@${server.host}`).send(MESSAGE);
  expect(server.deliveries).toMatchObject([{ isSecure: true, user: 'me@example.org' }]);
});

test('smtps is encrypted from the beginning', async () => {
  const server = await startServer({ secure: true });
  await open(`smtps://${CREDENTIALS}@${server.host}`).send(MESSAGE);
  expect(server.deliveries).toMatchObject([{ isSecure: true, user: 'me@example.org' }]);
});

test('this machine may take a password without encryption, others may not', async () => {
  const near = await startServer({ disabledCommands: ['STARTTLS'] });
  await open(`smtp://${CREDENTIALS}@${near.host}`).send(MESSAGE);
  expect(near.deliveries).toMatchObject([{ isSecure: false, user: 'me@example.org' }]);
  const far = await startServer({ disabledCommands: ['STARTTLS'] }, '127.0.0.2');
  const error = await failure(open(`smtp://${CREDENTIALS}@${far.host}`).send(MESSAGE));
  expect(error.message).toContain('offers no encrypted connection');
  expect(far.logins).toEqual([]);
});

test.each([
  ['smtp', {}],
  ['smtps', { secure: true }],
])('a certificate that nobody vouches for ends %s before the password', async (scheme, options) => {
  const far = await startServer(options, '127.0.0.2');
  const error = await failure(open(`${scheme}://${CREDENTIALS}@${far.host}`).send(MESSAGE));
  expect(error.message).toContain('can be trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
  expect(far.logins).toEqual([]);
  expect(far.deliveries).toEqual([]);
});

test('a wrong password is told without being shown, even when the server repeats it', async () => {
  const server = await startServer();
  const wrong = 'wr0ng-pass';
  const error = await failure(open(`smtp://me:${wrong}@${server.host}`).send(MESSAGE));
  expect(error.message).toMatch(/does not take the user and password of BROADSHEET_SMTP_URL/);
  expect(error.message).not.toContain(wrong);
  expect(error.message).not.toContain(Buffer.from(wrong).toString('base64'));
});

const refusal = (code: number, message: string) =>
  Object.assign(new Error(message), { responseCode: code });

test.each([
  [451, true, 'try again later'],
  [550, false, "look for the reason in the server's own words"],
])('a server that answers %i to the recipient is quoted', async (code, isPassing, toDo) => {
  const server = await startServer({
    onRcptTo: (_, __, done) => done(refusal(code, 'not that one')),
  });
  const error = await failure(open(`smtp://${server.host}`).send(MESSAGE));
  expect(error.isPassing).toBe(isPassing);
  expect(error.message).toContain(`${code} not that one`);
  expect(error.message).toContain(toDo);
});

test.each([
  [452, true],
  [554, false],
])('a server that answers %i to the message is quoted', async (code, isPassing) => {
  const server = await startServer({
    onData(stream, _, done) {
      stream.resume().on('end', () => done(refusal(code, 'not this one')));
    },
  });
  const error = await failure(open(`smtp://${server.host}`).send(MESSAGE));
  expect(error).toMatchObject({ isPassing, message: expect.stringContaining('not this one') });
});

test('an answer that repeats the password is not quoted', async () => {
  const server = await startServer({
    onMailFrom: (_, __, done) => done(refusal(550, `hello ${SECRET}`)),
  });
  const error = await failure(open(`smtp://${CREDENTIALS}@${server.host}`).send(MESSAGE));
  expect(error.message).toContain('(550)');
});

async function startRaw(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each<[string, (socket: Socket) => void]>([
  ['never greets', () => {}],
  [
    'never ends its greeting',
    (socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    },
  ],
  [
    'never answers',
    (socket) => {
      socket.write('220 here\r\n');
    },
  ],
  [
    'trickles its answers',
    (socket) => {
      socket.write('220 here\r\n');
      const timer = setInterval(() => socket.write('250-x\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    },
  ],
])('a server that %s is left after the timeout', async (_, onConnection) => {
  const host = await startRaw(onConnection);
  const error = await failure(open(`smtp://${CREDENTIALS}@${host}`, 300).send(MESSAGE));
  expect(error.message).toContain('did not answer within 0.3 seconds');
  expect(error.isPassing).toBe(true);
});

test('a server that is not there, hangs up or speaks of other things is unavailable', async () => {
  const gone = await failure(open(`smtp://${CREDENTIALS}@127.0.0.1:1`).send(MESSAGE));
  expect(gone.message).toMatch(/127\.0\.0\.1:1 cannot be reached .*BROADSHEET_SMTP_URL/);
  const busy = await startRaw((socket) => socket.destroy());
  expect((await failure(open(`smtp://${busy}`, 3_000).send(MESSAGE))).isPassing).toBe(true);
  const web = await startRaw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  expect((await failure(open(`smtp://${web}`, 3_000).send(MESSAGE))).isPassing).toBe(true);
});

test('after a failure the next message goes through', async () => {
  let isBusy = true;
  const server = await startServer({
    onMailFrom: (_, __, done) => done(isBusy ? refusal(421, 'busy') : null),
  });
  const mailer = open(`smtp://${server.host}`);
  await failure(mailer.send(MESSAGE));
  isBusy = false;
  await mailer.send(MESSAGE);
  expect(server.deliveries).toHaveLength(1);
});

test.each<[Partial<MailMessage>]>([
  [{ to: 'ada@example.org\r\nBcc: eve@example.org' }],
  [{ to: 'ada@example.org, eve@example.org' }],
  [{ to: 'Ada <ada@example.org>' }],
  [{ to: 'ada' }],
  [{ to: `${'a'.repeat(250)}@example.org` }],
  [{ subject: 'hello\r\nBcc: eve@example.org' }],
  [{ subject: 'hello\nthere' }],
  [{ headers: { 'X-Day': 'one\r\nBcc: eve@example.org' } }],
  [{ headers: { 'X-Day\r\nBcc': 'eve@example.org' } }],
  [{ headers: { 'X Day': 'one' } }],
  [{ headers: { Bcc: 'eve@example.org' } }],
  [{ headers: { 'Content-Type': 'text/html' } }],
  [{ headers: { 'message-id': '<a@b>' } }],
])('a message whose fields would add others is refused: %j', async (changes) => {
  const server = await startServer();
  const mailer = open(`smtp://${server.host}`);
  await expect(mailer.send({ ...MESSAGE, ...changes })).rejects.toMatchObject({ code: 'invalid' });
  expect(server.deliveries).toEqual([]);
});

test('a sender with a line break in the name of the instance is refused', async () => {
  const server = await startServer();
  const config = parseConfig({
    BROADSHEET_NAME: 'Papers\r\nBcc: eve@example.org',
    BROADSHEET_SMTP_URL: `smtp://${server.host}`,
  });
  const mailer = openMailer(config);
  onTestFinished(() => mailer.close());
  await expect(mailer.send(MESSAGE)).rejects.toMatchObject({ code: 'invalid' });
});
