// A paper out of the page that presents it, as far as the page says of itself what it holds: the tags
// that Google Scholar asks for (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing),
// Dublin Core, schema.org, and what is meant for previews where there is nothing better.
import type { Instant } from '../../base/calendar.ts';
import { AppError } from '../../base/errors.ts';
import { truncateText } from '../../base/text.ts';
import { parseAuthorList, splitAuthorName } from '../../papers/author-name.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { findPaperId, isArxivId, slugOf, sourceOfId } from '../../papers/paper-id.ts';
import { MAX_ABSTRACT, MAX_TITLE, recordOfLine } from '../paper-lines.ts';
import { journalReference } from './journal-reference.ts';
import { findLinkedPaper, type LinkedPaper } from './json-ld.ts';
import { abstractText, markupText } from './markup-text.ts';
import { findPublicationDate, firstDate } from './publication-date.ts';
import { type HtmlFacts, readHtml } from './read-html.ts';

export type PaperPage =
  | { is: 'arxiv'; id: string }
  | {
      is: 'record';
      record: PaperRecord;
      /** What the page says of itself, as JSON. */
      raw: string;
    };

type Named = { name: string; affiliations?: string[] };

/**
 * The paper that the page at `url` presents: known by OpenReview or the ACL Anthology where that is
 * the page's host, else by its title, because a page may claim any DOI. Throws `invalid` when it has no
 * title, or neither authors nor a DOI.
 */
export function readPaperPage(html: string, url: string, now: Instant): PaperPage {
  const facts = readHtml(html);
  const metas = metasByName(facts);
  const linked = findLinkedPaper(facts.jsonLd);
  const all = (...names: string[]) => names.flatMap((name) => metas.get(name) ?? []);
  const ids = [
    url,
    ...all('citation_arxiv_id', 'citation_doi', 'prism.doi', 'dc.identifier', 'dcterms.identifier'),
    ...(linked?.isScholarly ? linked.ids : []),
    ...all('citation_pdf_url', 'citation_abstract_html_url', 'og:url'),
    ...(facts.canonical ? [facts.canonical] : []),
  ].flatMap((text) => findPaperId(text)?.id ?? []);
  const arxivId = ids.find(isArxivId);
  if (arxivId) return { is: 'arxiv', id: arxivId };

  const title = titleOf(all, linked);
  if (title === '') {
    throw new AppError(
      'invalid',
      `${shown(url)} does not say what paper it holds: paste the address of the paper's abstract page.`,
    );
  }
  const authors = authorsOf(facts, all, linked);
  const doi = ids.find((id) => sourceOfId(id) === 'doi')?.slice('doi:'.length);
  if (authors.length === 0 && !doi) {
    throw new AppError(
      'invalid',
      `${shown(url)} names neither authors nor a DOI, so it is not taken for a paper: paste the address of the paper's abstract page.`,
    );
  }
  const home = findPaperId(url)?.id;
  const isHome =
    home !== undefined && /^https:/i.test(url) && /^(?:openreview|acl)$/.test(sourceOfId(home));
  const record = recordOfLine({
    id: isHome ? home : `page:${slugOf(title)}`,
    title,
    authors,
    ...lineOf(facts, all, linked, now),
    ...(doi ? { doi } : {}),
  });
  record.source = isHome ? 'publisher' : 'page';
  if (!isHome) record.links = [{ kind: 'other', url, from: 'source' }];
  return { is: 'record', record, raw: rawOf(facts, url) };
}

/** Without the references, which are often longer than the rest, and without anything endless. */
function rawOf({ metas, canonical, jsonLd }: HtmlFacts, url: string): string {
  const said = metas.filter(({ name }) => name !== 'citation_reference');
  const raw = JSON.stringify({ url, canonical, metas: said, jsonLd });
  return raw.length <= MAX_RAW ? raw : JSON.stringify({ url, canonical });
}

const MAX_RAW = 500_000;

type ReadAll = (...names: string[]) => string[];

/** The contents by name; prefixes that some systems put before the usual names are dropped. */
function metasByName({ metas }: HtmlFacts): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const { name, content } of metas) {
    if (content.trim() === '') continue;
    const plain = name.replace(/^bepress_(?=citation_)/, '').replace(/^dcterms?\./, 'dcterms.');
    const known = byName.get(plain);
    if (known) known.push(content);
    else byName.set(plain, [content]);
  }
  return byName;
}

