// The pages of people, and what their roles may do.
import type { Hono } from 'hono';
import {
  type ActivityPage,
  listCommentsOf,
  listSubmissionsOf,
  listVotesOf,
} from '../accounts/public-activity.ts';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { type Instant, now, startOfDay } from '../base/calendar.ts';
import { parseCursor, renderCursor } from '../base/cursor.ts';
import { AppError } from '../base/errors.ts';
import { hydrate } from '../feed/hydrate.ts';
import { words } from '../language/words.ts';
import { findPersonByHandle, loadPeople, type Person } from '../people/person.ts';
import { PROFILE_LISTS, type ProfileList, ProfilePage } from './profile-page.tsx';
import { RolesPage } from './roles-page.tsx';
import { siteLoader } from './site.ts';

const PAGE_SIZE = 20;
const FRESH = 'public, max-age=0, must-revalidate';

export function addPeopleRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const db = app.database.read;
  const site = siteLoader(app, publicUrl);

  web.get('/people/:handle', async (c) => {
    const asked = c.req.param('handle').replace(/^@/, '');
    const person = await findPersonByHandle(db, asked, now());
    if (!person) throw new AppError('not-found', words.people.nobody);
    if (person.handle !== c.req.param('handle')) {
      return c.redirect(`/people/${person.handle}`, 301);
    }
    const list = PROFILE_LISTS.find((one) => one === c.req.query('show')) ?? 'comments';
    const before = c.req.query('before') || undefined;
    const inviter =
      person.invitedBy && (await loadPeople(db, [person.invitedBy])).get(person.invitedBy);
    const shown = await loadList(person, list, before);
    c.header('cache-control', FRESH);
    const view = { person, inviter: inviter || undefined, list, isFirst: !before, ...shown };
    return c.html(<ProfilePage site={await site(c)} view={view} />);
  });

  async function loadList(person: Person, list: ProfileList, before: string | undefined) {
    if (list === 'comments') {
      const page = await listCommentsOf(db, person.id, { before, limit: PAGE_SIZE });
      const last = page.items.at(-1);
      return { comments: page.items, papers: [], before: page.hasMore ? last?.id : undefined };
    }
    if (list === 'votes' && !person.hasPublicVotes) {
      return { comments: [], papers: [], before: undefined };
    }
    const places = { before: before ? parseCursor(before) : undefined, limit: PAGE_SIZE };
    const page: ActivityPage<{ paperKey: number; at: Instant }> =
      list === 'votes'
        ? withTime(await listVotesOf(db, person.id, places), ({ votedAt }) => votedAt)
        : withTime(await listSubmissionsOf(db, person.id, places), ({ day }) => startOfDay(day));
    const last = page.items.at(-1);
    return {
      comments: [],
      papers: await withPapers(page.items),
      before:
        page.hasMore && last
          ? renderCursor({ publishedAt: last.at, key: last.paperKey })
          : undefined,
    };
  }

  async function withPapers(places: { paperKey: number; at: Instant }[]) {
    const items = await hydrate(
      db,
      places.map(({ paperKey }) => ({ paperKey })),
      { isHtml: true },
    );
    const byKey = new Map(items.map((item) => [item.paper.key, item]));
    return places.flatMap(({ paperKey, at }) => {
      const item = byKey.get(paperKey);
      return item ? [{ item, at }] : [];
    });
  }

  web.get('/about/roles', async (c) =>
    c.html(<RolesPage site={await site(c)} people={app.config.people} />),
  );
}

function withTime<Item extends { paperKey: number }>(
  page: ActivityPage<Item>,
  timeOf: (item: Item) => Instant,
): ActivityPage<{ paperKey: number; at: Instant }> {
  const items = page.items.map((item) => ({ paperKey: item.paperKey, at: timeOf(item) }));
  return { items, hasMore: page.hasMore };
}
