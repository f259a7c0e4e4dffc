// As much of IMAP4rev1 (RFC 3501) as a reader of one folder needs.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import { selfSignedCertificate } from './certificate.ts';

export type KeptMessage = { uid: number; raw: Buffer; isSeen: boolean };

export type ImapServer = {
  /** `host:port` */
  host: string;
  folder: KeptMessage[];
  add(raw: Buffer): void;
  /** The commands that came, without their tags; those with a password say so only. */
  commands: string[];
};

type Options = {
  host?: string;
  kind?: 'plain' | 'starttls' | 'tls';
  isReadOnly?: boolean;
  /** Told of each command; what the server does instead of answering. */
  fails?: (command: string) => 'hangs up' | 'is silent' | undefined;
};

export const IMAP_USER = 'returns@example.org';
export const IMAP_PASSWORD = 'pa:ss wörd%';

export async function startImapServer(options: Options = {}): Promise<ImapServer> {
  const { host = '127.0.0.1', kind = 'plain' } = options;
  const folder: KeptMessage[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    converse(socket, { folder, commands, options });
    socket.write('* OK ready\r\n');
  };
  const server =
    kind === 'tls' ? createTlsServer(selfSignedCertificate(), serve) : createServer(serve);
  server.on('tlsClientError', () => {});
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    host: `${host}:${(server.address() as AddressInfo).port}`,
    folder,
    commands,
    add: (raw) => folder.push({ uid: folder.length + 11, raw, isSeen: false }),
  };
}

type World = { folder: KeptMessage[]; commands: string[]; options: Options };

function converse(socket: Socket, world: World): void {
  let text = '';
  const read = (part: Buffer) => {
    text += part.toString('latin1');
    for (;;) {
      const end = text.indexOf('\r\n');
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      const [tag = '', ...words] = line.split(' ');
      if (/^starttls$/i.test(words[0] ?? '')) {
        socket.off('data', read);
        socket.write(`${tag} OK begin\r\n`);
        const secure = new TLSSocket(socket, { isServer: true, ...selfSignedCertificate() });
        secure.on('error', () => {});
        converse(secure, { ...world, options: { ...world.options, kind: 'plain' } });
        return;
      }
      answer(socket, tag, words.join(' '), world);
    }
  };
  socket.on('data', read);
}

function answer(socket: Socket, tag: string, command: string, world: World): void {
  const { folder, commands, options } = world;
  const say = (...lines: string[]) => socket.write(`${lines.join('\r\n')}\r\n`, 'latin1');
  const isLogin = /^login /i.test(command);
  commands.push(isLogin ? 'LOGIN' : command);
  const failure = options.fails?.(command);
  if (failure === 'hangs up') socket.destroy();
  if (failure) return;
  const done = `${tag} OK done`;
  const [name = '', second = ''] = command.toUpperCase().split(' ');
  const verb = name === 'UID' ? `UID ${second}` : name;
  switch (verb) {
    case 'CAPABILITY':
      return void say(
        `* CAPABILITY IMAP4rev1${options.kind === 'starttls' ? ' STARTTLS' : ''}`,
        done,
      );
    case 'LOGIN': {
      const given = Buffer.from(command.slice(6), 'latin1').toString('utf8').replaceAll('"', '');
      const isRight = given === `${IMAP_USER} ${IMAP_PASSWORD}`;
      return void say(isRight ? done : `${tag} NO [AUTHENTICATIONFAILED] wrong: ${given}`);
    }
    case 'LIST':
    case 'LSUB':
      return void say(`* ${verb} (\\HasNoChildren) "/" INBOX`, done);
    case 'SELECT':
      if (!/^select "?inbox"?$/i.test(command)) return void say(`${tag} NO [NONEXISTENT] none`);
      return void say(
        `* ${folder.length} EXISTS`,
        '* FLAGS (\\Seen)',
        '* OK [PERMANENTFLAGS (\\Seen)] ok',
        '* OK [UIDVALIDITY 7] ok',
        `* OK [UIDNEXT ${folder.length + 11}] ok`,
        `${tag} OK [READ-WRITE] done`,
      );
    case 'UID SEARCH': {
      const uids = folder.filter(({ isSeen }) => !isSeen).map(({ uid }) => uid);
      return void say(`* SEARCH ${uids.join(' ')}`, done);
    }
    case 'UID FETCH': {
      const [, uid, length] = /^uid fetch (\d+) .*BODY\.PEEK\[\]<0\.(\d+)>/i.exec(command) ?? [];
      const at = folder.findIndex((one) => one.uid === Number(uid));
      const message = folder[at];
      if (!message) return void say(done);
      const part = message.raw.subarray(0, Number(length));
      const head = `* ${at + 1} FETCH (UID ${uid} BODY[]<0> {${part.length}}`;
      return void say(`${head}\r\n${part.toString('latin1')})`, done);
    }
    case 'UID STORE': {
      if (options.isReadOnly) return void say(`${tag} NO read-only`);
      const uid = Number(command.split(' ')[2]);
      const message = folder.find((one) => one.uid === uid);
      if (message && /\+FLAGS.*\\Seen/i.test(command)) message.isSeen = true;
      return void say(done);
    }
    case 'LOGOUT':
      say('* BYE', done);
      return void socket.end();
    default:
      return void say(/^(?:NOOP|CLOSE)$/.test(verb) ? done : `${tag} BAD what is ${verb}?`);
  }
}
