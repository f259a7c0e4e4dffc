// Channels and their posts in words.
import type { Channel, ChannelKind } from '../channels/channel.ts';
import type { Post } from '../channels/post-log.ts';
import { counted } from './dates.ts';

export const KIND_NAMES: Record<ChannelKind, string> = {
  slack: 'Slack or Mattermost',
  discord: 'Discord',
  telegram: 'Telegram',
  webhook: 'Signed webhook',
};

export function triggerInWords({ trigger, papers, votes, hour, timeZone }: Channel): string {
  if (trigger === 'votes') return `each paper that reaches ${counted(votes, 'vote')}`;
  const top = papers === 1 ? 'the top paper' : `the top ${papers} papers`;
  return `${top} of each day, the day after at ${String(hour).padStart(2, '0')}:00 (${timeZone})`;
}

export function filtersInWords({ topics }: Channel): string {
  if (topics.length === 0) return 'every paper';
  const words = topics.map((topic) => {
    if (topic.kind === 'category') return topic.category;
    if (topic.kind === 'author') return `by ${topic.author}`;
    return topic.kind === 'search' ? `“${topic.query}”` : topic.kind;
  });
  return words.join(', ');
}

export function occasionInWords(occasion: string): string {
  const [kind, about = ''] = occasion.split(' ');
  switch (kind) {
    case 'day':
      return `Papers of ${about}`;
    case 'votes':
      return 'Votes reached';
    case 'alert':
      return 'An alert';
    default:
      return 'Test';
  }
}

/** With the class of its label. */
export function stateInWords(post: Post): { words: string; tone: '' | 'complete' | 'incomplete' } {
  switch (post.state) {
    case 'posted':
      return { words: 'posted', tone: 'complete' };
    case 'failed':
      return { words: 'failed', tone: 'incomplete' };
    case 'empty':
      return { words: 'nothing to tell', tone: '' };
    case 'waiting':
      if (post.isOnItsWay) return { words: 'on its way', tone: '' };
      return { words: post.attempts > 0 ? 'tried again later' : 'waiting', tone: '' };
  }
}
