// What reports and moderators' actions are about.
import { AppError } from '../base/errors.ts';
import type { Db } from '../database/database.ts';
import { words } from '../language/words.ts';
import type { Role } from '../people/roles.ts';

export type TargetKind = 'comment' | 'paper' | 'entry' | 'person';

/** `id`: of a comment or person; a paper's key; an entry's day and paper key with a space between. */
export type Target = { kind: TargetKind; id: string };

const KINDS: readonly string[] = ['comment', 'paper', 'entry', 'person'];

export function parseTarget(kind: string | undefined, id: string | undefined): Target {
  if (kind !== undefined && KINDS.includes(kind) && id !== undefined && id.length <= 100) {
    return { kind: kind as TargetKind, id };
  }
  throw new AppError('invalid', 'It is not said what this is about: go back and try again.');
}

function entryTarget(day: string, paperKey: number): Target {
  return { kind: 'entry', id: `${day} ${paperKey}` };
}

export type TargetView = {
  target: Target;
  /** What to call it. */
  title: string;
  /** The words that it is about. */
  excerpt: string;
  /** Undefined when it is gone. */
  path: string | undefined;
  /** Whose words or account it is. */
  personId: string | undefined;
  /** Hidden, locked, unlisted, barred: what may be done to it depends on that. */
  state: string;
};

/** Throws `not-found` when it is not there. */
export async function getTarget(db: Db, target: Target): Promise<TargetView> {
  const found = (await loadTargets(db, [target])).get(keyOf(target));
  if (found?.path !== undefined) return found;
  throw new AppError('not-found', 'That is not here any more.');
}

export function keyOf({ kind, id }: Target): string {
  return `${kind} ${id}`;
}

const EXCERPT = 600;

/** All of them in four queries; what is gone has no path. */
export async function loadTargets(db: Db, targets: Target[]): Promise<Map<string, TargetView>> {
  const idsOf = (kind: TargetKind) =>
    targets.filter((target) => target.kind === kind).map(({ id }) => id);
  const found = new Map<string, TargetView>();
  const put = (view: TargetView) => found.set(keyOf(view.target), view);
  for (const target of targets) {
    put({
      target,
      title: words.moderation.subjects.gone[target.kind],
      excerpt: '',
      path: undefined,
      personId: undefined,
      state: 'gone',
    });
  }
  const commentIds = idsOf('comment');
  if (commentIds.length > 0) {
    const rows = await db
      .selectFrom('comments')
      .innerJoin('papers', 'papers.key', 'comments.paper_key')
      .leftJoin('people', 'people.id', 'comments.author_id')
      .select([
        'comments.id',
        'comments.raw',
        'comments.state',
        'comments.author_id',
        'people.name',
        'papers.title',
      ])
      .where('comments.id', 'in', commentIds)
      .execute();
    for (const row of rows) {
      if (row.state === 'deleted') continue;
      put({
        target: { kind: 'comment', id: row.id },
        title: words.moderation.subjects.comment(row.name ?? words.people.left, row.title),
        excerpt: row.raw.slice(0, EXCERPT),
        path: `/comments/${row.id}`,
        personId: row.author_id ?? undefined,
        state: row.state,
      });
    }
  }
  await putPapers(db, idsOf('paper'), put);
  await putEntries(db, idsOf('entry'), put);
  const personIds = idsOf('person');
  if (personIds.length > 0) {
    const rows = await db.selectFrom('people').selectAll().where('id', 'in', personIds).execute();
    for (const row of rows) {
      put({
        target: { kind: 'person', id: row.id },
        title: words.moderation.subjects.person(
          row.name,
          row.handle,
          words.people.roles[row.role as Role],
        ),
        excerpt: row.about?.slice(0, EXCERPT) ?? '',
        path: `/people/${row.handle}`,
        personId: row.id,
        state: row.barred_until === null ? 'free' : 'barred',
      });
    }
  }
  return found;
}

async function putPapers(db: Db, ids: string[], put: (view: TargetView) => void): Promise<void> {
  const keys = ids.map(Number).filter(Number.isSafeInteger);
  if (keys.length === 0) return;
  const rows = await db
    .selectFrom('papers')
    .select(['key', 'id', 'title', 'abstract', 'comments_locked_at'])
    .where('key', 'in', keys)
    .execute();
  for (const row of rows) {
    put({
      target: { kind: 'paper', id: String(row.key) },
      title: row.title,
      excerpt: row.abstract.slice(0, EXCERPT),
      path: `/papers/${encodeURIComponent(row.id)}`,
      personId: undefined,
      state: row.comments_locked_at === null ? 'open' : 'locked',
    });
  }
}

async function putEntries(db: Db, ids: string[], put: (view: TargetView) => void): Promise<void> {
  const places = ids
    .map((id) => id.split(' '))
    .filter(([, key]) => Number.isSafeInteger(Number(key)));
  if (places.length === 0) return;
  const rows = await db
    .selectFrom('day_entries')
    .innerJoin('papers', 'papers.key', 'day_entries.paper_key')
    .select([
      'day_entries.day',
      'papers.key',
      'papers.id',
      'papers.title',
      'day_entries.person_id',
      'day_entries.unlisted_at',
    ])
    .where(
      'day_entries.paper_key',
      'in',
      places.map(([, key]) => Number(key)),
    )
    .where(
      'day_entries.day',
      'in',
      places.map(([day = '']) => day),
    )
    .execute();
  for (const row of rows) {
    put({
      target: entryTarget(row.day, row.key),
      title: words.moderation.subjects.entry(row.title, row.day),
      excerpt: '',
      path: `/papers/${encodeURIComponent(row.id)}`,
      personId: row.person_id ?? undefined,
      state: row.unlisted_at === null ? 'listed' : 'unlisted',
    });
  }
}
