import { createTransport } from 'nodemailer';
import { oneLine, truncateText } from '../base/text.ts';
import { composeMessage, type Sender } from './compose-message.ts';
import { type Mailer, MailFailure } from './mailer.ts';
import { postmarkHeaders } from './providers/postmark.ts';

export type SmtpMailerOptions = Sender & {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  url: string;
  /** For a message from its beginning to the server's word on it. */
  timeoutMs?: number;
  /** At most so many at once; they stay open for a while. */
  connections?: number;
};

const TIMEOUT_MS = 60_000;
const CONNECTIONS = 2;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Sends through a server. A password goes over encrypted connections only, unless the server is this
 * machine.
 */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  const url = new URL(options.url);
  const { timeoutMs = TIMEOUT_MS } = options;
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  const isLoopback = LOOPBACK.includes(url.hostname.toLowerCase());
  const transport = createTransport({
    pool: true,
    maxConnections: options.connections ?? CONNECTIONS,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    secure: url.protocol === 'smtps:',
    ...(user === '' ? {} : { auth: { user, pass }, requireTLS: !isLoopback }),
    // A server on this machine seldom has a certificate that anybody vouches for.
    ...(isLoopback ? { tls: { rejectUnauthorized: false } } : {}),
    // What a server is told of this machine, where the name of its own is one.
    ...(options.domain.includes('.') ? { name: options.domain } : {}),
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    kind: 'smtp',
    async send(message) {
      const composed = composeMessage(message, options);
      const named = postmarkHeaders(url.hostname, composed.messageId);
      const headers = { ...composed.headers, ...named };
      // Those above begin anew with every word of the server; this does not.
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        await transport.sendMail({ ...composed, headers, signal });
      } catch (error) {
        throw failureOf(error as SmtpError, { host: url.host, timeoutMs, secrets: [user, pass] });
      }
      return { messageId: composed.messageId };
    },
    close: () => transport.close(),
  };
}

type SmtpError = {
  name?: string;
  code?: string;
  /** Of the connection underneath. */
  originalCode?: string;
  responseCode?: number;
  response?: string;
  /** Which the server answered, such as `RCPT TO`. */
  command?: string;
};

const NEVER_CONNECTED = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EDNS|EHOSTUNREACH|ENETUNREACH)$/;
const UNTRUSTED = /CERT|SIGNATURE|^ERR_(?:SSL|TLS)_|^EPROTO$/;

function failureOf(
  error: SmtpError,
  { host, timeoutMs, secrets }: { host: string; timeoutMs: number; secrets: string[] },
): MailFailure {
  const { code = '', responseCode } = error;
  const server = `The mail server ${host}`;
  const reason = error.originalCode ?? code;
  const why = /^[A-Z0-9_]{1,60}$/.test(reason) ? ` (${reason})` : '';
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return new MailFailure(
      `${server} does not take the user and password of BROADSHEET_SMTP_URL: check them${responseCode ? ` (${responseCode})` : ''}.`,
      true,
    );
  }
  if (code === 'ETLS' || UNTRUSTED.test(reason)) {
    return new MailFailure(
      `${server} offers no encrypted connection that can be trusted${why}: check BROADSHEET_SMTP_URL, or name its authority in NODE_EXTRA_CA_CERTS.`,
      true,
    );
  }
  if (responseCode !== undefined) {
    const isPassing = responseCode < 500 || !['EENVELOPE', 'EMESSAGE'].includes(code);
    const said = saidBy(error, secrets);
    const toDo = isPassing ? 'try again later' : "look for the reason in the server's own words";
    const why = `${server} did not take a message (${said}): ${toDo}.`;
    return new MailFailure(why, isPassing, { about: refusedBy(error), status: statusOf(error) });
  }
  if (code === 'ETIMEDOUT' || code === 'EABORT' || error.name === 'AbortError') {
    return new MailFailure(
      `${server} did not answer within ${timeoutMs / 1_000} seconds: try again later.`,
      true,
      { mayHaveArrived: true },
    );
  }
  return new MailFailure(
    `${server} cannot be reached${why}: check BROADSHEET_SMTP_URL, or try again later.`,
    true,
    { mayHaveArrived: !NEVER_CONNECTED.test(reason) },
  );
}

/** A server that closes (421), or does not let us send at all, refuses more than this message. */
function refusedBy({ code, command, responseCode }: SmtpError): MailFailure['about'] {
  if (responseCode === 421 || !['EENVELOPE', 'EMESSAGE'].includes(code ?? '')) return 'server';
  if (command === 'RCPT TO') return 'recipient';
  return command === 'MAIL FROM' ? 'server' : 'message';
}

function statusOf({ response = '' }: SmtpError): string | undefined {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
}

/** The server's answer, or its number alone where it repeats what it was told. */
function saidBy({ response = '', responseCode }: SmtpError, secrets: string[]): string {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')]);
  const isSafe = !forms.some((form) => response.includes(form));
  return isSafe && response !== '' ? truncateText(oneLine(response), 200) : String(responseCode);
}
