// How a source's record and what is kept become one paper: pure rules, no database.
import { type Instant, startOfDay } from '../base/calendar.ts';
import { authorKey } from './author-name.ts';
import { findLinks } from './find-links.ts';
import { type Author, type PaperLink, type PaperRecord, RECORD_SOURCES } from './paper.ts';
import { identityRank } from './paper-id.ts';
import type { Paper } from './paper-row.ts';
import { firstAuthorKey, resemblance, titleKey } from './title-key.ts';

/** Word-set similarity from which two abstracts are taken for versions of one text. */
const SAME_ABSTRACT = 0.6;

/** A record of a paper that is not known yet. */
export function paperFromRecord(record: PaperRecord, at: Instant): Paper {
  const authors = record.authors ?? [];
  const comment = record.comment;
  const paper: Paper = {
    key: 0,
    id: record.id,
    title: record.title,
    abstract: record.abstract ?? '',
    titleKey: titleKey(record.title),
    firstAuthorKey: firstAuthorKey(authors),
    authorCount: authors.length > 0 ? authors.length : record.authorCount,
    authors,
    categories: record.categories ?? [],
    primaryCategory: record.primaryCategory ?? record.categories?.[0],
    doi: record.doi,
    journalRef: record.journalRef,
    comment,
    licence: record.licence,
    version: record.version,
    submittedAt: record.submittedAt,
    updatedAt: record.updatedAt,
    announcedOn: record.announcedOn,
    publishedAt: at,
    withdrawnAt: record.withdrawnAt,
    links: [],
    extras: record.extras ?? {},
    votes: 0,
    comments: 0,
    recordSource: record.source,
    createdAt: at,
    changedAt: at,
    change: 0,
  };
  paper.publishedAt = publicationTime(paper, at);
  paper.links = allLinks(record.links ?? [], paper);
  return paper;
}

/**
 * The paper after a record of it. A record overwrites what sources of its own or lesser trust said,
 * unless it is of an older version; otherwise it only fills gaps. Times, links and what people
 * added are never lost. Returns the same object when nothing changes.
 */
export function mergeRecord(paper: Paper, record: PaperRecord): Paper {
  const wins = outranksOrEquals(record.source, paper.recordSource) && !isOlder(record, paper);
  const take = <T>(theirs: T | undefined, ours: T | undefined): T | undefined =>
    theirs !== undefined && (wins || ours === undefined) ? theirs : ours;
  const hasText = (text: string | undefined) => (text === '' ? undefined : text);
  const hasItems = <T>(list: T[] | undefined) => (list?.length ? list : undefined);

  const title = take(hasText(record.title), hasText(paper.title)) ?? '';
  const authors = mergeAuthors(
    paper.authors,
    take(hasItems(record.authors), hasItems(paper.authors)) ?? [],
    record.authors ?? [],
  );
  const merged: Paper = {
    ...paper,
    title,
    titleKey: title === paper.title ? paper.titleKey : titleKey(title),
    abstract: take(hasText(record.abstract), hasText(paper.abstract)) ?? '',
    authors,
    firstAuthorKey: firstAuthorKey(authors),
    authorCount: authors.length > 0 ? authors.length : take(record.authorCount, paper.authorCount),
    categories: take(hasItems(record.categories), hasItems(paper.categories)) ?? [],
    doi: take(record.doi, paper.doi),
    journalRef: take(record.journalRef, paper.journalRef),
    comment: take(record.comment, paper.comment),
    licence: take(record.licence, paper.licence),
    version: highest(record.version, paper.version),
    submittedAt: preciser(take(record.submittedAt, paper.submittedAt), paper.submittedAt, record),
    updatedAt: highest(record.updatedAt, paper.updatedAt),
    announcedOn: lowest(record.announcedOn, paper.announcedOn),
    withdrawnAt: take(record.withdrawnAt, paper.withdrawnAt),
    extras: { ...paper.extras, ...record.extras },
    recordSource: wins ? record.source : paper.recordSource,
  };
  merged.primaryCategory =
    take(record.primaryCategory, paper.primaryCategory) ?? merged.categories[0];
  merged.publishedAt = publicationTime(merged, paper.publishedAt);
  merged.links = allLinks(
    [
      ...givenBy('submitter', paper.links),
      ...(record.links ?? []),
      ...givenBy('source', paper.links),
    ],
    merged,
  );
  return isSame(paper, merged) ? paper : merged;
}

/** What the two papers know between them, under the identity and with the times of `kept`. */
export function mergePapers(kept: Paper, other: Paper): Paper {
  const record: PaperRecord = {
    id: other.id,
    source: other.recordSource,
    title: other.title,
    abstract: other.abstract,
    authors: other.authors,
    categories: other.categories,
    links: [...givenBy('submitter', other.links), ...givenBy('source', other.links)],
    extras: { ...other.extras, ...kept.extras },
  };
  const optional = {
    authorCount: other.authorCount,
    primaryCategory: other.primaryCategory,
    doi: other.doi,
    journalRef: other.journalRef,
    comment: other.comment,
    licence: other.licence,
    submittedAt: other.submittedAt,
    updatedAt: other.updatedAt,
    announcedOn: other.announcedOn,
    withdrawnAt: other.withdrawnAt,
  };
  for (const [name, value] of Object.entries(optional)) {
    if (value !== undefined) Object.assign(record, { [name]: value });
  }
  return mergeRecord(kept, record);
}

