import { topicKey } from '../feed/topic.ts';
import { authorInWords } from '../feed/topic-in-words.ts';
import type { TypedWish } from './parse-wish.ts';
import type { Subscription } from './subscription.ts';

/** What one would type to get it, with a box to tick for each of the `offered` categories. */
export function typeWish(subscription: Subscription, offered: readonly string[]): TypedWish {
  const topics = subscription.topics.map(({ topic }) => topic);
  const isOffered = (category: string) => offered.includes(category);
  return {
    name: subscription.name ?? '',
    cadence: subscription.cadence,
    topics: topics
      .filter(
        (topic) =>
          topic.kind === 'trending' ||
          topic.kind === 'list' ||
          (topic.kind === 'category' && isOffered(topic.category)),
      )
      .map(topicKey),
    categories: topics
      .flatMap((topic) =>
        topic.kind === 'category' && !isOffered(topic.category) ? topic.category : [],
      )
      .join(', '),
    authors: topics
      .flatMap((topic) => (topic.kind === 'author' ? authorInWords(topic.author) : []))
      .join('\n'),
    searches: topics.flatMap((topic) =>
      topic.kind === 'search' ? { query: topic.query, by: topic.by } : [],
    ),
    papers: String(subscription.maxPapers),
    hour: String(subscription.hour),
    timeZone: subscription.timeZone,
    language: subscription.language,
  };
}
