// A real mail server that counts what it takes, by recipient and Message-ID.
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

export type TakenMail = { to: string; messageId: string; source: string; from: string };

export type CountingMailServer = {
  url: string;
  /** What it said yes to, in that order. */
  taken: TakenMail[];
  /** Takes the next message and hangs up instead of saying so. */
  hangUpOnce(): void;
  stop(): Promise<void>;
};

/** An error that the server answers with, such as `refusal(550, '5.1.1 no such user')`. */
export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

export async function startCountingMailServer(
  options: SMTPServerOptions & { port?: number } = {},
): Promise<CountingMailServer> {
  const taken: TakenMail[] = [];
  const { port = 0, ...rest } = options;
  let hangsUp = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const source = Buffer.concat(parts).toString('utf8');
        taken.push({
          to: envelope.rcptTo[0]?.address ?? '',
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          messageId: /^Message-ID:\s*(\S+)/im.exec(source)?.[1] ?? '',
          source,
        });
        if (!hangsUp) return done();
        hangsUp = false;
        for (const connection of server.connections as Set<{ _socket: Socket }>) {
          connection._socket.destroy();
        }
      });
    },
    ...rest,
  });
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address() as AddressInfo;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    return stopping;
  };
  onTestFinished(stop);
  const hangUpOnce = () => {
    hangsUp = true;
  };
  return { url: `smtp://127.0.0.1:${address.port}`, taken, hangUpOnce, stop };
}
