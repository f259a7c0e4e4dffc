// From what somebody typed to what is kept and shown.
import { AppError } from '../base/errors.ts';
import type { Db } from '../database/database.ts';
import { dropInvisible } from './markdown/clean-text.ts';
import { MAX_COMMENT_CHARS } from './markdown/parse-markdown.ts';
import { findReferences, type References, type ResolvedReferences } from './markdown/references.ts';
import { MARKDOWN_VERSION, renderMarkdown } from './markdown/render-markdown.ts';

/** Of all the comments that are rendered together; further names stay plain text. */
const MAX_RESOLVED = 5_000;
/** Names something that is not here, and may come to be: such a comment is rendered at every reading. */
const INCOMPLETE = `${MARKDOWN_VERSION} incomplete`;

export type RenderedText = { raw: string; html: string; html_version: string };

/**
 * Line ends become `\n`, and what cannot be seen goes. Throws `invalid` for a text without anything to
 * see or with more than 65,536 characters.
 */
export function parseCommentText(typed: string): string {
  const raw = dropInvisible(typed.replace(/\r\n?/g, '\n')).trimEnd();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(raw)) {
    throw new AppError('invalid', 'The comment is empty: write something first.');
  }
  if (raw.length > MAX_COMMENT_CHARS) {
    const over = (raw.length - MAX_COMMENT_CHARS).toLocaleString('en');
    throw new AppError(
      'invalid',
      `The comment is too long: it may have 65,536 characters, leave out ${over}.`,
    );
  }
  return raw;
}

/** What a comment looks like now. Throws as `parseCommentText`. Three queries at most. */
export async function renderComment(db: Db, typed: string): Promise<RenderedText> {
  const raw = parseCommentText(typed);
  const references = findReferences(raw);
  return renderWith(raw, references, await resolve(db, [references]));
}

/**
 * The same comments with HTML of the present renderer that knows all papers and people: those with
 * other HTML are rendered anew, in three queries however many they are. Nothing is written: the next
 * edit keeps what it renders, and kept pages spare the rest.
 */
export async function withCurrentHtml<T extends RenderedText>(db: Db, rows: T[]): Promise<T[]> {
  const stale = new Map(
    rows
      .filter((row) => row.html_version !== MARKDOWN_VERSION && row.raw !== '')
      .map((row) => [row, findReferences(row.raw)]),
  );
  if (stale.size === 0) return rows;
  const resolved = await resolve(db, [...stale.values()]);
  return rows.map((row) => {
    const references = stale.get(row);
    return references ? { ...row, ...renderWith(row.raw, references, resolved) } : row;
  });
}

function renderWith(
  raw: string,
  { handles, paperIds }: References,
  resolved: ResolvedReferences,
): RenderedText {
  const isComplete =
    handles.every((handle) => resolved.people.has(handle)) &&
    paperIds.every((id) => resolved.papers.has(id));
  return {
    raw,
    html: renderMarkdown(raw, resolved),
    html_version: isComplete ? MARKDOWN_VERSION : INCOMPLETE,
  };
}

async function resolve(db: Db, all: References[]): Promise<ResolvedReferences> {
  const handles = gather(all.map((one) => one.handles));
  const ids = gather(all.map((one) => one.paperIds));
  const people =
    handles.length === 0
      ? []
      : await db
          .selectFrom('people')
          .select(['handle', 'name'])
          .where('handle', 'in', handles)
          .execute();
  return {
    people: new Map(people.map(({ handle, name }) => [handle, { name }])),
    papers: ids.length === 0 ? new Map() : await titlesOf(db, ids),
  };
}

async function titlesOf(db: Db, ids: string[]): Promise<Map<string, { title: string }>> {
  const former = await db
    .selectFrom('paper_redirects')
    .innerJoin('papers', 'papers.key', 'paper_redirects.paper_key')
    .select(['paper_redirects.id', 'papers.title'])
    .where('paper_redirects.id', 'in', ids)
    .execute();
  const present = await db
    .selectFrom('papers')
    .select(['id', 'title'])
    .where('id', 'in', ids)
    .execute();
  return new Map([...former, ...present].map(({ id, title }) => [id, { title }]));
}

function gather(lists: string[][]): string[] {
  return [...new Set(lists.flat())].slice(0, MAX_RESOLVED);
}
