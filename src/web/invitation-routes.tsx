import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { now } from '../base/calendar.ts';
import { isAppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { words } from '../language/words.ts';
import { writeAudit } from '../people/audit-log.ts';
import { loadInvitationTree } from '../people/invitation-tree.ts';
import {
  createInvitation,
  listInvitations,
  MAX_INVITATION_NOTE,
  revokeInvitation,
} from '../people/joining.ts';
import { loadPeople } from '../people/person.ts';
import { may } from '../people/viewer.ts';
import { InvitationsPage, InvitationTreePage } from './invitation-pages.tsx';
import { readFields } from './read-form.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

export function addInvitationRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database } = app;
  const { joining, reading } = app.config.people;
  const db = database.read;
  const site = siteLoader(app, publicUrl);

  async function page(
    c: WebContext,
    {
      made,
      note = '',
      noteProblem,
      told = {},
    }: { made?: string; note?: string; noteProblem?: string; told?: Told } = {},
  ) {
    const viewer = viewerOf(c);
    const invitations = await listInvitations(db, viewer.person.id);
    const people = await loadPeople(
      db,
      invitations.flatMap(({ usedBy }) => (usedBy ? [usedBy] : [])),
    );
    const maySeeTree = may(viewer, 'appoint', reading);
    const view = {
      ...{ joining, invitations, people, now: now(), maySeeTree },
      ...{ note, noteProblem, made },
    };
    return <InvitationsPage site={await site(c)} view={view} told={told} />;
  }

  web.get('/invitations', async (c) => {
    const done = c.req.query('done') === undefined ? undefined : words.people.invitations.withdrawn;
    return c.html(await page(c, { told: { done } }));
  });
  web.post('/invitations', async (c) => {
    const viewer = viewerOf(c);
    const { id: by } = viewer.person;
    const typed = (await readFields(c)).text('note');
    const note = oneLine(cleanText(typed));
    const again = async (problem: string) =>
      c.html(await page(c, { note: typed, told: { problem } }), 409);
    if (joining === 'closed') return again(words.people.invitations.closed);
    if (note.length > MAX_INVITATION_NOTE) {
      const noteProblem = words.people.invitations.tooLong(MAX_INVITATION_NOTE);
      return c.html(await page(c, { note: typed, noteProblem }), 400);
    }
    const isUnlimited = may(viewer, 'appoint', reading);
    try {
      const { code } = await database.transact(async (tx) => {
        const made = await createInvitation(tx, { by, note, isUnlimited });
        const details = { invitation: made.id };
        await writeAudit(tx, { action: 'invited', actorId: by, details });
        return made;
      });
      return c.html(await page(c, { made: `${publicUrl()}/join/${code}` }));
    } catch (error) {
      if (!isAppError(error, 'too-many')) throw error;
      return again(error.message);
    }
  });
  web.post('/invitations/withdraw', async (c) => {
    const { person } = viewerOf(c);
    const id = (await readFields(c)).text('id');
    await database.transact((tx) => revokeInvitation(tx, id, person.id));
    return c.redirect('/invitations?done', 303);
  });
  web.get('/invitations/tree', async (c) =>
    c.html(<InvitationTreePage site={await site(c)} tree={await loadInvitationTree(db)} />),
  );
}
