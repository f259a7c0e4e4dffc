// arXiv's OAI-PMH service: the pages of ListRecords, in the formats `arXiv` and `arXivRaw`.
// http://www.openarchives.org/OAI/openarchivesprotocol.html, https://info.arxiv.org/help/oa/index.html
import { type Day, type Instant, isDay, toInstant } from '../../base/calendar.ts';
import { messageOf } from '../../base/errors.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { findPaperId } from '../../papers/paper-id.ts';
import { SourceFailure } from '../outside-request.ts';
import { recordOfLine } from '../paper-lines.ts';
import { childOf, childrenOf, childText, readXml, type XmlElement } from '../xml.ts';

export type OaiFormat = 'arXiv' | 'arXivRaw';
export const OAI_FORMATS: readonly OaiFormat[] = ['arXiv', 'arXivRaw'];

export type OaiRecord = {
  record: PaperRecord;
  raw: string;
  /** The last change of the record at arXiv; not the day of submission or announcement. */
  datestamp: Day;
  isFirstVersion: boolean;
};

export type OaiPage = {
  /** The service's clock when it answered. */
  respondedAt: Instant;
  records: OaiRecord[];
  /** Identities of papers that the service says are deleted. */
  deleted: { id: string; datestamp: Day }[];
  /** `id`: where the header says whose record it is. */
  rejected: { reason: string; text: string; id?: string }[];
  /** Where to go on; undefined on the last page. */
  resumptionToken: string | undefined;
  /** The token was refused: it died at midnight UTC, and the list begins again. */
  isTokenRefused: boolean;
};

export function oaiListUrl(
  base: string,
  list: {
    set: string | undefined;
    from: Day | undefined;
    until?: Day | undefined;
    format: OaiFormat;
  },
): string {
  const url = new URL(base);
  url.searchParams.set('verb', 'ListRecords');
  url.searchParams.set('metadataPrefix', list.format);
  if (list.set) url.searchParams.set('set', list.set);
  if (list.from) url.searchParams.set('from', list.from);
  if (list.until) url.searchParams.set('until', list.until);
  return url.href;
}

export function oaiResumeUrl(base: string, token: string): string {
  const url = new URL(base);
  url.searchParams.set('verb', 'ListRecords');
  url.searchParams.set('resumptionToken', token);
  return url.href;
}

/**
 * Reads one answer to ListRecords. No matching records are an empty page. Throws `SourceFailure`:
 * `malformed` for what is no such answer, `refused` for the protocol's other errors.
 */
export async function parseOaiPage(chunks: AsyncIterable<Uint8Array>): Promise<OaiPage> {
  const page: OaiPage = {
    respondedAt: '' as Instant,
    records: [],
    deleted: [],
    rejected: [],
    resumptionToken: undefined,
    isTokenRefused: false,
  };
  let hasAnswer = false;
  for await (const element of readXml(chunks, [
    'responseDate',
    'record',
    'resumptionToken',
    'error',
  ])) {
    switch (element.name) {
      case 'responseDate':
        page.respondedAt = toInstant(element.text.trim()) ?? page.respondedAt;
        break;
      case 'resumptionToken':
        hasAnswer = true;
        page.resumptionToken = element.text.trim() || undefined;
        break;
      case 'record':
        hasAnswer = true;
        addRecord(page, element);
        break;
      case 'error':
        hasAnswer = true;
        readError(page, element);
    }
  }
  if (!hasAnswer || !page.respondedAt) {
    throw new SourceFailure('malformed', 'The answer is no answer to ListRecords.');
  }
  return page;
}

function readError(page: OaiPage, element: XmlElement): void {
  const { code = 'unknown' } = element.attributes;
  if (code === 'noRecordsMatch') return;
  if (code === 'badResumptionToken') {
    page.isTokenRefused = true;
    return;
  }
  const text = element.text.trim();
  throw new SourceFailure(
    'refused',
    `The OAI-PMH service refused (${code}${text && `: ${text}`}).`,
  );
}

function addRecord(page: OaiPage, element: XmlElement): void {
  const header = childOf(element, 'header');
  const datestamp = (childText(header, 'datestamp') ?? '').slice(0, 10);
  const identifier = childText(header, 'identifier') ?? '';
  const id = findPaperId(identifier.replace(/^oai:arXiv\.org:/i, ''))?.id;
  try {
    if (!isDay(datestamp)) throw new Error(`its datestamp is "${datestamp}"`);
    const metadata = childOf(element, 'metadata')?.children[0];
    if (header?.attributes.status === 'deleted' || !metadata) {
      if (!id) throw new Error(`its identifier is "${identifier}"`);
      page.deleted.push({ id, datestamp });
      return;
    }
    const line = metadata.name === 'arXivRaw' ? lineOfRaw(metadata) : lineOfArxiv(metadata);
    page.records.push({
      record: recordOfLine(line),
      raw: JSON.stringify(line),
      datestamp,
      isFirstVersion:
        line.version === undefined ? line.updated_at === undefined : line.version === 1,
    });
  } catch (error) {
    const rejected = { reason: messageOf(error), text: JSON.stringify(element) };
    page.rejected.push(id ? { ...rejected, id } : rejected);
  }
}

/** https://arxiv.org/OAI/arXiv.xsd */
function lineOfArxiv(metadata: XmlElement): Record<string, unknown> {
  const authors = childrenOf(childOf(metadata, 'authors'), 'author').map((author) => {
    const names = ['forenames', 'keyname', 'suffix'].map((name) => childText(author, name));
    const affiliations = childrenOf(author, 'affiliation').map((place) => place.text.trim());
    return {
      name: names.filter(Boolean).join(' '),
      ...(affiliations.length > 0 ? { affiliations } : {}),
    };
  });
  return {
    ...commonLine(metadata),
    authors,
    ...optional(metadata, 'created', 'submitted_at'),
    ...optional(metadata, 'updated', 'updated_at'),
  };
}

/** https://arxiv.org/OAI/arXivRaw.xsd */
function lineOfRaw(metadata: XmlElement): Record<string, unknown> {
  const versions = childrenOf(metadata, 'version').flatMap((version) => {
    const at = toInstant(childText(version, 'date') ?? '');
    const number = Number(version.attributes.version?.slice(1));
    return at && Number.isInteger(number) ? [{ number, at }] : [];
  });
  versions.sort((a, b) => a.number - b.number);
  const first = versions[0];
  const last = versions.at(-1);
  return {
    ...commonLine(metadata),
    authors: childText(metadata, 'authors'),
    ...(first ? { submitted_at: first.at } : {}),
    ...(last ? { updated_at: last.at, version: last.number } : {}),
  };
}

function commonLine(metadata: XmlElement): Record<string, unknown> {
  return {
    id: childText(metadata, 'id'),
    title: childText(metadata, 'title'),
    abstract: childText(metadata, 'abstract'),
    categories: childText(metadata, 'categories'),
    ...optional(metadata, 'comments', 'comments'),
    ...optional(metadata, 'journal-ref', 'journal_ref'),
    ...optional(metadata, 'doi', 'doi'),
    ...optional(metadata, 'license', 'license'),
  };
}

function optional(metadata: XmlElement, name: string, as: string): Record<string, string> {
  const text = childText(metadata, name);
  return text === undefined ? {} : { [as]: text };
}
