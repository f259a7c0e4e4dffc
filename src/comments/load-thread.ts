// A paper's discussion, and parts of it. Its skeleton is read whole, for only so can replies be counted
// that keep a tombstone standing; the texts are read for what a page shows.
import { AppError } from '../base/errors.ts';
import type { Db } from '../database/database.ts';
import type { Paper } from '../papers/paper-row.ts';
import { type CommentReader, maySee } from './comment.ts';
import { isCommentId } from './comment-id.ts';
import { hydrateComments, type ShownComment } from './hydrate-comments.ts';
import {
  cutPlaces,
  orderThread,
  type PageLimits,
  type Place,
  pagesOf,
  subtreeOf,
  type ThreadRow,
  type ThreadSort,
} from './thread-order.ts';

/** No discussion has come near; of a longer one the oldest are shown. */
const MAX_ROWS = 20_000;
const PAGE: PageLimits = { roots: 500, comments: 2_000, chars: 4_000_000 };

export type ThreadComment = ShownComment & {
  depth: number;
  /** The author of what it answers, where that is shown. */
  answers: { id: string; name: string | undefined } | undefined;
};

export type Thread = {
  /** In reading order. */
  comments: ThreadComment[];
  /** Comments that everyone sees. */
  total: number;
  isLocked: boolean;
  sort: ThreadSort;
  /** Counted from 0. */
  page: number;
  pages: number;
  /** What is too much for one page: how many, and where they go on. */
  rest: { count: number; firstId: string } | undefined;
};

export type Conversation = Pick<Thread, 'comments' | 'isLocked' | 'rest'> & {
  /** What the first comment answers. */
  answered: ThreadComment | undefined;
};

type Options = { reader: CommentReader };

/** One page of the discussion. Throws `not-found` for a page it has not. Eight queries at most. */
export async function loadThread(
  db: Db,
  paper: Paper,
  {
    reader,
    sort = 'time',
    page = 0,
    isWhole = false,
  }: Options & {
    sort?: ThreadSort;
    page?: number;
    /** All on one page, as far as that can be. */
    isWhole?: boolean;
  },
): Promise<Thread> {
  const rows = await loadRows(db, paper.key, reader);
  const trees = orderThread(rows, sort);
  const pages = isWhole ? [trees] : pagesOf(trees, PAGE);
  if (page > 0 && page >= pages.length) {
    throw new AppError('not-found', 'The discussion has no such page.');
  }
  const places = (pages[page] ?? []).flat();
  return {
    ...(await show(db, paper, places, reader)),
    total: rows.filter((row) => row.isPublic).length,
    isLocked: await areCommentsLocked(db, paper.key),
    sort,
    page,
    pages: pages.length,
  };
}

/** One comment with its replies and what it answers. Undefined where the reader cannot know of it. */
export async function loadConversation(
  db: Db,
  paper: Paper,
  id: string,
  { reader }: Options,
): Promise<Conversation | undefined> {
  if (!isCommentId(id)) return undefined;
  const trees = orderThread(await loadRows(db, paper.key, reader), 'time');
  const places = subtreeOf(trees, id);
  const [first] = places;
  if (!first) return undefined;
  const parentId = first.row.parentId;
  const parent = parentId === null ? undefined : subtreeOf(trees, parentId)[0];
  const shown = await show(db, paper, places, reader);
  const answered = parent && (await show(db, paper, [parent], reader)).comments[0];
  return { ...shown, answered, isLocked: await areCommentsLocked(db, paper.key) };
}

/** Where a reader finds the comment in the discussion by time; undefined where they cannot. */
export async function findPageOf(
  db: Db,
  paperKey: number,
  id: string,
  { reader }: Options,
): Promise<number | undefined> {
  const pages = pagesOf(orderThread(await loadRows(db, paperKey, reader), 'time'), PAGE);
  const page = pages.findIndex((trees) =>
    cutPlaces(trees.flat(), PAGE).some(({ row }) => row.id === id),
  );
  return page < 0 ? undefined : page;
}

async function areCommentsLocked(db: Db, paperKey: number): Promise<boolean> {
  const row = await db
    .selectFrom('papers')
    .select('comments_locked_at')
    .where('key', '=', paperKey)
    .executeTakeFirst();
  return row !== undefined && row.comments_locked_at !== null;
}

async function loadRows(
  db: Db,
  paperKey: number,
  reader: CommentReader,
): Promise<(ThreadRow & { isPublic: boolean })[]> {
  const rows = await db
    .selectFrom('comments')
    .select(['id', 'parent_id', 'author_id', 'state', 'liked'])
    .select((eb) => eb.fn<number>('length', ['html']).as('size'))
    .where('paper_key', '=', paperKey)
    .orderBy('id')
    .limit(MAX_ROWS)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    isShown: maySee({ state: row.state, authorId: row.author_id }, reader),
    isPublic: row.state === 'visible',
    liked: row.liked,
    size: Number(row.size),
  }));
}

async function show(
  db: Db,
  paper: Paper,
  places: Place[],
  reader: CommentReader,
): Promise<Pick<Thread, 'comments' | 'rest'>> {
  const kept = cutPlaces(places, PAGE);
  const shown = await hydrateComments(
    db,
    kept.map(({ row }) => row.id),
    { paper, reader },
  );
  const next = places[kept.length];
  return {
    comments: kept.flatMap(({ row, depth }) => {
      const comment = shown.get(row.id);
      if (!comment) return [];
      const parent = comment.parentId === undefined ? undefined : shown.get(comment.parentId);
      const answers = parent && { id: parent.id, name: parent.author?.name };
      return [{ ...comment, depth, answers }];
    }),
    rest: next && { count: places.length - kept.length, firstId: next.row.id },
  };
}
