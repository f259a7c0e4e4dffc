// The server's answers without a socket, over a real database.
import { onTestFinished } from 'vitest';
import { type App, createLog, openApp } from '../src/app.ts';
import type { Day } from '../src/base/calendar.ts';
import { parseConfig } from '../src/config.ts';
import { createServerApp, type ServerApp } from '../src/http/server-app.tsx';
import { dailyUnits, paperUnits } from '../src/sources/import-files.ts';
import { importPage } from '../src/sources/import-page.ts';
import { importRecords } from '../src/sources/import-records.ts';
import { openRejects } from '../src/sources/rejects.ts';
import { readDemo } from './fixtures.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

export type TestServer = {
  app: App;
  server: ServerApp;
  /** The public address. */
  url: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /**
   * Sends a form, or JSON, as a browser does from a page of the server; `as` is whose browser it is,
   * `headers` win over all.
   */
  send(
    method: string,
    path: string,
    options?: {
      as?: { cookie: string } | undefined;
      form?: Record<string, string | string[]>;
      json?: unknown;
      headers?: Record<string, string>;
    },
  ): Promise<Response>;
};

export const URL_OF_TESTS = 'https://papers.example.org';

/** `today` is the day on the server's wall, the real one unless given. */
export async function openTestServer(
  settings: Record<string, string> = {},
  today?: string,
): Promise<TestServer> {
  const config = parseConfig({
    BROADSHEET_DATABASE_URL: await testDatabaseUrl(),
    BROADSHEET_DATA: temporaryFolder(),
    BROADSHEET_URL: URL_OF_TESTS,
    ...settings,
  });
  const opened = await openApp(config, {
    log: createLog({ logLevel: 'error' }),
    announce: () => {},
  });
  const app = today ? { ...opened, today: () => today as Day } : opened;
  onTestFinished(() => app.close());
  const server = createServerApp(app, () => URL_OF_TESTS);
  return {
    app,
    server,
    url: URL_OF_TESTS,
    async send(method, path, { as, form, json, headers = {} } = {}) {
      const sent = new Headers({ 'sec-fetch-site': 'same-origin', origin: URL_OF_TESTS });
      if (as) sent.set('cookie', as.cookie);
      let body: string | undefined;
      if (form) {
        const fields = Object.entries(form).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        );
        body = new URLSearchParams(fields).toString();
        sent.set('content-type', 'application/x-www-form-urlencoded');
      } else if (json !== undefined) {
        body = JSON.stringify(json);
        sent.set('content-type', 'application/json');
      }
      for (const [name, value] of Object.entries(headers)) sent.set(name, value);
      const request = new Request(`${URL_OF_TESTS}${path}`, {
        method,
        headers: sent,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
      });
      return server.fetch(request);
    },
    get: async (path, headers = {}) =>
      server.fetch(new Request(`http://attacker.example${path}`, { headers, redirect: 'manual' })),
  };
}

/** The recorded lists of October 2025, the papers announced then, and the saved page. */
export async function loadOctober(app: App): Promise<void> {
  const rejects = openRejects(app.config.dataDir, 'test');
  const lines = (name: string) =>
    (async function* () {
      yield readDemo(name).split('\n');
    })();
  const daily = dailyUnits(lines('daily-papers.jsonl.gz'), 'huggingface', undefined);
  await importRecords(app.database, daily, { checkpointId: undefined, rejects });
  const papers = paperUnits(lines('arxiv.jsonl.gz'));
  await importRecords(app.database, papers, { checkpointId: undefined, rejects });
  const page = { day: '2025-10-29' as Day, isListed: false };
  await importPage(app.database, readDemo('daily-papers-page.txt.gz'), page);
  rejects.close();
}
