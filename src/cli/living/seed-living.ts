// Fills an instance with invented people and what they do, so that every page can be looked at full.
import { createHash } from 'node:crypto';
import {
  addDays,
  type Day,
  type Instant,
  startOfDay,
  toInstant,
  weekdayOf,
} from '../../base/calendar.ts';
import { AppError } from '../../base/errors.ts';
import { renderComment } from '../../comments/comment-text.ts';
import { countLikes, REACTIONS } from '../../comments/reactions.ts';
import { takeChanges } from '../../database/change-number.ts';
import type { Database, Tx } from '../../database/database.ts';
import { chunkedForInsert } from '../../database/insert-rows.ts';
import { newestListedDay } from '../../days/entry-store.ts';
import { deriveCounts, deriveVotes } from '../../papers/community-counts.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type LivingPerson, livingPeople } from './people.ts';
import { answer, INTRODUCTIONS, opening, RUDE, SPAM, SUBMITTED_WITH, type Topic } from './words.ts';

export type LivingReport = {
  people: number;
  days: number;
  entries: number;
  votes: number;
  comments: number;
  reports: number;
};

/** Of the community itself, the newest days: weekdays that end with the given one. */
const OWN_DAYS = 10;
const DISCUSSED_SHARE = 0.4;
const MAX_OPENINGS = 5;
const LONG_THREAD = 14;
const HOUR_MS = 3_600_000;
/** Since somebody last did something: those who are made up are free to act at once, as if they had not hurried. */
const PAUSE_MS = 60_000;
const IDS_AT_ONCE = 1_000;
const WEEKDAYS = 5;

type Paper = { key: number; id: string; title: string; published_at: string };
type Listed = Paper & { day: Day; submitter: LivingPerson | undefined };

/**
 * Everything in one transaction. With the same papers, `today` and `nowMs` it is the same every time. Throws
 * `conflict` where somebody has an account, unless `isForced`, and `not-found` without papers.
 */
export async function seedLiving(
  database: Database,
  { today, nowMs, isForced }: { today: Day; nowMs: number; isForced: boolean },
): Promise<LivingReport> {
  return database.transact(async (tx) => {
    await refuseUnlessEmpty(tx, isForced);
    await takeChanges(tx, 1);
    const people = livingPeople(nowMs);
    await savePeople(tx, people);
    const lists = await saveLists(tx, people, today);
    const papers = [...(await oldLists(tx, today)), ...lists];
    const votes = await saveVotes(tx, people, papers, nowMs - PAUSE_MS);
    const comments = await saveComments(tx, people, papers, nowMs - PAUSE_MS);
    const reports = await saveTroubles(tx, people, papers, nowMs);
    await countAll(tx);
    return {
      people: people.length,
      days: new Set(lists.map(({ day }) => day)).size,
      entries: lists.length,
      votes,
      comments,
      reports,
    };
  });
}

async function refuseUnlessEmpty(tx: Tx, isForced: boolean): Promise<void> {
  const paper = await tx.selectFrom('papers').select('key').limit(1).executeTakeFirst();
  if (!paper) throw new AppError('not-found', 'There are no papers here: import some first.');
  const person = await tx.selectFrom('people').select('id').limit(1).executeTakeFirst();
  if (person && !isForced) {
    throw new AppError(
      'conflict',
      'People have accounts here, and invented ones would stand among them: add --force if that is what you want.',
    );
  }
}

