// Listening, and stopping without cutting anyone off.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve as listen } from '@hono/node-server';
import type { App } from '../app.ts';
import { AppError, messageOf } from '../base/errors.ts';
import type { HttpEnv } from './requests.ts';
import { createServerApp, type ServerApp } from './server-app.tsx';

/** How long requests under way may take after the server was told to stop. */
const STOP_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** For what goes on after an answer, such as a mail that is being handed over. */
const AFTER_ANSWER_MS = 60_000;

export type RunningServer = {
  /** Where it answers on this machine. */
  url: string;
  /**
   * Lets another app answer from now on. Resolves when nobody needs the former one any more: its last answer
   * has gone out, and a minute has passed.
   */
  turnTo(app: App): Promise<void>;
  stop(): Promise<void>;
};

/** Throws `unavailable` with one sentence when the address cannot be listened on. */
export async function startServer(app: App): Promise<RunningServer> {
  const { host, port } = app.config;
  let publicUrl = app.config.url ?? '';
  let answering = countAnswers(createServerApp(app, () => publicUrl));
  const fetch: ServerApp['fetch'] = (request, ...rest) => answering.fetch(request, ...rest);
  const server = await new Promise<Server>((resolve, reject) => {
    const options = {
      fetch,
      hostname: host,
      port,
      serverOptions: { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    };
    const started = listen(options, () => resolve(started as Server)) as Server;
    started.once('error', (error) => reject(explain(error, host, port)));
  });
  const actual = (server.address() as AddressInfo).port;
  if (publicUrl === '') publicUrl = `http://localhost:${actual}`;
  const isEverywhere = ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::'].includes(host);
  return {
    url: `http://${isEverywhere ? 'localhost' : host}:${actual}`,
    turnTo(next) {
      const former = answering;
      answering = countAnswers(createServerApp(next, () => publicUrl, former.server));
      return former.ended();
    },
    stop: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** An answer counts until its last byte has gone out, or nobody waits for it any more. */
function countAnswers(server: ServerApp) {
  let open = 0;
  let whenNone = () => {};
  return {
    server,
    fetch: ((request, env, ...rest) => {
      open += 1;
      const { outgoing } = (env ?? {}) as HttpEnv['Bindings'];
      outgoing?.once('close', () => {
        open -= 1;
        if (open === 0) whenNone();
      });
      return server.fetch(request, env, ...rest);
    }) as ServerApp['fetch'],
    async ended(): Promise<void> {
      if (open > 0) {
        await new Promise<void>((resolve) => {
          whenNone = resolve;
        });
      }
      await sleep(AFTER_ANSWER_MS, undefined, { ref: false });
    },
  };
}

function explain(error: unknown, host: string, port: number): unknown {
  switch ((error as { code?: string }).code) {
    case 'EADDRINUSE':
      return new AppError(
        'unavailable',
        `Port ${port} is taken by another program: stop that, or choose another with BROADSHEET_PORT=${port + 1}.`,
        error,
      );
    case 'EACCES':
      return new AppError(
        'unavailable',
        `This user may not listen on port ${port}: choose one above 1023 with BROADSHEET_PORT=3000.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new AppError(
        'unavailable',
        `This machine has no address ${host}: set BROADSHEET_HOST to 127.0.0.1 or 0.0.0.0 (${messageOf(error)}).`,
        error,
      );
    default:
      return error;
  }
}
