// The lists of days: who put which paper on which day's list, and how many did. An entry that an editor
// took off its list (`unlisted_at`) is kept, so that no import puts it back, and is read by nobody else.
import { type Day, type Instant, now } from '../base/calendar.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Db, Tx } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';
import type { JsonObject } from '../papers/paper.ts';
import { type EntryRecord, HERE } from './entry.ts';

/** What an entry shows beside its place on the list. */
export type EntryDetails = Pick<
  EntryRecord,
  'submittedBy' | 'thumbnail' | 'mediaUrls' | 'isAuthorParticipating' | 'organization'
>;

export type SavedEntry = { entry: EntryRecord; paperKey: number };

/** A paper's entry by a person of this instance. */
export type OwnEntry = {
  day: Day;
  paperKey: number;
  listedAt: Instant;
  publishedAt: Instant;
  mediaUrls: string[];
  person: { id: string; handle: string };
};

/** Throws when the paper has an entry on that day: look before, behind the change number. */
export async function insertOwnEntry(tx: Tx, entry: OwnEntry): Promise<void> {
  const { day, paperKey, listedAt, publishedAt, mediaUrls, person } = entry;
  await tx
    .insertInto('day_entries')
    .values({
      day,
      paper_key: paperKey,
      origin: HERE,
      listed_at: listedAt,
      published_at: publishedAt,
      submitter: person.handle,
      // Whatever else is shown of the submitter is read where it is kept, and goes when they go.
      details: JSON.stringify(mediaUrls.length > 0 ? { mediaUrls } : {}),
      changed_at: listedAt,
      person_id: person.id,
      pinned_at: null,
      unlisted_at: null,
      introduction: null,
    })
    .execute();
}

/** Puts papers on lists; an entry that is there already takes the newer details. Returns how many rows changed. */
export async function saveEntries(tx: Tx, entries: SavedEntry[]): Promise<number> {
  const at = now();
  const rows = new Map(
    entries.map(({ entry, paperKey }) => [
      `${entry.day} ${paperKey}`,
      {
        day: entry.day,
        paper_key: paperKey,
        origin: entry.origin,
        listed_at: entry.listedAt ?? null,
        published_at: entry.publishedAt,
        submitter: entry.submitter ?? null,
        details: JSON.stringify(detailsOf(entry)),
        changed_at: at,
      },
    ]),
  );
  let changed = 0;
  for (const chunk of chunkedForInsert([...rows.values()])) {
    const written = await tx
      .insertInto('day_entries')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'paper_key'])
          .doUpdateSet((eb) => ({
            listed_at: eb.fn.coalesce('excluded.listed_at', 'day_entries.listed_at'),
            published_at: eb.ref('excluded.published_at'),
            submitter: eb.fn.coalesce('excluded.submitter', 'day_entries.submitter'),
            details: eb.ref('excluded.details'),
            changed_at: eb.ref('excluded.changed_at'),
          }))
          .where((eb) =>
            eb.and([
              // One list is kept from one origin: another's copy of it does not replace it.
              eb('day_entries.origin', '=', eb.ref('excluded.origin')),
              eb.or([
                eb('day_entries.details', '<>', eb.ref('excluded.details')),
                eb('day_entries.published_at', '<>', eb.ref('excluded.published_at')),
                eb('day_entries.listed_at', 'is distinct from', eb.ref('excluded.listed_at')),
                eb('day_entries.submitter', 'is distinct from', eb.ref('excluded.submitter')),
              ]),
            ]),
          ),
      )
      .returning('paper_key')
      .execute();
    changed += written.length;
  }
  if (changed > 0) await takeChanges(tx, 1);
  return changed;
}

function detailsOf(entry: EntryRecord): EntryDetails {
  const { submittedBy, thumbnail, mediaUrls, isAuthorParticipating, organization } = entry;
  return {
    ...(submittedBy ? { submittedBy } : {}),
    ...(thumbnail ? { thumbnail } : {}),
    ...(mediaUrls ? { mediaUrls } : {}),
    ...(isAuthorParticipating === undefined ? {} : { isAuthorParticipating }),
    ...(organization ? { organization } : {}),
  };
}

/** What everyone may see of a submitter. */
export type EntryPerson = { handle: string; name: string };

export type Entry = {
  day: Day;
  paperKey: number;
  origin: string;
  listedAt: Instant | undefined;
  publishedAt: Instant;
  submitter: string | undefined;
  /** The submitter, where that is a person of this instance. */
  person: EntryPerson | undefined;
  pinnedAt: Instant | undefined;
  /** When an editor or moderator took it off the list. */
  unlistedAt: Instant | undefined;
  /** The editor's line: why one should read it. */
  introduction: string | undefined;
} & EntryDetails;

type EntryRow = {
  day: string;
  paper_key: number;
  origin: string;
  listed_at: string | null;
  published_at: string;
  submitter: string | null;
  details: string;
  pinned_at: string | null;
  unlisted_at: string | null;
  introduction: string | null;
  /** Of the submitter's row in `people`. */
  handle: string | null;
  name: string | null;
};

export function entryFromRow(row: EntryRow): Entry {
  const person =
    row.handle === null || row.name === null ? undefined : { handle: row.handle, name: row.name };
  return {
    ...(JSON.parse(row.details) as EntryDetails & { submittedBy?: JsonObject }),
    day: row.day as Day,
    paperKey: row.paper_key,
    origin: row.origin,
    listedAt: (row.listed_at as Instant | null) ?? undefined,
    publishedAt: row.published_at as Instant,
    submitter: person?.handle ?? row.submitter ?? undefined,
    person,
    pinnedAt: (row.pinned_at as Instant | null) ?? undefined,
    unlistedAt: (row.unlisted_at as Instant | null) ?? undefined,
    introduction: row.introduction ?? undefined,
  };
}

/** The newest day up to `until` that has entries. */
export async function newestListedDay(db: Db, until: Day): Promise<Day | undefined> {
  const row = await db
    .selectFrom('day_entries')
    .select('day')
    .where('day', '<=', until)
    .where('unlisted_at', 'is', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.day as Day | undefined;
}

/** The days of a span that have entries, oldest first, with how many. */
export async function listedDays(
  db: Db,
  first: Day,
  end: Day,
): Promise<{ day: Day; entries: number }[]> {
  const rows = await db
    .selectFrom('day_entries')
    .select((eb) => ['day', eb.fn.countAll<number>().as('entries')])
    .where('day', '>=', first)
    .where('day', '<', end)
    .where('unlisted_at', 'is', null)
    .groupBy('day')
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ day: row.day as Day, entries: row.entries }));
}
