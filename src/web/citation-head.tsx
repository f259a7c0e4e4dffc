// What reference managers and search engines read in the head of a paper's page: the tags that HighWire
// Press began (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing) and schema.org's JSON-LD.
import { raw } from 'hono/html';
import { invertedName } from '../citations/cited-author.ts';
import { isoDate, type Reference } from '../citations/reference.ts';
import { renderScholarlyArticle } from '../citations/scholarly-article.ts';

export function CitationHead({ reference }: { reference: Reference }) {
  const { archive, authors, date, publication, title } = reference;
  const [firstPage, lastPage] = publication?.pages?.split('–') ?? [];
  const container = publication?.kind === 'proceedings' ? 'conference_title' : 'journal_title';
  const tags: [string, string | undefined][] = [
    ['title', title],
    ...authors.map((author): [string, string] => ['author', invertedName(author)]),
    ['publication_date', date && isoDate(date, '/')],
    ['arxiv_id', archive?.name === 'arXiv' ? archive.key : undefined],
    ['doi', reference.doi],
    [container, publication?.title],
    ['volume', publication?.volume],
    ['issue', publication?.issue],
    ['firstpage', firstPage],
    ['lastpage', lastPage],
    ['pdf_url', reference.pdfUrl],
    ['abstract_html_url', reference.url],
    ['abstract', reference.abstract],
  ];
  return (
    <>
      {tags.map(([name, value]) => value && <meta name={`citation_${name}`} content={value} />)}
      <script type="application/ld+json">{raw(renderScholarlyArticle(reference))}</script>
    </>
  );
}
