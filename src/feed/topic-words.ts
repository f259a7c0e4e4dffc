import type { Topic } from './topic.ts';

/** A topic as readers are told of it: `trending papers`, `cs.LG`, `Ada Lovelace`, `“layer normalization”`. */
export function nameTopic(topic: Topic): string {
  switch (topic.kind) {
    case 'trending':
      return 'trending papers';
    case 'list':
      return 'the day’s list';
    case 'category':
      return topic.category;
    case 'author':
      return nameOfKey(topic.author);
    case 'search':
      return `“${topic.query}”`;
  }
}

/** `ada-lovelace` as `Ada Lovelace`: what is left of a name in its key. */
function nameOfKey(key: string): string {
  return key
    .split('-')
    .map((word) => word.replace(/^\p{L}/u, (letter) => letter.toUpperCase()))
    .join(' ');
}
