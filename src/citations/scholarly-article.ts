// A paper in the words of https://schema.org/ScholarlyArticle.
import { type CitedAuthor, familyOf } from './cited-author.ts';
import { isoDate, type Reference } from './reference.ts';

const CONTAINERS = { journal: 'Periodical', proceedings: 'PublicationIssue' };

/** JSON to be set between the tags of a script element, which nothing in it can end. */
export function renderScholarlyArticle(reference: Reference): string {
  const { archive, date, doi, pageUrl, pdfUrl, publication, title, url } = reference;
  const article = {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    '@id': url,
    headline: title,
    name: title,
    author: reference.authors.map(personOf),
    datePublished: date && isoDate(date),
    url: pageUrl,
    sameAs: [url, ...(doi ? [`https://doi.org/${encodeURI(doi)}`] : [])],
    identifier: archive && {
      '@type': 'PropertyValue',
      propertyID: archive.name,
      value: archive.key,
    },
    isPartOf: publication && { '@type': CONTAINERS[publication.kind], name: publication.title },
    encoding: pdfUrl && {
      '@type': 'MediaObject',
      contentUrl: pdfUrl,
      encodingFormat: 'application/pdf',
    },
  };
  return JSON.stringify(article).replace(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function personOf(author: CitedAuthor) {
  if (author.kind === 'group') return { '@type': 'Organization', name: author.name };
  const { given, suffix } = author;
  return {
    '@type': 'Person',
    name: [given, familyOf(author), suffix].filter(Boolean).join(' '),
    givenName: given,
    familyName: familyOf(author),
  };
}
