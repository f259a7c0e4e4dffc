// Everything that is shown of comments, in a fixed number of queries however many they are.
import { sql } from 'kysely';
import type { Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';
import type { Author } from '../papers/paper.ts';
import type { Role } from '../people/roles.ts';
import { type CommentReader, type CommentState, maySee } from './comment.ts';
import { withCurrentHtml } from './comment-text.ts';
import { REACTIONS } from './reactions.ts';

/** Of those who reacted in one way, so many are named. */
const MAX_NAMED = 10;

export type ReactionCount = {
  reaction: string;
  count: number;
  /** The first of them. */
  people: { handle: string; name: string }[];
};

export type CommentAuthor = { id: string; handle: string; name: string; role: Role };

export type ShownComment = {
  id: string;
  parentId: string | undefined;
  state: CommentState;
  /** Undefined where the account is gone, and where nothing of the comment is shown. */
  author: CommentAuthor | undefined;
  /** They brought the paper to the day's list. */
  isSubmitter: boolean;
  /** They wrote the paper, by their ORCID. */
  isPaperAuthor: boolean;
  /** Empty where the reader may not see it. */
  raw: string;
  html: string;
  createdAt: Instant;
  editedAt: Instant | undefined;
  edits: number;
  hiddenReason: string | undefined;
  liked: number;
  reactions: ReactionCount[];
};

/** By id; comments that are gone meanwhile are left out. */
export async function hydrateComments(
  db: Db,
  ids: string[],
  { paper, reader }: { paper: { key: number; authors: Author[] }; reader: CommentReader },
): Promise<Map<string, ShownComment>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('comments').selectAll().where('id', 'in', ids).execute();
  const shown = await withCurrentHtml(
    db,
    rows.map((row) =>
      maySee({ state: row.state, authorId: row.author_id }, reader)
        ? row
        : { ...row, author_id: null, raw: '', html: '', edits: 0, liked: 0 },
    ),
  );
  const people = await loadAuthors(
    db,
    shown.flatMap((row) => row.author_id ?? []),
  );
  const reactions = await loadReactions(
    db,
    shown.filter((row) => row.state === 'visible').map((row) => row.id),
  );
  const submitters = await loadSubmitters(db, paper.key);
  const orcids = new Set(paper.authors.flatMap((author) => orcidOf(author) ?? []));
  return new Map(
    shown.map((row) => {
      const person = row.author_id === null ? undefined : people.get(row.author_id);
      return [
        row.id,
        {
          id: row.id,
          parentId: row.parent_id ?? undefined,
          state: row.state,
          author: person && {
            id: person.id,
            handle: person.handle,
            name: person.name,
            role: person.role as Role,
          },
          isSubmitter: person !== undefined && submitters.has(person.id),
          isPaperAuthor: person?.orcid != null && orcids.has(person.orcid),
          raw: row.raw,
          html: row.html,
          createdAt: row.created_at as Instant,
          editedAt: (row.edited_at as Instant | null) ?? undefined,
          edits: row.edits,
          hiddenReason: row.hidden_reason ?? undefined,
          liked: row.liked,
          reactions: reactions.get(row.id) ?? [],
        },
      ];
    }),
  );
}

async function loadAuthors(db: Db, ids: string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('people')
    .select(['id', 'handle', 'name', 'role', 'orcid'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function loadSubmitters(db: Db, paperKey: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('day_entries')
    .select('person_id')
    .where('paper_key', '=', paperKey)
    .where('person_id', 'is not', null)
    .limit(100)
    .execute();
  return new Set(rows.map((row) => row.person_id as string));
}

/** Counts, with the names of the first who reacted so. */
async function loadReactions(db: Db, ids: string[]): Promise<Map<string, ReactionCount[]>> {
  const byComment = new Map<string, ReactionCount[]>();
  if (ids.length === 0) return byComment;
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('reactions')
        .select(['comment_id', 'reaction', 'person_id'])
        .select([
          sql<number>`count(*) over (partition by comment_id, reaction)`.as('count'),
          sql<number>`row_number() over (
            partition by comment_id, reaction order by reacted_at, person_id
          )`.as('place'),
        ])
        .where('comment_id', 'in', ids)
        .as('placed'),
    )
    .innerJoin('people', 'people.id', 'placed.person_id')
    .select([
      'placed.comment_id',
      'placed.reaction',
      'placed.count',
      'people.handle',
      'people.name',
    ])
    .where('placed.place', '<=', MAX_NAMED)
    .orderBy('placed.place')
    .execute();
  for (const { comment_id, reaction, count, handle, name } of rows) {
    const list = byComment.get(comment_id) ?? [];
    const known = list.find((one) => one.reaction === reaction);
    if (known) known.people.push({ handle, name });
    else list.push({ reaction, count: Number(count), people: [{ handle, name }] });
    byComment.set(comment_id, list);
  }
  const order = REACTIONS as readonly string[];
  for (const list of byComment.values()) {
    list.sort((a, b) => order.indexOf(a.reaction) - order.indexOf(b.reaction));
  }
  return byComment;
}

function orcidOf({ elsewhere }: Author): string | undefined {
  const { orcid } = elsewhere ?? {};
  return typeof orcid === 'string' ? orcid.replace(/^https?:\/\/orcid\.org\//, '') : undefined;
}
