// The feeds of a page, as programs find them in its head.
import { words } from '../language/words.ts';
import { choiceOf, type FeedSubject, renderFeedPath } from '../syndication/feed-address.ts';
import { FEED_FORMATS, FEED_TYPES } from '../syndication/feed-document.ts';
import { subjectInWords } from '../syndication/feed-subject.ts';

export const FORMAT_NAMES = { rss: 'RSS', atom: 'Atom', json: 'JSON Feed' } as const;

export function FeedLinks({ subjects, url }: { subjects: FeedSubject[]; url: string }) {
  return (
    <>
      {subjects.flatMap((subject) =>
        FEED_FORMATS.map((format) => (
          <link
            rel="alternate"
            type={FEED_TYPES[format]}
            title={words.feeds.inHead(subjectInWords(subject), FORMAT_NAMES[format])}
            href={url + renderFeedPath(choiceOf(subject), format)}
          />
        )),
      )}
    </>
  );
}
