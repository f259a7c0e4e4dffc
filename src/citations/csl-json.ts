// CSL-JSON, as https://docs.citationstyles.org/en/stable/specification.html and Zotero have it: a paper of
// an archive is an `article` that the archive publishes, with its number there.
import type { CitedAuthor } from './cited-author.ts';
import type { Reference } from './reference.ts';

const TYPES = { journal: 'article-journal', proceedings: 'paper-conference' };

export type CslName =
  | { literal: string }
  | { family: string; given: string; 'non-dropping-particle'?: string; suffix?: string };

export type CslItem = {
  id: string;
  type: string;
  title: string;
  author?: CslName[];
  issued?: { 'date-parts': number[][] };
  'container-title'?: string;
  volume?: string;
  issue?: string;
  page?: string;
  publisher?: string;
  number?: string;
  note?: string;
  DOI?: string;
  URL: string;
  abstract?: string;
  'citation-key': string;
};

export function cslItemOf(reference: Reference, key: string): CslItem {
  const { archive, date, publication } = reference;
  const number = archive && `${archive.name}:${archive.key}`;
  const parts = date && [date.year, date.month, date.day].filter((part) => part !== undefined);
  const item = {
    id: key,
    type: publication ? TYPES[publication.kind] : 'article',
    title: reference.title,
    author: reference.authors.length > 0 ? reference.authors.map(cslName) : undefined,
    issued: parts && { 'date-parts': [parts] },
    'container-title': publication?.title,
    volume: publication?.volume,
    issue: publication?.issue,
    page: publication?.pages?.replace('–', '-'),
    publisher: publication ? undefined : archive?.name,
    number: publication ? undefined : number,
    note: publication && number,
    DOI: reference.doi,
    URL: reference.url,
    abstract: reference.abstract || undefined,
    'citation-key': key,
  };
  const known = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as CslItem;
}

function cslName(author: CitedAuthor): CslName {
  if (author.kind === 'group') return { literal: author.name };
  const { family, given, particle, suffix } = author;
  return {
    family,
    given,
    ...(particle ? { 'non-dropping-particle': particle } : {}),
    ...(suffix ? { suffix } : {}),
  };
}
