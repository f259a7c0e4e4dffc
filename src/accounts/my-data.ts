// Everything that somebody wrote, did and is known by, section after section, so that it can be sent
// while it is read. Nothing in it lets anyone sign in.
import { alertsOf } from '../alerts/own-data.ts';
import { type Instant, now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { channelPostsOf, channelsOf } from '../channels/own-data.ts';
import type { Db } from '../database/database.ts';
import { issuesOf } from '../digests/issues-of-person.ts';
import { mailOf } from '../digests/mail-of-person.ts';
import { digestsOf } from '../digests/subscriptions-of-person.ts';
import { listTokens } from '../people/api-tokens.ts';
import { findPerson, loadPeople } from '../people/person.ts';
import { listSessions } from '../people/sessions.ts';
import { loadSignInMethods } from '../people/sign-in-methods.ts';
import { listPrivateFeeds } from '../syndication/feed-tokens.ts';

/** How many rows are read at a time. */
const STEP = 500;

export type DataRow = Record<string, unknown>;
export type DataSection = { name: string; rows: AsyncIterable<DataRow> };
export type MyData = { profile: DataRow; sections: DataSection[] };

/** Sections are read when they are gone through, each once. Throws `not-found`. */
export async function openMyData(db: Db, personId: string): Promise<MyData> {
  const person = await findPerson(db, personId, now());
  if (!person) throw new AppError('not-found', 'There is nobody of that name here.');
  const { invitedBy, email, barred, id: _, isTrusted: __, ...rest } = person;
  const methods = await loadSignInMethods(db, personId);
  const inviter = invitedBy && (await loadPeople(db, [invitedBy])).get(invitedBy)?.handle;
  return {
    profile: {
      ...rest,
      email,
      isEmailVerified: methods.isEmailVerified,
      ...(inviter ? { invitedBy: inviter } : {}),
      ...(barred ? { barred } : {}),
    },
    sections: [
      { name: 'comments', rows: comments(db, personId) },
      { name: 'votes', rows: votes(db, personId) },
      { name: 'reactions', rows: reactions(db, personId) },
      { name: 'submissions', rows: submissions(db, personId) },
      { name: 'reports', rows: reports(db, personId) },
      { name: 'moderation', rows: moderation(db, personId) },
      { name: 'invitations', rows: invitations(db, personId) },
      { name: 'digests', rows: each(await digestsOf(db, personId)) },
      { name: 'issues', rows: issuesOf(db, personId) },
      { name: 'mail', rows: each(await mailOf(db, personId)) },
      { name: 'alerts', rows: each(await alertsOf(db, personId)) },
      { name: 'alertMatches', rows: alertMatches(db, personId) },
      { name: 'channels', rows: each(await channelsOf(db, personId)) },
      { name: 'channelPosts', rows: each(await channelPostsOf(db, personId)) },
      { name: 'sanctions', rows: sanctions(db, personId) },
      {
        name: 'tokens',
        rows: each((await listTokens(db, personId)).map(({ id, start, ...token }) => token)),
      },
      {
        name: 'privateFeeds',
        rows: each((await listPrivateFeeds(db, personId)).map(({ id, ...feed }) => feed)),
      },
      {
        name: 'signInMethods',
        rows: each([
          ...methods.services.map(({ provider, since }) => ({ kind: 'service', provider, since })),
          ...methods.passkeys.map(({ name, since }) => ({ kind: 'passkey', name, since })),
        ]),
      },
      {
        name: 'sessions',
        rows: each((await listSessions(db, personId)).map(({ id, ...session }) => session)),
      },
    ],
  };
}

async function* each(rows: DataRow[]): AsyncGenerator<DataRow> {
  yield* rows;
}

/** Reads by steps: `load` gives those behind the last row of the step before. */
async function* inSteps<Row>(
  load: (last: Row | undefined) => Promise<Row[]>,
  present: (rows: Row[]) => Promise<DataRow[]> | DataRow[],
): AsyncGenerator<DataRow> {
  let last: Row | undefined;
  for (;;) {
    const rows = await load(last);
    yield* await present(rows);
    last = rows.at(-1);
    if (rows.length < STEP) return;
  }
}

function comments(db: Db, personId: string) {
  return inSteps(
    (last: { id: string } | undefined) =>
      db
        .selectFrom('comments')
        .innerJoin('papers', 'papers.key', 'comments.paper_key')
        .select([
          'comments.id',
          'comments.parent_id',
          'comments.raw',
          'comments.created_at',
          'comments.edited_at',
          'comments.state',
          'papers.id as paper_id',
          'papers.title',
        ])
        .where('author_id', '=', personId)
        .where('comments.id', '>', last?.id ?? '')
        .orderBy('comments.id')
        .limit(STEP)
        .execute(),
    async (rows) => {
      const versions = await versionsOf(
        db,
        rows.map((row) => row.id),
      );
      return rows.map((row) => ({
        id: row.id,
        paper: paperOf(row),
        ...(row.parent_id === null ? {} : { replyTo: row.parent_id }),
        state: row.state,
        writtenAt: row.created_at,
        ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
        text: row.raw,
        formerTexts: versions.get(row.id) ?? [],
      }));
    },
  );
}

async function versionsOf(db: Db, ids: string[]): Promise<Map<string, DataRow[]>> {
  const versions = new Map<string, DataRow[]>();
  if (ids.length === 0) return versions;
  const rows = await db
    .selectFrom('comment_versions')
    .select(['comment_id', 'raw', 'written_at'])
    .where('comment_id', 'in', ids)
    .orderBy('comment_id')
    .orderBy('number')
    .execute();
  for (const row of rows) {
    const list = versions.get(row.comment_id) ?? [];
    list.push({ writtenAt: row.written_at, text: row.raw });
    versions.set(row.comment_id, list);
  }
  return versions;
}

function votes(db: Db, personId: string) {
  return inSteps(
    (last: { paper_key: number } | undefined) =>
      db
        .selectFrom('votes')
        .innerJoin('papers', 'papers.key', 'votes.paper_key')
        .select(['paper_key', 'voted_at', 'papers.id as paper_id', 'papers.title'])
        .where('person_id', '=', personId)
        .where('paper_key', '>', last?.paper_key ?? -1)
        .orderBy('paper_key')
        .limit(STEP)
        .execute(),
    (rows) => rows.map((row) => ({ paper: paperOf(row), votedAt: row.voted_at })),
  );
}

function reactions(db: Db, personId: string) {
  return inSteps(
    (last: { comment_id: string; reaction: string } | undefined) =>
      db
        .selectFrom('reactions')
        .innerJoin('comments', 'comments.id', 'reactions.comment_id')
        .innerJoin('papers', 'papers.key', 'comments.paper_key')
        .select(['comment_id', 'reaction', 'reacted_at', 'papers.id as paper_id', 'papers.title'])
        .where('person_id', '=', personId)
        .where((eb) =>
          eb(
            eb.refTuple('comment_id', 'reaction'),
            '>',
            eb.tuple(last?.comment_id ?? '', last?.reaction ?? ''),
          ),
        )
        .orderBy('comment_id')
        .orderBy('reaction')
        .limit(STEP)
        .execute(),
    (rows) =>
      rows.map((row) => ({
        reaction: row.reaction,
        comment: row.comment_id,
        paper: paperOf(row),
        reactedAt: row.reacted_at,
      })),
  );
}

function alertMatches(db: Db, personId: string) {
  return inSteps(
    (last: { alert_id: string; paper_key: number } | undefined) =>
      db
        .selectFrom('alert_matches')
        .innerJoin('alerts', 'alerts.id', 'alert_matches.alert_id')
        .innerJoin('papers', 'papers.key', 'alert_matches.paper_key')
        .select(['alert_id', 'paper_key', 'matched_at', 'papers.id as paper_id', 'papers.title'])
        .where('alerts.person_id', '=', personId)
        .where((eb) =>
          eb(
            eb.refTuple('alert_id', 'paper_key'),
            '>',
            eb.tuple(last?.alert_id ?? '', last?.paper_key ?? -1),
          ),
        )
        .orderBy('alert_id')
        .orderBy('paper_key')
        .limit(STEP)
        .execute(),
    (rows) =>
      rows.map((row) => ({ alert: row.alert_id, paper: paperOf(row), foundAt: row.matched_at })),
  );
}

function submissions(db: Db, personId: string) {
  return inSteps(
    (last: { id: string } | undefined) =>
      db
        .selectFrom('submissions')
        .leftJoin('papers', 'papers.key', 'submissions.paper_key')
        .selectAll('submissions')
        .select(['papers.title', 'papers.id as known_id'])
        .where('submissions.person_id', '=', personId)
        .where('submissions.id', '>', last?.id ?? '')
        .orderBy('submissions.id')
        .limit(STEP)
        .execute(),
    (rows) =>
      rows.map((row) => ({
        reference: row.reference,
        ...(row.known_id !== null && row.title !== null
          ? { paper: paperOf({ paper_id: row.known_id, title: row.title }) }
          : {}),
        day: row.day,
        comment: row.comment,
        links: JSON.parse(row.links) as unknown,
        media: JSON.parse(row.media) as unknown,
        state: row.state,
        problem: row.problem,
        submittedAt: row.created_at,
      })),
  );
}

function reports(db: Db, personId: string) {
  return inSteps(
    (last: { id: number } | undefined) =>
      db
        .selectFrom('reports')
        .select(['id', 'target_kind', 'target_id', 'reason', 'note', 'created_at', 'state'])
        .where('reported_by', '=', personId)
        .where('id', '>', last?.id ?? -1)
        .orderBy('id')
        .limit(STEP)
        .execute(),
    (rows) =>
      rows.map((row) => ({
        reported: `${row.target_kind} ${row.target_id}`,
        reason: row.reason,
        note: row.note,
        state: row.state,
        reportedAt: row.created_at,
      })),
  );
}

function moderation(db: Db, personId: string) {
  return inSteps(
    (last: { id: number } | undefined) =>
      db
        .selectFrom('moderation_log')
        .select(['id', 'acted_at', 'action', 'target_kind', 'target_id', 'reason'])
        .where('actor_id', '=', personId)
        .where('id', '>', last?.id ?? -1)
        .orderBy('id')
        .limit(STEP)
        .execute(),
    (rows) =>
      rows.map((row) => ({
        action: row.action,
        on: `${row.target_kind} ${row.target_id}`,
        reason: row.reason,
        actedAt: row.acted_at,
      })),
  );
}

function invitations(db: Db, personId: string) {
  return inSteps(
    (last: { id: string } | undefined) =>
      db
        .selectFrom('invitations')
        .leftJoin('people', 'people.id', 'invitations.used_by')
        .select([
          'invitations.id',
          'note',
          'invitations.created_at',
          'expires_at',
          'used_at',
          'revoked_at',
          'people.handle',
        ])
        .where('created_by', '=', personId)
        .where('invitations.id', '>', last?.id ?? '')
        .orderBy('invitations.id')
        .limit(STEP)
        .execute(),
    (rows) =>
      rows.map((row) => ({
        note: row.note ?? '',
        invitedAt: row.created_at,
        expiresAt: row.expires_at,
        joined: row.handle,
        joinedAt: row.used_at,
        withdrawnAt: row.revoked_at,
      })),
  );
}

function sanctions(db: Db, personId: string) {
  return inSteps(
    (last: { id: number } | undefined) =>
      db
        .selectFrom('sanctions')
        .select(['id', 'kind', 'reason', 'until', 'created_at', 'lifted_at'])
        .where('person_id', '=', personId)
        .where('id', '>', last?.id ?? -1)
        .orderBy('id')
        .limit(STEP)
        .execute(),
    (rows) =>
      rows.map(({ id: _, created_at, lifted_at, ...row }) => ({
        ...row,
        givenAt: created_at as Instant,
        liftedAt: lifted_at,
      })),
  );
}

function paperOf(row: { paper_id: string; title: string }) {
  return { id: row.paper_id, title: renderTexText(row.title) };
}
