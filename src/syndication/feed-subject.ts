// What a feed is of, for people.
import { words } from '../language/words.ts';
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
  const { subjects } = words.feeds;
  switch (subject.kind) {
    case 'day':
    case 'days':
    case 'trending':
    case 'week':
    case 'month':
    case 'alert':
      return subjects[subject.kind];
    case 'category':
      return subject.category;
    case 'author':
      return subjects.author(subject.author);
    case 'votes':
      return subjects.votes(subject.handle);
    case 'comments':
      return subjects.comments(subject.handle);
    case 'edition':
      return subjects.edition(subject.slug);
    case 'search':
      return subjects.search(subject.query, subject.by);
    case 'discussion':
      return subjects.discussion(subject.paperId);
  }
}
