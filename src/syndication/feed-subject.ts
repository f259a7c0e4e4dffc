// What a feed is of, for people.
import { pathOfPaper } from '../papers/paper-id.ts';
import type { FeedSubject } from './feed-address.ts';

/** Path of the page that shows the same. */
export function pageOfSubject(subject: FeedSubject): string {
  switch (subject.kind) {
    case 'day':
    case 'days':
      return '/papers';
    case 'trending':
    case 'week':
    case 'month':
      return `/papers/${subject.kind}`;
    case 'category':
      return `/categories/${subject.category}`;
    case 'author':
      return `/authors/${encodeURIComponent(subject.author)}`;
    case 'votes':
      return `/people/${subject.handle}?show=votes`;
    case 'comments':
      return `/people/${subject.handle}`;
    case 'edition':
      return `/editions/${subject.slug}`;
    case 'search':
      return `/papers?${new URLSearchParams({ q: subject.query })}`;
    case 'discussion':
      return pathOfPaper(subject.paperId);
    case 'alert':
      return '/settings/feeds';
  }
}

export function subjectInWords(subject: FeedSubject): string {
  switch (subject.kind) {
    case 'day':
      return 'Daily papers';
    case 'days':
      return 'Days';
    case 'trending':
      return 'Trending papers';
    case 'week':
    case 'month':
      return `Top of the ${subject.kind}`;
    case 'category':
      return subject.category;
    case 'author':
      return `Papers by ${subject.author}`;
    case 'votes':
      return `Votes of @${subject.handle}`;
    case 'comments':
      return `Comments by @${subject.handle}`;
    case 'edition':
      return `Edition ${subject.slug}`;
    case 'search':
      return `“${subject.query}”, by ${subject.by === 'either' ? 'words or meaning' : subject.by}`;
    case 'discussion':
      return `Comments on ${subject.paperId}`;
    case 'alert':
      return 'An alert of yours';
  }
}
