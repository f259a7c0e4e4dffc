// Which papers an issue has, in which order.

import type { SkeletonItem } from '../feed/feed-item.ts';
import type { Topic } from '../feed/topic.ts';
import type { MailedPaper } from './mailed-paper.ts';

/** Something that a reader asked for, and the papers that it brings, the best first. */
export type Wish = {
  topic: Topic;
  /** Of an alert whose papers go into the issue. */
  alertName: string | undefined;
  items: SkeletonItem[];
};

/** A paper that at least one wish brings. */
export type Candidate = { item: SkeletonItem; wishes: Wish[] };

export type ChosenPaper = MailedPaper & { wishes: Wish[] };

/**
 * Each paper once, in the order of the wishes but lists and trending first, with the list that it stands on where
 * any wish knows one.
 */
export function mergeWishes(wishes: Wish[]): Candidate[] {
  const candidates = new Map<number, Candidate>();
  const lists = wishes.filter(({ topic }) => hasOrder(topic));
  const others = wishes.filter(({ topic }) => !hasOrder(topic));
  for (const wish of [...lists, ...others]) {
    for (const { paperKey, day } of wish.items) {
      const known = candidates.get(paperKey);
      const listed = known?.item.day ?? day;
      const item = listed === undefined ? { paperKey } : { paperKey, day: listed };
      candidates.set(paperKey, { item, wishes: [...(known?.wishes ?? []), wish] });
    }
  }
  return [...candidates.values()];
}

/** What stays when a reader is spared what is withdrawn and what they were told of. */
export function withoutTold(
  candidates: Candidate[],
  papers: Map<number, MailedPaper>,
  told: ReadonlySet<string>,
): ChosenPaper[] {
  return candidates.flatMap(({ item, wishes }) => {
    const paper = papers.get(item.paperKey);
    if (!paper || paper.item.paper.withdrawnAt !== undefined) return [];
    const isTold = told.has(paper.item.paper.id) || paper.formerIds.some((id) => told.has(id));
    return isTold ? [] : [{ ...paper, wishes }];
  });
}

/** What is trending or stands on a list in the order that it has there, then the rest by votes. */
export function rankPapers(papers: ChosenPaper[]): ChosenPaper[] {
  const isOrdered = ({ wishes }: ChosenPaper) => wishes.some(({ topic }) => hasOrder(topic));
  const ordered = papers.filter(isOrdered);
  const rest = papers.filter((paper) => !isOrdered(paper)).sort(byVotes);
  return [...ordered, ...rest];
}

/** Whether its order means more than votes do. */
export function hasOrder({ kind }: Topic): boolean {
  return kind === 'trending' || kind === 'list';
}

/** Of one's own choosing, unlike what everyone is told of. */
export function isParticular({ topic, alertName }: Wish): boolean {
  return alertName !== undefined || topic.kind === 'author' || topic.kind === 'search';
}

function isBroughtBy({ wishes }: ChosenPaper, wish: Wish): boolean {
  if (!wishes.includes(wish)) return false;
  return hasOrder(wish.topic) || isParticular(wish) || !wishes.some(({ topic }) => hasOrder(topic));
}

function byVotes({ item: a }: ChosenPaper, { item: b }: ChosenPaper): number {
  return (
    b.votes - a.votes ||
    Number(b.paper.publishedAt > a.paper.publishedAt) -
      Number(b.paper.publishedAt < a.paper.publishedAt) ||
    b.paper.key - a.paper.key
  );
}

/**
 * At most `max` of ranked papers, in their order. Each wish in turn gives its best, so that a long list leaves
 * room for the one paper of an author; a category gives what no list has.
 */
export function cutFairly(papers: ChosenPaper[], wishes: Wish[], max: number): ChosenPaper[] {
  if (papers.length <= max) return papers;
  const queues = wishes.map((wish) => papers.filter((paper) => isBroughtBy(paper, wish)));
  const taken = new Set<ChosenPaper>();
  while (taken.size < max && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      let best = queue.shift();
      while (best && taken.has(best)) best = queue.shift();
      if (best && taken.size < max) taken.add(best);
    }
  }
  return papers.filter((paper) => taken.has(paper));
}
