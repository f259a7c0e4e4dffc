// Formulas that order papers; pure, so that they can be tested and compared. docs/ranking.md tells
// readers the same.
import { createHash } from 'node:crypto';
import type { Day } from '../base/calendar.ts';

const DAY_MS = 86_400_000;
/** Lemmy's; over days it halves a score in the first 22 hours and ever more slowly after. */
const GRAVITY = 1.8;
/** A thread of two people can grow long, a vote is one person's. */
const COMMENT_WEIGHT = 0.5;
/** So many papers that are as usual everywhere take part in finding out what is usual in a field. */
const USUAL_PAPERS = 5;

export type TrendingCandidate = {
  paperKey: number;
  /** Those that weigh. */
  votes: number;
  comments: number;
  /** Of its list, or else of its publication; its age counts from there. */
  day: Day;
  /** The field it competes in; those without one share one. */
  category: string | undefined;
};

/** Why a paper stands where it does. */
export type TrendingReason = {
  votes: number;
  comments: number;
  ageDays: number;
  category: string | undefined;
  /** Its place among the candidates of its category, counted from 1. */
  placeInCategory: number;
};

export type Trending = { paperKey: number; score: number; why: TrendingReason };

/**
 * How much papers are talked about, the most first: `hot_rank` and `scaled_rank` of Lemmy
 * (https://github.com/LemmyNet/lemmy), log(votes) / age^1.8 / log(activity of the field), with ages in
 * days, because a list stands for a day and votes elsewhere have no times. One more vote or comment
 * never ranks a paper lower, and within a category the scale changes no order; a paper without either
 * scores 0. Of equal scores the newer day comes first, then the newer paper.
 */
export function trendingScores(candidates: TrendingCandidate[], today: Day): Trending[] {
  const activityOf = usualActivity(candidates);
  const scored = candidates.map((candidate) => {
    const ageDays = ageInDays(candidate.day, today);
    const hot = Math.log(1 + activity(candidate)) / (ageDays + 2) ** GRAVITY;
    return { candidate, ageDays, score: hot / Math.log(2 + activityOf(candidate.category)) };
  });
  scored.sort(
    (a, b) =>
      b.score - a.score ||
      compareTexts(b.candidate.day, a.candidate.day) ||
      b.candidate.paperKey - a.candidate.paperKey,
  );
  const places = new Map<string | undefined, number>();
  return scored.map(({ candidate, ageDays, score }) => {
    const { paperKey, votes, comments, category } = candidate;
    const placeInCategory = (places.get(category) ?? 0) + 1;
    places.set(category, placeInCategory);
    return { paperKey, score, why: { votes, comments, ageDays, category, placeInCategory } };
  });
}

function activity({ votes, comments }: TrendingCandidate): number {
  return votes + COMMENT_WEIGHT * comments;
}

/** Days to come are today: a date in the future gains nothing. */
function ageInDays(day: Day, today: Day): number {
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(day)) / DAY_MS));
}

/**
 * The median activity of a category's papers, with a few that have the median of all beside them, so
 * that a field of two papers is not measured by itself. A median, not a mean or a sum as Lemmy has it:
 * a paper's own votes move a mean, and would scale the paper down for being voted for.
 */
function usualActivity(candidates: TrendingCandidate[]): (category: string | undefined) => number {
  const usual = medianOf(candidates.map(activity));
  const byCategory = new Map<string | undefined, number[]>();
  for (const candidate of candidates) {
    const activities = byCategory.get(candidate.category) ?? Array(USUAL_PAPERS).fill(usual);
    activities.push(activity(candidate));
    byCategory.set(candidate.category, activities);
  }
  const medians = new Map(
    [...byCategory].map(([category, activities]) => [category, medianOf(activities)]),
  );
  return (category) => medians.get(category) ?? usual;
}

/** The lower one of an even number: always one of the values, 0 of none. */
function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A day's list in which those papers that nobody voted for have changed places among themselves, so
 * that none is first all day for its time of publication. The order is the same in every process and all day,
 * whatever votes others gain. What is pinned stays.
 */
export function shuffleUnvoted<
  Item extends { paperKey: number; isUnvoted: boolean; isPinned: boolean },
>(items: Item[], day: Day): Item[] {
  const isMoved = (item: Item) => item.isUnvoted && !item.isPinned;
  const shuffled = items
    .filter(isMoved)
    .map((item) => ({ item, lot: lotOf(item.paperKey, day) }))
    .sort((a, b) => compareTexts(a.lot, b.lot));
  let next = 0;
  return items.map((item) => (isMoved(item) ? (shuffled[next++]?.item ?? item) : item));
}

function lotOf(paperKey: number, day: Day): string {
  return createHash('sha256').update(`${day} ${paperKey}`).digest('hex');
}