/**
 * Whether two papers of the same normalised title are one work: the same first author, or the same
 * number of authors where names are missing. A registry that gave two identities (two arXiv ids)
 * is believed unless the abstracts are versions of one text as well: a part, a reply or a lecture
 * may share its title with another.
 */
export function isSameWork(a: Paper, b: Paper): boolean {
  if (a.titleKey !== b.titleKey) return false;
  const isAlike = () => resemblance(a.abstract, b.abstract) >= SAME_ABSTRACT;
  if (a.firstAuthorKey !== undefined && b.firstAuthorKey !== undefined) {
    if (a.firstAuthorKey !== b.firstAuthorKey) return false;
    return identityRank(a.id) !== identityRank(b.id) || isAlike();
  }
  if (a.authorCount !== undefined && a.authorCount === b.authorCount) return true;
  return isAlike();
}

/** Which of two identities of one work it keeps: the better registry's, then the one on a list, then the elder. */
export function betterIdentity(
  a: { id: string; isListed: boolean },
  b: { id: string; isListed: boolean },
): string {
  const rank = identityRank(a.id) - identityRank(b.id);
  if (rank !== 0) return rank < 0 ? a.id : b.id;
  if (a.isListed !== b.isListed) return a.isListed ? a.id : b.id;
  return [a.id, b.id].sort()[0] as string;
}

function outranksOrEquals(source: Paper['recordSource'], kept: Paper['recordSource']): boolean {
  return RECORD_SOURCES.indexOf(source) <= RECORD_SOURCES.indexOf(kept);
}

function isOlder(record: PaperRecord, paper: Paper): boolean {
  if (record.version !== undefined && paper.version !== undefined) {
    if (record.version !== paper.version) return record.version < paper.version;
  }
  return (
    record.updatedAt !== undefined &&
    paper.updatedAt !== undefined &&
    record.updatedAt < paper.updatedAt
  );
}

function highest<T extends string | number>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

function lowest<T extends string>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** A source that knows only the day writes midnight; that does not replace a time of the same day. */
function preciser(
  chosen: Instant | undefined,
  kept: Instant | undefined,
  record: PaperRecord,
): Instant | undefined {
  const candidates = [chosen, kept, record.submittedAt];
  return (
    candidates.find((time) => time?.slice(0, 10) === chosen?.slice(0, 10) && !isMidnight(time)) ??
    chosen
  );
}

function isMidnight(time: Instant | undefined): boolean {
  return time?.endsWith('T00:00:00.000Z') ?? true;
}

function publicationTime(paper: Paper, fallback: Instant): Instant {
  if (paper.submittedAt) return paper.submittedAt;
  return paper.announcedOn ? startOfDay(paper.announcedOn) : fallback;
}

/** The chosen list of authors, with what either side knows of their accounts elsewhere. */
function mergeAuthors(ours: Author[], chosen: Author[], theirs: Author[]): Author[] {
  const known = new Map<string, Author>();
  for (const author of [...ours, ...theirs]) {
    if (!author.elsewhere && !author.affiliations) continue;
    const key = authorKey(author.name);
    known.set(key, { ...known.get(key), ...author });
  }
  if (known.size === 0) return chosen;
  return chosen.map((author, index) => {
    const key = authorKey(author.name);
    // Two authors of one paper may share a name: the same place in the list is surer.
    const [mine, other] = [ours, theirs].map((list) =>
      list[index] && authorKey(list[index].name) === key ? list[index] : undefined,
    );
    const found = { ...(mine || other ? {} : known.get(key)), ...mine, ...other };
    const merged = { ...author };
    if (found.elsewhere) merged.elsewhere = found.elsewhere;
    if (!merged.affiliations && found.affiliations) merged.affiliations = found.affiliations;
    return merged;
  });
}

function givenBy(from: PaperLink['from'], links: PaperLink[]): PaperLink[] {
  return links.filter((link) => link.from === from);
}

/** A source's links first, then those that the text mentions and no source named. */
function allLinks(given: PaperLink[], paper: Paper): PaperLink[] {
  const links = new Map<string, PaperLink>();
  const addresses = new Set<string>();
  for (const link of given) {
    // A source may name one address as the code and as the project page.
    const key = `${link.kind} ${link.url.toLowerCase()}`;
    if (!links.has(key)) links.set(key, link);
    addresses.add(link.url.toLowerCase());
  }
  const found = [
    ...findLinks(paper.abstract, 'abstract'),
    ...(paper.comment ? findLinks(paper.comment, 'comment') : []),
  ];
  for (const link of found) {
    const address = link.url.toLowerCase();
    if (!addresses.has(address)) links.set(address, link);
    addresses.add(address);
  }
  return [...links.values()];
}

function isSame(a: Paper, b: Paper): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
