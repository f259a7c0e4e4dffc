import { ImapFlow } from 'imapflow';
import { AppError } from '../base/errors.ts';

export type ImapFolderOptions = {
  /** `imap://` or `imaps://`, with user, password and the folder, which is INBOX unless it is given. */
  url: string;
  /** How many messages at most are taken in one round. */
  maxMessages: number;
  /** So much of a message is read. */
  maxBytes: number;
  /** For the whole round. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** A word of the server may be long when it answers with the numbers of many messages. */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

/**
 * Hands over the unseen messages of a folder, the oldest first, and marks each as seen only after `take` has kept
 * it: a message may come twice, and none is lost. Resolves to how many were taken. A password goes over encrypted
 * connections only, unless the server is this machine. Throws `unavailable`, and what `take` throws.
 */
export async function takeUnseen(
  options: ImapFolderOptions,
  take: (message: Buffer) => Promise<void>,
): Promise<number> {
  const url = new URL(options.url);
  const client = open(url, options);
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  let hasTaken = true;
  const stop = () => client.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    const lock = await client.getMailboxLock(folderOf(url));
    try {
      const uids = (await findUnseen(client)).slice(0, options.maxMessages);
      for (const uid of uids) {
        signal.throwIfAborted();
        const message = await fetchStart(client, uid, options.maxBytes);
        if (!message) continue;
        hasTaken = false;
        await take(message);
        hasTaken = true;
        await markSeen(client, uid);
      }
      return uids.length;
    } finally {
      lock.release();
    }
  } catch (error) {
    if (options.signal?.aborted || !hasTaken) throw error;
    throw explain(error as ImapError, url, timeout.aborted ? options.timeoutMs : undefined);
  } finally {
    signal.removeEventListener('abort', stop);
    await client.logout().catch(() => {});
    client.close();
  }
}

function open(url: URL, { maxBytes, timeoutMs }: ImapFolderOptions): ImapFlow {
  const isLoopback = LOOPBACK.includes(url.hostname.toLowerCase());
  const isSecure = url.protocol === 'imaps:';
  const client = new ImapFlow({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isSecure ? 993 : 143) : Number(url.port),
    secure: isSecure,
    ...(isSecure || isLoopback ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    // A server on this machine seldom has a certificate that anybody vouches for.
    ...(isLoopback ? { tls: { rejectUnauthorized: false } } : {}),
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxLineLength: MAX_LINE_BYTES,
    maxLiteralSize: 2 * maxBytes,
    maxResponseSize: 2 * maxBytes + MAX_LINE_BYTES,
  });
  // What fails is thrown by the call that waits for it.
  client.on('error', () => {});
  return client;
}

async function findUnseen(client: ImapFlow): Promise<number[]> {
  const found = await client.search({ seen: false }, { uid: true });
  refuseBroken(client);
  return found || [];
}

async function markSeen(client: ImapFlow, uid: number): Promise<void> {
  const isMarked = await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  refuseBroken(client);
  // Else the same messages would come in every round.
  if (!isMarked) throw Object.assign(new Error('not marked'), { isUnmarked: true });
}

/** A command that a broken connection left without an answer is not told from one that found nothing. */
function refuseBroken(client: ImapFlow): void {
  if (!client.usable) throw Object.assign(new Error('broken'), { code: 'ECONNRESET' });
}

/** Undefined when another reader has removed it meanwhile. */
async function fetchStart(
  client: ImapFlow,
  uid: number,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const source = { start: 0, maxLength: maxBytes };
  const message = await client.fetchOne(String(uid), { source }, { uid: true });
  refuseBroken(client);
  return message ? message.source : undefined;
}

function folderOf(url: URL): string {
  return decodeURIComponent(url.pathname.replace(/^\//, '')) || 'INBOX';
}

type ImapError = {
  code?: string;
  authenticationFailed?: boolean;
  mailboxMissing?: boolean;
  tlsFailed?: boolean;
  isUnmarked?: boolean;
};

/** In words that hold neither user nor password, whatever the server said. */
function explain(error: ImapError, url: URL, timedOutMs: number | undefined): AppError {
  const server = `The mailbox at ${url.host}`;
  const check = 'check BROADSHEET_IMAP_URL';
  const why = /^[A-Z0-9_]{1,60}$/i.test(error.code ?? '') ? ` (${error.code})` : '';
  const say = (what: string) => new AppError('unavailable', `${server} ${what}.`);
  if (error.authenticationFailed) return say(`does not take the user and password: ${check}`);
  if (error.isUnmarked) return say(`does not let messages be marked as seen: ${check}`);
  if (error.mailboxMissing) return say(`has no folder ${folderOf(url)}: ${check}`);
  if (error.tlsFailed || /CERT|^ERR_(?:SSL|TLS)_|^EPROTO$|SIGNATURE/.test(error.code ?? '')) {
    return say(`offers no encrypted connection that can be trusted${why}: ${check}`);
  }
  if (timedOutMs !== undefined) {
    return say(`was not done within ${timedOutMs / 1_000} seconds: it is tried again`);
  }
  return say(`cannot be read${why}: ${check}, or try again later`);
}
