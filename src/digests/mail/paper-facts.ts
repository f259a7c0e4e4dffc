// A paper in the words of a mail, put together once for all readers.
import { renderTexText } from '../../base/tex/tex.ts';
import { oneLine } from '../../base/text.ts';
import { words } from '../../language/words.ts';
import { homeUrlOf, pathOfPaper, sourceOfId } from '../../papers/paper-id.ts';
import type { Paper } from '../../papers/paper-row.ts';
import type { MailedPaper } from '../mailed-paper.ts';
import type { MailedLink } from './mail.ts';
import { excerptOf, shortenAuthors } from './paper-words.ts';

export type PaperFacts = {
  title: string;
  url: string;
  authors: string | undefined;
  introduction: string | undefined;
  excerpt: string;
  /** To the paper elsewhere, and to its code. */
  links: MailedLink[];
};

const HOMES: Record<string, string> = {
  arxiv: 'arXiv',
  openreview: 'OpenReview',
  acl: 'ACL Anthology',
};

/** They go when the paper leaves the cache. */
const kept = new WeakMap<MailedPaper['item'], PaperFacts>();

/** `url` is the instance's. */
export function factsOf({ item }: MailedPaper, url: string): PaperFacts {
  let facts = kept.get(item);
  if (!facts) {
    const { paper, entry } = item;
    facts = {
      title: oneLine(renderTexText(paper.title)),
      url: `${url}${pathOfPaper(paper.id)}`,
      authors: shortenAuthors(paper),
      introduction: entry?.introduction && oneLine(entry.introduction),
      excerpt: excerptOf(oneLine(renderTexText(paper.abstract))),
      links: linksOf(paper),
    };
    kept.set(item, facts);
  }
  return facts;
}

function linksOf({ id, links }: Paper): MailedLink[] {
  const home = homeUrlOf(id);
  const code = links.find(({ kind, url }) => kind === 'code' && /^https?:\/\//i.test(url));
  return [
    ...(home ? [{ label: HOMES[sourceOfId(id)] ?? words.mails.publisher, url: home }] : []),
    ...(code ? [{ label: words.mails.code, url: code.url }] : []),
  ];
}

/** `12 votes`; nothing of none. */
export function countsOf({ item }: MailedPaper): {
  votes: string | undefined;
  comments: string | undefined;
} {
  const { votes, comments } = words.mails;
  return {
    votes: item.votes > 0 ? votes(item.votes) : undefined,
    comments: item.comments > 0 ? comments(item.comments) : undefined,
  };
}
