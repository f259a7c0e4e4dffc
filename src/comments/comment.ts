import type { Selectable } from 'kysely';
import type { CommentsTable } from '../database/schema.ts';
import type { Person } from '../people/person.ts';
import { roleMay } from '../people/roles.ts';

export type CommentRow = Selectable<CommentsTable>;
export type CommentState = CommentRow['state'];

/** Why a moderator may hide a comment; the words of Hugging Face's API. */
export const HIDDEN_REASONS = [
  'Spam',
  'Abuse',
  'Graphic Content',
  'Resolved',
  'Off-Topic',
  'Low Quality',
] as const;
export type HiddenReason = (typeof HIDDEN_REASONS)[number];

/** Whoever a thread is made for; undefined for the page that all readers share. */
export type CommentReader = { personId: string; canModerate: boolean } | undefined;

export function readerOf(person: Person | undefined): CommentReader {
  return person && { personId: person.id, canModerate: roleMay(person.role, 'moderate') };
}

/** Others see that a comment is there only while it is visible; its author and moderators see it always. */
export function maySee(
  comment: { state: CommentState; authorId: string | null },
  reader: CommentReader,
): boolean {
  if (comment.state === 'visible') return true;
  if (comment.state === 'deleted' || !reader) return false;
  return reader.canModerate || reader.personId === comment.authorId;
}
