// The papers that some days have gained: announced or put on a list of one of them.
import type { Day, Instant } from '../base/calendar.ts';
import type { Db } from '../database/database.ts';

export type DatedKey = {
  key: number;
  /** The newest day that announced or listed it. */
  day: Day;
};

/** What is looked at: papers that changed behind one change number, up to another, and entries made since. */
export type Gain = { after: number; until: number; since: Instant };

/**
 * Papers of the days from `first` on that changed or came onto a list, each once, in the order of their keys. Some
 * of them may not be new: whoever asks must bear to see a paper twice.
 */
export async function gainedPapers(db: Db, first: Day, gain: Gain): Promise<DatedKey[]> {
  const days = new Map<number, Day>();
  for (const { key, announced_on, day } of [
    ...(await changedPapers(db, first, gain)),
    ...(await listedPapers(db, first, gain)),
  ]) {
    // Text sorts as days do.
    const newest = [announced_on ?? '', day ?? ''].sort().at(-1) as Day;
    if (newest > (days.get(key) ?? '')) days.set(key, newest);
  }
  return [...days].map(([key, day]) => ({ key, day })).sort((a, b) => a.key - b.key);
}

function changedPapers(db: Db, first: Day, { after, until }: Gain) {
  return withListedDay(db, first)
    .where('papers.change', '>', after)
    .where('papers.change', '<=', until)
    .where((eb) =>
      eb.or([eb('papers.announced_on', '>=', first), eb('listed.day', 'is not', null)]),
    )
    .execute();
}

function listedPapers(db: Db, first: Day, { since }: Gain) {
  return withListedDay(db, first)
    .where('papers.key', 'in', (eb) =>
      eb
        .selectFrom('day_entries')
        .select('paper_key')
        .where('day', '>=', first)
        .where('changed_at', '>=', since)
        .where('unlisted_at', 'is', null),
    )
    .execute();
}

function withListedDay(db: Db, first: Day) {
  return db
    .selectFrom('papers')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('day_entries')
          .select((entry) => ['paper_key', entry.fn.max('day').as('day')])
          .where('day', '>=', first)
          .where('unlisted_at', 'is', null)
          .groupBy('paper_key')
          .as('listed'),
      (join) => join.onRef('listed.paper_key', '=', 'papers.key'),
    )
    .select(['papers.key', 'papers.announced_on', 'listed.day'])
    .where('papers.withdrawn_at', 'is', null);
}
