// Taking one's data away, and going away.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Hono } from 'hono';
import { deletePerson, LEFTOVERS } from '../accounts/delete-person.ts';
import { openMyData } from '../accounts/my-data.ts';
import { renderJson, renderMarkdown } from '../accounts/render-my-data.ts';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { isAppError } from '../base/errors.ts';
import { words } from '../language/words.ts';
import { spend } from '../people/limits.ts';
import {
  DataSettings,
  DeleteAccountPage,
  type DeletionProblems,
  GoodbyePage,
} from './data-settings.tsx';
import { readFields } from './read-form.ts';
import { forgetSession } from './sign-out.ts';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

export function addDataRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database } = app;
  const site = siteLoader(app, publicUrl);

  web.get('/settings/data', async (c) => c.html(<DataSettings site={await site(c)} />));
  web.get('/settings/data.json', async (c) => {
    const data = await open(c);
    return send(c, renderJson(data), 'application/json', 'json');
  });
  web.get('/settings/data.md', async (c) => {
    const data = await open(c);
    const title = words.settings.data.fileTitle(viewerOf(c).person.name, app.config.name);
    return send(c, renderMarkdown(data, title), 'text/markdown; charset=utf-8', 'md');
  });

  async function open(c: WebContext) {
    const { person } = viewerOf(c);
    await spend(database, 'download', person.id);
    return openMyData(database.read, person.id);
  }

  function send(c: WebContext, pieces: AsyncIterable<string>, type: string, ending: string) {
    const body = Readable.toWeb(Readable.from(logged(pieces), { objectMode: false }));
    c.header('content-type', type);
    const name = `broadsheet-${viewerOf(c).person.handle}.${ending}`;
    c.header('content-disposition', `attachment; filename="${name}"`);
    return c.body(body as ReadableStream as never);
  }

  /** The head was sent when something fails here: the file ends early, and the log says why. */
  async function* logged(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
    try {
      for await (const piece of pieces) yield Buffer.from(piece);
    } catch (error) {
      app.log.error({ err: error }, 'a download of one’s data failed');
      throw error;
    }
  }

  web.get('/settings/delete', async (c) => {
    const { person } = viewerOf(c);
    const typed = { handle: '', comments: '' };
    return c.html(
      <DeleteAccountPage site={await site(c)} person={person} typed={typed} problems={{}} />,
    );
  });
  web.post('/settings/delete', async (c) => {
    const { person } = viewerOf(c);
    const fields = await readFields(c);
    const typed = { handle: fields.text('handle'), comments: fields.text('comments') };
    const comments = LEFTOVERS.find((one) => one === typed.comments);
    const again = async (problems: DeletionProblems, status: 400 | 409) =>
      c.html(
        <DeleteAccountPage
          site={await site(c)}
          person={person}
          typed={typed}
          problems={problems}
        />,
        status,
      );
    const texts = words.settings.deletion.problems;
    const isHandle = typed.handle.trim().replace(/^@/, '').toLowerCase() === person.handle;
    if (!comments || !isHandle) {
      return again(
        {
          ...(comments ? {} : { comments: texts.comments }),
          ...(isHandle ? {} : { handle: texts.handle(person.handle) }),
        },
        400,
      );
    }
    try {
      await database.transact((tx) =>
        deletePerson(tx, { personId: person.id, comments, by: person.id }),
      );
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      return again({ whole: error.message }, 409);
    }
    forgetSession(c, publicUrl());
    return c.redirect('/goodbye', 303);
  });
  web.get('/goodbye', async (c) => c.html(<GoodbyePage site={await site(c)} />));
}
