// A paper as it is cited: what every form of a citation is written from.
import { renderTexText } from '../base/tex/tex.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { arxivPdfUrl, homeUrlOf, isArxivId, pathOfPaper, sourceOfId } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { type CitedAuthor, citedAuthors } from './cited-author.ts';
import { type Publication, publicationOf } from './publication.ts';

export type CitedDate = { year: number; month?: number; day?: number };

/** `2017-06-12`, `2017-06` or `2017`, or with another sign between the parts. */
export function isoDate({ year, month, day }: CitedDate, sign = '-'): string {
  const parts = [month, day].flatMap((part) => (part ? [String(part).padStart(2, '0')] : []));
  return [year, ...parts].join(sign);
}

export type Reference = {
  /** The paper's identity here. */
  id: string;
  /** The archive that the identity comes from and the paper's key there; none for a DOI and a saved page. */
  archive: { name: string; key: string } | undefined;
  /** At arXiv. */
  primaryCategory: string | undefined;
  /** TeX, as its authors wrote it. */
  titleTex: string;
  title: string;
  abstract: string;
  authors: CitedAuthor[];
  date: CitedDate | undefined;
  publication: Publication | undefined;
  /** Of the publication where it has one, else arXiv's own. */
  doi: string | undefined;
  hasPublishersDoi: boolean;
  /** At its source; here where that has no address. */
  url: string;
  /** Here. */
  pageUrl: string;
  pdfUrl: string | undefined;
};

const ARCHIVES: Record<string, string> = { arxiv: 'arXiv', openreview: 'OpenReview', acl: 'ACL' };

/** `siteUrl` is the instance's address without a slash at the end. */
export function referenceOf(paper: Paper, siteUrl: string): Reference {
  const { id } = paper;
  const isArxiv = isArxivId(id);
  const publication = paper.journalRef ? publicationOf(paper.journalRef) : undefined;
  const own = paper.doi ?? (sourceOfId(id) === 'doi' ? id.slice('doi:'.length) : undefined);
  const pageUrl = `${siteUrl}${pathOfPaper(id)}`;
  return {
    id,
    archive: archiveOf(id),
    primaryCategory: isArxiv ? paper.primaryCategory : undefined,
    titleTex: cleanText(paper.title),
    title: oneLine(renderTexText(cleanText(paper.title))),
    abstract: oneLine(renderTexText(cleanText(paper.abstract))),
    authors: citedAuthors(paper.authors),
    date: publication?.year ? { year: publication.year } : dateOf(paper),
    publication,
    doi: own ?? (isArxiv ? `10.48550/arXiv.${id}` : undefined),
    hasPublishersDoi: own !== undefined,
    url: homeUrlOf(id) ?? pageUrl,
    pageUrl,
    pdfUrl: isArxiv ? arxivPdfUrl(id) : undefined,
  };
}

function archiveOf(id: string): Reference['archive'] {
  const source = sourceOfId(id);
  if (source === 'doi' || source === 'page') return undefined;
  const key = source === 'arxiv' ? id : id.slice(source.length + 1);
  return { name: ARCHIVES[source] ?? source, key };
}

/**
 * Of the first version, never of the day that a list or a feed had it: an arXiv id tells the month where no
 * source told the day.
 */
function dateOf(paper: Paper): CitedDate | undefined {
  const day = paper.submittedAt?.slice(0, 10);
  if (day) return partsOf(day);
  const month = isArxivId(paper.id) && /(?:^|\/)(\d\d)(0[1-9]|1[0-2])/.exec(paper.id);
  if (month) {
    const short = Number(month[1]);
    return { year: short >= 91 ? 1900 + short : 2000 + short, month: Number(month[2]) };
  }
  return paper.announcedOn && partsOf(paper.announcedOn);
}

function partsOf(day: string): CitedDate {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return { year, month, day: date };
}
