// arXiv's API (Atom): papers by identity, and by title. https://info.arxiv.org/help/api/user-manual.html
import { messageOf } from '../../base/errors.ts';
import { renderTexText } from '../../base/tex/tex.ts';
import { oneLine } from '../../base/text.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { SourceFailure } from '../outside-request.ts';
import { recordOfLine } from '../paper-lines.ts';
import { childOf, childrenOf, childText, readXml, type XmlElement } from '../xml.ts';

export type ApiPage = {
  records: { record: PaperRecord; raw: string }[];
  rejected: { reason: string; text: string }[];
};

/** So many identities fit into one request. */
export const MAX_IDS = 100;
const MAX_TITLE_RESULTS = 10;
const MAX_TITLE_WORDS = 30;

export function apiIdsUrl(base: string, ids: readonly string[]): string {
  const url = new URL(base);
  url.searchParams.set('id_list', ids.join(','));
  url.searchParams.set('start', '0');
  url.searchParams.set('max_results', String(ids.length));
  return url.href;
}

/** A search for the title as a phrase; undefined for a title without words. */
export function apiTitleUrl(base: string, title: string): string | undefined {
  // The query language has its own meaning for punctuation, and takes words of a phrase without it.
  const words = oneLine(renderTexText(title).replace(/[^\p{L}\p{N}]+/gu, ' ')).split(' ');
  if (words[0] === '') return undefined;
  const url = new URL(base);
  url.searchParams.set('search_query', `ti:"${words.slice(0, MAX_TITLE_WORDS).join(' ')}"`);
  url.searchParams.set('start', '0');
  url.searchParams.set('max_results', String(MAX_TITLE_RESULTS));
  return url.href;
}

/** Reads one answer. Identities that arXiv does not know are simply not in it. */
export async function parseApiPage(chunks: AsyncIterable<Uint8Array>): Promise<ApiPage> {
  const page: ApiPage = { records: [], rejected: [] };
  let isFeed = false;
  for await (const element of readXml(chunks, ['totalResults', 'entry'])) {
    isFeed = true;
    if (element.name !== 'entry') continue;
    const address = childText(element, 'id') ?? '';
    if (address.includes('/api/errors')) {
      const reason = childText(element, 'summary') ?? 'unknown error';
      throw new SourceFailure('refused', `arXiv's API refused: ${reason}.`);
    }
    try {
      const line = lineOf(element, address);
      page.records.push({ record: recordOfLine(line), raw: JSON.stringify(line) });
    } catch (error) {
      page.rejected.push({ reason: messageOf(error), text: JSON.stringify(element) });
    }
  }
  if (!isFeed) throw new SourceFailure('malformed', "The answer is none of arXiv's API.");
  return page;
}

function lineOf(entry: XmlElement, address: string): Record<string, unknown> {
  const authors = childrenOf(entry, 'author').map((author) => {
    const affiliations = childrenOf(author, 'affiliation').map((place) => place.text.trim());
    return {
      name: childText(author, 'name') ?? '',
      ...(affiliations.length > 0 ? { affiliations } : {}),
    };
  });
  return {
    id: address.replace(/^.*\/abs\//, ''),
    title: childText(entry, 'title'),
    abstract: childText(entry, 'summary'),
    authors,
    categories: childrenOf(entry, 'category').map((category) => category.attributes.term),
    primary_category: childOf(entry, 'primary_category')?.attributes.term,
    submitted_at: childText(entry, 'published'),
    updated_at: childText(entry, 'updated'),
    comments: childText(entry, 'comment'),
    journal_ref: childText(entry, 'journal_ref'),
    doi: childText(entry, 'doi'),
  };
}
