import { authorKey } from '../papers/author-name.ts';
import type { Topic } from './topic.ts';

const WAYS = { words: 'by words', meaning: 'by meaning', either: 'by words or meaning' };

/** `Trending papers`, `cs.LG`, `Ada Lovelace`, `“layer normalization” by meaning` */
export function topicInWords(topic: Topic): string {
  switch (topic.kind) {
    case 'trending':
      return 'Trending papers';
    case 'list':
      return 'The day’s list';
    case 'category':
      return topic.category;
    case 'author':
      return authorInWords(topic.author);
    case 'search':
      return `“${topic.query}” ${WAYS[topic.by]}`;
  }
}

/** A name that has the same key; the key itself where no such name can be told from it. */
export function authorInWords(key: string): string {
  const name = key
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');
  return authorKey(name) === key ? name : key;
}
