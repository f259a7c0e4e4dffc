// What editors do to an entry. Each act is idempotent, throws `not-found` where the list never held the
// paper, and lets readers see it at once. That somebody may edit is asked before.
import { type Day, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';

export const MAX_INTRODUCTION_LENGTH = 500;

export type EntryPlace = { day: Day; paperKey: number };

export type EntryState = EntryPlace & {
  isPinned: boolean;
  isListed: boolean;
  introduction: string;
};

/** The first pinned stands first; pinning again changes no order. */
export function pinEntry(tx: Tx, place: EntryPlace): Promise<void> {
  return change(tx, place, (entry) => (entry.pinned_at === null ? { pinned_at: now() } : {}));
}

export function unpinEntry(tx: Tx, place: EntryPlace): Promise<void> {
  return change(tx, place, () => ({ pinned_at: null }));
}

/** Takes the paper off the list; the entry is kept, and no import or submission puts it back. */
export function unlistEntry(tx: Tx, place: EntryPlace): Promise<void> {
  return change(tx, place, (entry) => (entry.unlisted_at === null ? { unlisted_at: now() } : {}));
}

export function listEntry(tx: Tx, place: EntryPlace): Promise<void> {
  return change(tx, place, () => ({ unlisted_at: null }));
}

/** Says why to read it, in plain text; nothing takes the line away. Throws `invalid` for too long a text. */
export function introduceEntry(
  tx: Tx,
  { introduction, ...place }: EntryPlace & { introduction: string },
): Promise<void> {
  const text = parseIntroduction(introduction);
  return change(tx, place, () => ({ introduction: text === '' ? null : text }));
}

/** Throws `invalid`. */
export function parseIntroduction(typed: string): string {
  const text = oneLine(cleanText(typed));
  if (text.length <= MAX_INTRODUCTION_LENGTH) return text;
  throw new AppError(
    'invalid',
    `The introduction may have ${MAX_INTRODUCTION_LENGTH} characters: leave out ${text.length - MAX_INTRODUCTION_LENGTH}.`,
  );
}

/** Also of an entry that was taken off its list. */
export async function findEntryState(db: Db, place: EntryPlace): Promise<EntryState | undefined> {
  const row = await findRow(db, place);
  return (
    row && {
      ...place,
      isPinned: row.pinned_at !== null,
      isListed: row.unlisted_at === null,
      introduction: row.introduction ?? '',
    }
  );
}

/** The papers that were taken off a day's list, the last one first; at most 100. */
export async function listUnlisted(db: Db, day: Day): Promise<EntryPlace[]> {
  const rows = await db
    .selectFrom('day_entries')
    .select('paper_key')
    .where('day', '=', day)
    .where('unlisted_at', 'is not', null)
    .orderBy('unlisted_at', 'desc')
    .orderBy('paper_key')
    .limit(100)
    .execute();
  return rows.map((row) => ({ day, paperKey: row.paper_key }));
}

type EntryChanges = {
  pinned_at?: string | null;
  unlisted_at?: string | null;
  introduction?: string | null;
};

async function change(
  tx: Tx,
  place: EntryPlace,
  changesOf: (entry: Required<EntryChanges>) => EntryChanges,
): Promise<void> {
  const number = await takeChanges(tx, 1);
  const entry = await findRow(tx, place);
  if (!entry) throw new AppError('not-found', `The paper is not on the list of ${place.day}.`);
  const at = now();
  await tx
    .updateTable('day_entries')
    .set({ ...changesOf(entry), changed_at: at })
    .where('day', '=', place.day)
    .where('paper_key', '=', place.paperKey)
    .execute();
  await tx
    .updateTable('papers')
    .set({ changed_at: at, change: number })
    .where('key', '=', place.paperKey)
    .execute();
}

function findRow(db: Db, { day, paperKey }: EntryPlace) {
  return db
    .selectFrom('day_entries')
    .select(['pinned_at', 'unlisted_at', 'introduction'])
    .where('day', '=', day)
    .where('paper_key', '=', paperKey)
    .executeTakeFirst();
}
