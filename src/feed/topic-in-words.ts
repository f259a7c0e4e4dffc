import { words } from '../language/words.ts';
import { authorKey } from '../papers/author-name.ts';
import type { Topic } from './topic.ts';

/** `Trending papers`, `cs.LG`, `Ada Lovelace`, `“layer normalization” by meaning` */
export function topicInWords(topic: Topic): string {
  const { topics } = words;
  switch (topic.kind) {
    case 'trending':
      return topics.trending;
    case 'list':
      return topics.list;
    case 'category':
      return topic.category;
    case 'author':
      return authorInWords(topic.author);
    case 'search':
      return topics.search[topic.by](topic.query);
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