async function savePeople(tx: Tx, people: LivingPerson[]): Promise<void> {
  for (const person of people) {
    await tx
      .insertInto('people')
      .values({
        id: person.id,
        handle: person.handle,
        name: person.name,
        email: person.email,
        email_verified: 1,
        image: null,
        created_at: person.joinedAt,
        updated_at: person.joinedAt,
        role: person.role,
        affiliation: person.affiliation,
        about: person.about,
        orcid: null,
        has_public_votes: person.hasPublicVotes ? 1 : 0,
        invited_by: person.invitedBy,
        is_trusted: 1,
        barred_until: null,
        barred_by: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Lists of the last weekdays out of papers that no list holds, put there by members. */
async function saveLists(tx: Tx, people: LivingPerson[], today: Day): Promise<Listed[]> {
  const chance = chanceOf('lists');
  const rows = await tx
    .selectFrom('papers')
    .select(['key', 'id', 'title', 'published_at'])
    .where('withdrawn_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('day_entries')
            .select('day')
            .whereRef('day_entries.paper_key', '=', 'papers.key'),
        ),
      ),
    )
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .limit(2_000)
    .execute();
  const submitters = people.filter(({ role }) => role !== 'reader');
  const listed: Listed[] = [];
  for (const day of lastWeekdays(today, OWN_DAYS)) {
    const papers = chance.some(chance.between(12, 24), rows);
    for (const [at, paper] of papers.entries()) {
      rows.splice(rows.indexOf(paper), 1);
      const submitter = chance.one(submitters);
      listed.push({ ...paper, day, submitter });
      const listedAt = toInstant(Date.parse(startOfDay(day)) + at * 20 * 60_000) as Instant;
      await tx
        .insertInto('day_entries')
        .values({
          day,
          paper_key: paper.key,
          origin: 'here',
          listed_at: listedAt,
          published_at: paper.published_at,
          submitter: submitter.handle,
          details: JSON.stringify({
            submittedBy: { name: submitter.handle, fullname: submitter.name, type: 'user' },
          }),
          changed_at: listedAt,
          person_id: submitter.id,
          pinned_at: at === 0 && day === today ? listedAt : null,
          introduction: at < 2 ? chance.one(INTRODUCTIONS) : null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
  return listed;
}

/** The papers of the fifteen newest lists that were there before. */
async function oldLists(tx: Tx, today: Day): Promise<Listed[]> {
  const own = lastWeekdays(today, OWN_DAYS)[0] as Day;
  const newest = await newestListedDay(tx, addDays(own, -1));
  if (!newest) return [];
  const rows = await tx
    .selectFrom('day_entries')
    .innerJoin('papers', 'papers.key', 'day_entries.paper_key')
    .select(['papers.key', 'papers.id', 'papers.title', 'papers.published_at', 'day_entries.day'])
    .where('day_entries.day', '<=', newest)
    .where('day_entries.day', '>', addDays(newest, -21))
    .orderBy('day_entries.day')
    .orderBy('papers.id')
    .limit(600)
    .execute();
  return rows.map((row) => ({ ...row, day: row.day as Day, submitter: undefined }));
}

async function saveVotes(
  tx: Tx,
  people: LivingPerson[],
  papers: Listed[],
  nowMs: number,
): Promise<number> {
  const rows = papers.flatMap((paper) => {
    const chance = chanceOf(`votes ${paper.id}`);
    // Few are liked by many: votes fall steeply.
    const share = chance.number() ** 3 * 0.8;
    return people
      .filter(() => chance.isLucky(share))
      .map((person) => ({
        person_id: person.id,
        paper_key: paper.key,
        voted_at: momentAfter(chance, paper.day, nowMs),
        weighs: nowMs - Date.parse(person.joinedAt) > 24 * HOUR_MS ? 1 : 0,
      }));
  });
  for (const chunk of chunkedForInsert(rows)) {
    await tx
      .insertInto('votes')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return rows.length;
}

async function saveComments(
  tx: Tx,
  people: LivingPerson[],
  papers: Listed[],
  nowMs: number,
): Promise<number> {
  const writers = people.filter(({ role }) => role !== 'reader');
  const handles = people.map(({ handle }) => handle);
  const paperIds = papers.map(({ id }) => id).filter((id) => /^\d{4}\.\d{5}$/.test(id));
  const rows: { id: string; paper_key: number; at: string }[] = [];
  for (const [number, paper] of papers.entries()) {
    const chance = chanceOf(`comments ${paper.id}`);
    const topic: Topic = { title: paper.title, handles, paperIds };
    const write = async (raw: string, author: LivingPerson, parent: Written | undefined) => {
      const at = parent
        ? laterThan(chance, parent.at, nowMs)
        : momentAfter(chance, paper.day, nowMs);
      const id = commentId(at, `${paper.id} ${rows.length}`);
      const text = await renderComment(tx, raw);
      const written = { id, paper_key: paper.key, at };
      await tx
        .insertInto('comments')
        .values({
          id,
          paper_key: paper.key,
          parent_id: parent?.id ?? null,
          author_id: author.id,
          ...text,
          created_at: at,
          edited_at: null,
          state: 'visible',
          hidden_by: null,
          hidden_reason: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      rows.push(written);
      return written;
    };
    if (paper.submitter && chance.isLucky(0.5)) {
      await write(chance.one(SUBMITTED_WITH), paper.submitter, undefined);
    }
    const isLong = number === papers.length - 1;
    if (!isLong && !chance.isLucky(DISCUSSED_SHARE)) continue;
    for (let turn = chance.between(1, MAX_OPENINGS); turn > 0; turn--) {
      let last = await write(opening(chance, topic), chance.one(writers), undefined);
      const depth = isLong && turn === 1 ? LONG_THREAD : 6;
      for (let level = 0; level < depth && (isLong || chance.isLucky(0.45)); level++) {
        last = await write(answer(chance, topic), chance.one(writers), last);
      }
    }
  }
  await saveReactions(tx, people, rows);
  return rows.length;
}

type Written = { id: string; at: string };

async function saveReactions(tx: Tx, people: LivingPerson[], comments: Written[]): Promise<void> {
  const rows = comments.flatMap(({ id, at }) => {
    const chance = chanceOf(`reactions ${id}`);
    if (!chance.isLucky(0.5)) return [];
    const reactions = chance.some(chance.between(1, 3), REACTIONS);
    return chance.some(chance.between(1, 8), people).map((person) => ({
      comment_id: id,
      person_id: person.id,
      reaction: chance.one(reactions),
      reacted_at: at,
    }));
  });
  for (const chunk of chunkedForInsert(rows)) {
    await tx
      .insertInto('reactions')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Reports that wait, what moderators did, and somebody who is suspended. */
async function saveTroubles(
  tx: Tx,
  people: LivingPerson[],
  papers: Listed[],
  nowMs: number,
): Promise<number> {
  const chance = chanceOf('troubles');
  const moderator = people.find(({ role }) => role === 'moderator') as LivingPerson;
  const members = people.filter(({ role }) => role === 'member');
  const [spammer, rude] = [members.at(-1), members.at(-2)] as [LivingPerson, LivingPerson];
  const paper = papers.at(-1) as Listed;
  const at = (hoursAgo: number) => new Date(nowMs - hoursAgo * HOUR_MS).toISOString();
  const troubles = [
    { raw: SPAM, author: spammer, reason: 'Spam', hours: 5, isHidden: true },
    { raw: RUDE, author: rude, reason: 'Abuse', hours: 3, isHidden: false },
    {
      raw: SPAM.replace('essays', 'notes'),
      author: spammer,
      reason: 'Spam',
      hours: 2,
      isHidden: false,
    },
  ];
  for (const { raw, author, reason, hours, isHidden } of troubles) {
    const id = commentId(at(hours), `trouble ${hours}`);
    await tx
      .insertInto('comments')
      .values({
        id,
        paper_key: paper.key,
        parent_id: null,
        author_id: author.id,
        ...(await renderComment(tx, raw)),
        created_at: at(hours),
        edited_at: null,
        state: isHidden ? 'hidden' : 'visible',
        hidden_by: isHidden ? moderator.id : null,
        hidden_reason: isHidden ? reason : null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const reporter of chance.some(2, members)) {
      await tx
        .insertInto('reports')
        .values({
          target_kind: 'comment',
          target_id: id,
          reported_by: reporter.id,
          reason,
          note: chance.isLucky(0.5) ? 'This is not about the paper.' : '',
          created_at: at(hours - 0.5),
          state: isHidden ? 'upheld' : 'open',
          handled_by: isHidden ? moderator.id : null,
          handled_at: isHidden ? at(hours - 1) : null,
        })
        .execute();
    }
    if (isHidden)
      await log(tx, moderator, 'hide', { kind: 'comment', id }, author, reason, at(hours - 1));
  }
  const until = new Date(nowMs + 7 * 24 * HOUR_MS).toISOString();
  await tx
    .updateTable('people')
    .set({ barred_until: until, barred_by: 'suspend' })
    .where('id', '=', spammer.id)
    .execute();
  const reason = 'Advertising in comments';
  await tx
    .insertInto('sanctions')
    .values({
      person_id: spammer.id,
      kind: 'suspend',
      until,
      reason,
      created_by: moderator.id,
      created_at: at(1),
      lifted_at: null,
    })
    .execute();
  await log(tx, moderator, 'suspend', { kind: 'person', id: spammer.id }, spammer, reason, at(1), {
    until,
  });
  return troubles.length * 2;
}

async function log(
  tx: Tx,
  actor: LivingPerson,
  action: string,
  target: { kind: string; id: string },
  subject: LivingPerson,
  reason: string,
  at: string,
  details: Record<string, string> = {},
): Promise<void> {
  await tx
    .insertInto('moderation_log')
    .values({
      acted_at: at,
      actor_id: actor.id,
      action,
      target_kind: target.kind,
      target_id: target.id,
      subject_id: subject.id,
      reason,
      details: JSON.stringify(details),
      undoes: null,
      undone_at: null,
    })
    .execute();
}

/** Every count that is derived, of everything that was touched. */
async function countAll(tx: Tx): Promise<void> {
  const touched = await tx
    .selectFrom('votes')
    .select('paper_key')
    .union(tx.selectFrom('comments').select('paper_key'))
    .execute();
  const keys = touched.map((row) => row.paper_key).sort((a, b) => a - b);
  for (const key of keys) await deriveCounts(tx, key);
  await deriveVotes(tx, keys);
  const comments = await tx.selectFrom('reactions').select('comment_id').distinct().execute();
  const ids = comments.map((row) => row.comment_id);
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    await countLikes(tx, ids.slice(start, start + IDS_AT_ONCE));
  }
}

/** Oldest first; the last is `today`, or the Friday before. */
function lastWeekdays(today: Day, count: number): Day[] {
  const days: Day[] = [];
  for (let day = today; days.length < count; day = addDays(day, -1)) {
    if (weekdayOf(day) <= WEEKDAYS) days.unshift(day);
  }
  return days;
}

/** In the three days from the morning of `day`; while it is not yet morning, in the night before; never after `nowMs`. */
function momentAfter(chance: Chance, day: Day, nowMs: number): string {
  const midnight = Date.parse(startOfDay(day));
  const morning = midnight + 6 * HOUR_MS;
  const to = Math.min(morning + 72 * HOUR_MS, nowMs);
  const from = Math.min(to > morning ? morning : midnight, to);
  return new Date(from + Math.floor(chance.number() * (to - from))).toISOString();
}

function laterThan(chance: Chance, at: string, nowMs: number): string {
  const from = Date.parse(at);
  const rest = Math.max(0, Math.min(8 * HOUR_MS, nowMs - from));
  return new Date(from + Math.floor(chance.number() * rest)).toISOString();
}

/** Sorts by time as those of real comments do. */
function commentId(at: string, name: string): string {
  const ms = Date.parse(at);
  const time =
    Math.floor(ms / 1_000)
      .toString(16)
      .padStart(8, '0') + (ms % 1_000).toString(16).padStart(3, '0');
  return (
    time +
    createHash('sha256')
      .update(name)
      .digest('hex')
      .slice(0, 24 - time.length)
  );
}
