// What is the same for many readers of the days that are being told of, kept for as long as issues are composed.
import type { SkeletonItem } from '../feed/feed-item.ts';
import type { MailedPaper } from './mailed-paper.ts';

/** Keeps at most so many values, those that were used last. */
export type BoundedMap<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
};

/** Made by whoever composes many issues, and dropped with the job. */
export type IssueCache = {
  /** By topic and days; a promise, so that readers of one topic at the same time ask once. */
  skeletons: BoundedMap<Promise<SkeletonItem[]>>;
  /** By day of the list and paper. */
  papers: BoundedMap<MailedPaper>;
  editors: Promise<string[]> | undefined;
};

const MAX_TOPICS = 1_000;
/** About 5 KB each. */
const MAX_PAPERS = 4_000;

export function createIssueCache({
  maxTopics = MAX_TOPICS,
  maxPapers = MAX_PAPERS,
} = {}): IssueCache {
  return {
    skeletons: createBoundedMap(maxTopics),
    papers: createBoundedMap(maxPapers),
    editors: undefined,
  };
}

function createBoundedMap<Value>(max: number): BoundedMap<Value> {
  const values = new Map<string, Value>();
  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= max) break;
        values.delete(oldest);
      }
    },
    delete(key) {
      values.delete(key);
    },
  };
}
