// Which papers an issue has, in which order.
import type { SkeletonItem } from '../feed/feed-item.ts';
import type { Topic } from '../feed/topic.ts';
import type { MailedPaper } from './mailed-paper.ts';

/** What one topic or alert of a digest brings to an issue, the best first. */
export type Offer = {
  topic: Topic;
  /** Of an alert whose papers go into the issue. */
  alertName: string | undefined;
  items: SkeletonItem[];
};

/** A paper that at least one offer brings. */
export type Candidate = { item: SkeletonItem; offers: Offer[] };

export type ChosenPaper = MailedPaper & { offers: Offer[] };

/**
 * Each paper once, in the order of the offers but lists and trending first, with the list that it stands on where
 * any offer knows one.
 */
export function mergeOffers(offers: Offer[]): Candidate[] {
  const candidates = new Map<number, Candidate>();
  const lists = offers.filter(({ topic }) => hasOrder(topic));
  const others = offers.filter(({ topic }) => !hasOrder(topic));
  for (const offer of [...lists, ...others]) {
    for (const { paperKey, day } of offer.items) {
      const known = candidates.get(paperKey);
      const listed = known?.item.day ?? day;
      const item = listed === undefined ? { paperKey } : { paperKey, day: listed };
      candidates.set(paperKey, { item, offers: [...(known?.offers ?? []), offer] });
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
  return candidates.flatMap(({ item, offers }) => {
    const paper = papers.get(item.paperKey);
    if (!paper || paper.item.paper.withdrawnAt !== undefined) return [];
    return isTold(paper, told) ? [] : [{ ...paper, offers }];
  });
}

/** Under whatever id. */
export function isTold({ item, formerIds }: MailedPaper, told: ReadonlySet<string>): boolean {
  return told.has(item.paper.id) || formerIds.some((id) => told.has(id));
}

/** What is trending or stands on a list in the order that it has there, then the rest by votes. */
export function rankPapers(papers: ChosenPaper[]): ChosenPaper[] {
  const isOrdered = ({ offers }: ChosenPaper) => offers.some(({ topic }) => hasOrder(topic));
  const ordered = papers.filter(isOrdered);
  const rest = papers.filter((paper) => !isOrdered(paper)).sort(byVotes);
  return [...ordered, ...rest];
}

/** Whether its order means more than votes do. */
export function hasOrder({ kind }: Topic): boolean {
  return kind === 'trending' || kind === 'list';
}

/** Of one's own choosing, unlike what everyone is told of. */
export function isParticular({ topic, alertName }: Offer): boolean {
  return alertName !== undefined || topic.kind === 'author' || topic.kind === 'search';
}

function isBroughtBy({ offers }: ChosenPaper, offer: Offer): boolean {
  if (!offers.includes(offer)) return false;
  return (
    hasOrder(offer.topic) || isParticular(offer) || !offers.some(({ topic }) => hasOrder(topic))
  );
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
 * At most `max` of ranked papers, in their order. Each offer in turn gives its best, so that a long list leaves
 * room for the one paper of an author; a category gives what no list has.
 */
export function cutFairly(papers: ChosenPaper[], offers: Offer[], max: number): ChosenPaper[] {
  if (papers.length <= max) return papers;
  const queues = offers.map((offer) => papers.filter((paper) => isBroughtBy(paper, offer)));
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
