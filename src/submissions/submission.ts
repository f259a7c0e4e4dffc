// A submission is somebody's wish to have a paper on the day's list. It waits until the paper is here,
// and is then listed, or refused with a reason in words.
import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { type Day, type Instant, now } from '../base/calendar.ts';
import type { Db, Tx } from '../database/database.ts';
import type { SubmissionsTable } from '../database/schema.ts';
import type { PaperLinks } from '../papers/set-links.ts';

export type SubmissionState = SubmissionsTable['state'];

/** What somebody sent in, checked. */
export type Draft = {
  /** As it was pasted. */
  reference: string;
  /** Empty: none. */
  comment: string;
  links: PaperLinks;
  mediaUrls: string[];
};

export type Submission = Draft & {
  id: string;
  personId: string;
  /** Once the paper is here. */
  paperKey: number | undefined;
  /** The identity that is looked for; undefined for an address whose page must tell. */
  paperId: string | undefined;
  /** The day of its list; while it waits, the day on which it was sent. */
  day: Day;
  state: SubmissionState;
  /** Why it was refused, or what could not be done with it. */
  problem: string | undefined;
  createdAt: Instant;
  changedAt: Instant;
};

function submissionFromRow(row: Selectable<SubmissionsTable>): Submission {
  return {
    id: row.id,
    personId: row.person_id,
    reference: row.reference,
    paperKey: row.paper_key ?? undefined,
    paperId: row.paper_id ?? undefined,
    day: (row.day ?? row.created_at.slice(0, 10)) as Day,
    comment: row.comment,
    links: JSON.parse(row.links) as PaperLinks,
    mediaUrls: JSON.parse(row.media) as string[],
    state: row.state,
    problem: row.problem ?? undefined,
    createdAt: row.created_at as Instant,
    changedAt: row.changed_at as Instant,
  };
}

/** Writes a submission down as waiting. */
export async function insertSubmission(
  tx: Tx,
  {
    draft,
    personId,
    paperId,
    day,
  }: {
    draft: Draft;
    personId: string;
    paperId: string | undefined;
    day: Day;
  },
): Promise<Submission> {
  const at = now();
  const row = await tx
    .insertInto('submissions')
    .values({
      id: randomUUID(),
      person_id: personId,
      reference: draft.reference,
      paper_key: null,
      paper_id: paperId ?? null,
      day,
      comment: draft.comment,
      links: JSON.stringify(draft.links),
      media: JSON.stringify(draft.mediaUrls),
      state: 'waiting',
      problem: null,
      created_at: at,
      changed_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return submissionFromRow(row);
}

export async function updateSubmission(
  tx: Tx,
  id: string,
  changes: {
    state?: SubmissionState;
    problem?: string | null;
    paper_key?: number;
    paper_id?: string;
    day?: Day;
  },
): Promise<void> {
  await tx
    .updateTable('submissions')
    .set({ ...changes, changed_at: now() })
    .where('id', '=', id)
    .execute();
}

export async function findSubmission(db: Db, id: string): Promise<Submission | undefined> {
  const row = await db
    .selectFrom('submissions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && submissionFromRow(row);
}

/** The newest first. */
export async function listSubmissionsOf(
  db: Db,
  personId: string,
  limit: number,
): Promise<Submission[]> {
  const rows = await db
    .selectFrom('submissions')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(submissionFromRow);
}
