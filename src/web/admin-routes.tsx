import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { type Instant, toInstant } from '../base/calendar.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { words } from '../language/words.ts';
import { listAudit } from '../people/audit-log.ts';
import { changeRole } from '../people/change-role.ts';
import { findPeople } from '../people/find-people.ts';
import { loadPeople } from '../people/person.ts';
import { isRole } from '../people/roles.ts';
import { AdminPeoplePage, AuditLogPage } from './admin-pages.tsx';
import { readFields } from './read-form.ts';
import type { Told } from './settings-layout.tsx';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

const PAGE_SIZE = 50;

export function addAdminRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database } = app;
  const db = database.read;
  const site = siteLoader(app, publicUrl);

  async function peoplePage(c: WebContext, told: Told, given?: { asked: string }) {
    const asked = given?.asked ?? c.req.query('q') ?? '';
    const askedRole = given ? '' : (c.req.query('role') ?? '');
    const role = isRole(askedRole) ? askedRole : undefined;
    const place = given ? '' : (c.req.query('before') ?? '');
    const before = place === '' ? undefined : parsePlace(place);
    const found = await findPeople(db, { words: asked, role, before, limit: PAGE_SIZE });
    const last = found.people.at(-1);
    const view = {
      people: found.people,
      asked,
      role: role ?? '',
      before: found.hasMore && last ? `${last.joinedAt} ${last.id}` : undefined,
      isFirst: before === undefined,
    };
    return <AdminPeoplePage site={await site(c)} view={view} told={told} />;
  }

  web.get('/admin/people', async (c) => {
    const done =
      c.req.query('done') === undefined ? undefined : words.people.administration.changed;
    return c.html(await peoplePage(c, { done }));
  });
  web.post('/admin/people/role', async (c) => {
    const { person } = viewerOf(c);
    const fields = await readFields(c);
    const role = fields.text('role');
    const asked = fields.text('q');
    if (!isRole(role)) throw new AppError('invalid', words.people.administration.noSuchRole);
    try {
      await database.transact((tx) =>
        changeRole(tx, { personId: fields.text('id'), role, by: person.id }),
      );
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      return c.html(await peoplePage(c, { problem: error.message }, { asked }), 409);
    }
    return c.redirect(`/admin/people?${new URLSearchParams({ q: asked, done: '' })}`, 303);
  });

  web.get('/admin/audit', async (c) => {
    const asked = c.req.query('before');
    if (asked !== undefined && !/^\d{1,15}$/.test(asked)) throw noSuchPage();
    const before = asked === undefined ? undefined : Number(asked);
    const page = await listAudit(db, { limit: PAGE_SIZE, before });
    const ids = page.items.flatMap(({ actor_id, subject_id }) =>
      [actor_id, subject_id].filter((id) => id !== null),
    );
    const people = await loadPeople(db, ids);
    const isFirst = before === undefined;
    return c.html(
      <AuditLogPage site={await site(c)} page={page} people={people} isFirst={isFirst} />,
    );
  });
}

function parsePlace(text: string): { joinedAt: Instant; id: string } {
  const [time = '', id = '', ...rest] = text.split(' ');
  const joinedAt = toInstant(time);
  if (joinedAt !== time || id === '' || rest.length > 0) throw noSuchPage();
  return { joinedAt, id };
}

function noSuchPage(): AppError {
  return new AppError('not-found', words.people.noSuchPage);
}
