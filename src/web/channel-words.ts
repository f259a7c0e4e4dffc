// Channels and their posts in words.
import type { Channel } from '../channels/channel.ts';
import type { Post } from '../channels/post-log.ts';
import { words } from '../language/words.ts';

export function triggerInWords({ trigger, papers, votes, hour, timeZone }: Channel): string {
  const { onDay, onVotes } = words.channels;
  if (trigger === 'votes') return onVotes(votes);
  return onDay(papers, `${String(hour).padStart(2, '0')}:00`, timeZone);
}

export function filtersInWords({ topics }: Channel): string {
  const { everyPaper, byAuthor, ofSearch } = words.channels;
  if (topics.length === 0) return everyPaper;
  const names = topics.map((topic) => {
    if (topic.kind === 'category') return topic.category;
    if (topic.kind === 'author') return byAuthor(topic.author);
    return topic.kind === 'search' ? ofSearch(topic.query) : topic.kind;
  });
  return names.join(', ');
}

export function occasionInWords(occasion: string): string {
  const [kind, about = ''] = occasion.split(' ');
  const { occasions } = words.channels;
  switch (kind) {
    case 'day':
      return occasions.day(about);
    case 'votes':
      return occasions.votes;
    case 'alert':
      return occasions.alert;
    default:
      return occasions.test;
  }
}

/** With the class of its label. */
export function stateInWords(post: Post): { label: string; tone: '' | 'complete' | 'incomplete' } {
  const { postStates } = words.channels;
  switch (post.state) {
    case 'posted':
      return { label: postStates.posted, tone: 'complete' };
    case 'failed':
      return { label: postStates.failed, tone: 'incomplete' };
    case 'empty':
      return { label: postStates.empty, tone: '' };
    case 'waiting':
      if (post.isOnItsWay) return { label: postStates.onItsWay, tone: '' };
      return { label: post.attempts > 0 ? postStates.later : postStates.waiting, tone: '' };
  }
}