function titleOf(all: ReadAll, linked: LinkedPaper | undefined): string {
  const candidates = [
    ...all('citation_title', 'eprints.title', 'dc.title', 'dcterms.title'),
    ...(linked?.isScholarly ? [linked.title] : []),
    ...all('og:title'),
    linked?.title,
  ];
  const title = candidates.map((text) => markupText(text ?? '')).find((text) => text !== '');
  return truncateText(title ?? '', MAX_TITLE);
}

/** From the first place that names any. */
function authorsOf(facts: HtmlFacts, all: ReadAll, linked: LinkedPaper | undefined): Named[] {
  const scholarly = linked?.isScholarly ? linked.authors : [];
  const places: (() => Named[])[] = [
    () => citationAuthors(facts),
    () => all('citation_authors').flatMap(severalAuthors),
    () => all('eprints.creators_name').map((name) => ({ name: printedName(name) })),
    () => all('dc.creator', 'dcterms.creator').map((name) => ({ name: printedName(name) })),
    () => scholarly,
    () => all('article:author', 'og:article:author', 'author').flatMap(severalAuthors),
    () => linked?.authors ?? [],
  ];
  for (const place of places) {
    const found = place().filter(({ name }) => name !== '' && !/^https?:/i.test(name));
    if (found.length > 0) return found;
  }
  return [];
}

/** An institution belongs to the author before it. */
function citationAuthors({ metas }: HtmlFacts): Named[] {
  const authors: Named[] = [];
  for (const { name, content } of metas) {
    const key = name.replace(/^bepress_/, '');
    const last = authors.at(-1);
    if (key === 'citation_author') authors.push({ name: printedName(content) });
    else if (key === 'citation_author_institution' && last) {
      last.affiliations = [...(last.affiliations ?? []), markupText(content)];
    }
  }
  return authors;
}

/** `Lovelace, Ada` as `Ada Lovelace`. */
function printedName(text: string): string {
  const name = markupText(text);
  if (!name.includes(',')) return name;
  const { given, family, suffix } = splitAuthorName(name);
  return [given, family, suffix].filter(Boolean).join(' ');
}

/** `Ada Lovelace and Alan Turing`, `Lovelace, Ada; Turing, Alan`, and `Lovelace, Ada` alone. */
function severalAuthors(text: string): Named[] {
  const names = markupText(text);
  if (names.includes(';')) return names.split(';').map((name) => ({ name: printedName(name) }));
  if (/^[^\s,]+, [^\s,]+$/.test(names)) return [{ name: printedName(names) }];
  return parseAuthorList(names).map(({ name }) => ({ name }));
}

function lineOf(facts: HtmlFacts, all: ReadAll, linked: LinkedPaper | undefined, now: Instant) {
  const scholarly = linked?.isScholarly ? linked : undefined;
  const abstract = [
    ...all('citation_abstract', 'eprints.abstract', 'dcterms.abstract', 'dc.description.abstract'),
    scholarly?.abstract,
    facts.abstract,
    ...all('dc.description', 'dcterms.description'),
    scholarly?.description,
    ...all('og:description', 'description'),
  ]
    .map((text) => truncateText(abstractText(text ?? ''), MAX_ABSTRACT))
    .find((text) => text !== '');
  const dates = [
    all(
      'citation_publication_date',
      'citation_date',
      'citation_online_date',
      'prism.publicationdate',
    ),
    all(
      'eprints.date',
      'dcterms.issued',
      'dc.date.issued',
      'dc.date',
      'dcterms.date',
      'dcterms.created',
    ),
    linked?.dates ?? [],
    all('article:published_time'),
    all('citation_cover_date', 'citation_year'),
  ];
  const submittedAt = dates
    .map((texts) => firstDate(texts.map(findPublicationDate), now))
    .find(Boolean);
  const pages = [all('citation_firstpage')[0], all('citation_lastpage')[0]].filter(Boolean);
  const journalRef = journalReference({
    title: markupText(
      all(
        'citation_journal_title',
        'citation_conference_title',
        'citation_inbook_title',
        'citation_book_title',
        'prism.publicationname',
      )[0] ??
        scholarly?.journal ??
        '',
    ),
    volume: all('citation_volume')[0],
    issue: all('citation_issue')[0],
    pages: pages.join('–') || undefined,
    year: submittedAt?.slice(0, 4),
  });
  return {
    ...(abstract ? { abstract } : {}),
    ...(submittedAt ? { submittedAt } : {}),
    ...(journalRef ? { journal_ref: journalRef } : {}),
  };
}

function shown(url: string): string {
  return truncateText(url, 120);
}
