import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant } from '../../base/calendar.ts';
import { isAppError } from '../../base/errors.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { decodeHtml } from './read-html.ts';
import { readPaperPage } from './read-paper-page.ts';

const NOW = '2026-01-15T12:00:00.000Z' as Instant;

function page(head: string, body = ''): string {
  return `<!doctype html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
}

function metas(...pairs: [string, string][]): string {
  return pairs.map(([name, content]) => `<meta name="${name}" content="${content}">`).join('\n');
}

function recordOf(html: string, url = 'https://example.org/paper'): PaperRecord {
  const read = readPaperPage(html, url, NOW);
  if (read.is !== 'record') throw new Error(`it is ${read.is}`);
  return read.record;
}

const ABSTRACT = 'We show that what was thought to be hard is easy, and the other way round.';

test.each([
  ['its own tag', metas(['citation_arxiv_id', '2502.01441v2'])],
  ['the address of its PDF', metas(['citation_pdf_url', 'https://arxiv.org/pdf/2502.01441'])],
  ['its DOI', metas(['citation_doi', '10.48550/arXiv.2502.01441'])],
  ['its canonical address', '<link rel="canonical" href="https://arxiv.org/abs/2502.01441"/>'],
  [
    'JSON-LD',
    '<script type="application/ld+json">{"@type":"ScholarlyArticle","sameAs":["https://arxiv.org/abs/2502.01441"]}</script>',
  ],
])('a page that names an arXiv paper by %s leads there', (_, head) => {
  const html = page(`${metas(['citation_title', 'A Title'])}${head}`);
  expect(readPaperPage(html, 'https://example.org/', NOW)).toEqual({
    is: 'arxiv',
    id: '2502.01441',
  });
});

test('a page of arXiv that came by another way leads to its paper', () => {
  expect(readPaperPage('', 'https://ar5iv.labs.arxiv.org/html/2502.01441', NOW)).toEqual({
    is: 'arxiv',
    id: '2502.01441',
  });
});

test('a page of OpenReview is read', () => {
  const html = page(
    metas(
      ['citation_title', 'Learning &amp; Forgetting in $\\epsilon$ Steps'],
      ['citation_author', 'Ada Lovelace'],
      ['citation_author', 'Alan Turing'],
      ['citation_publication_date', '2025/05/01'],
      ['citation_online_date', '2025/10/30'],
      ['citation_pdf_url', 'https://openreview.net/pdf?id=AbC'],
      ['citation_abstract', ABSTRACT],
      ['citation_conference_title', 'The Fourteenth Conference'],
    ),
  );
  expect(recordOf(html, 'https://openreview.net/forum?id=AbC')).toEqual({
    id: 'openreview:AbC',
    source: 'publisher',
    title: 'Learning & Forgetting in $\\epsilon$ Steps',
    abstract: ABSTRACT,
    authors: [
      { name: 'Ada Lovelace', given: 'Ada', family: 'Lovelace' },
      { name: 'Alan Turing', given: 'Alan', family: 'Turing' },
    ],
    submittedAt: '2025-05-01T00:00:00.000Z',
    journalRef: 'The Fourteenth Conference, 2025',
  });
});

test('a page of the ACL Anthology is read, with the abstract out of its text', () => {
  const html = page(
    `${metas(
      ['citation_title', 'Words about Words'],
      ['citation_author', 'Jürgen van der Grün'],
      ['citation_publication_date', '2025/7'],
      ['citation_conference_title', 'Proceedings of ACL 2025'],
      ['citation_firstpage', '1'],
      ['citation_lastpage', '12'],
      ['citation_doi', '10.18653/v1/2025.acl-long.1'],
    )}<meta property="og:description" content="Jürgen van der Grün. ACL 2025.">`,
    `<div class="card-body acl-abstract"><h5 class="card-title">Abstract</h5><span>${ABSTRACT}</span></div>`,
  );
  expect(recordOf(html, 'https://aclanthology.org/2025.acl-long.1/')).toMatchObject({
    id: 'acl:2025.acl-long.1',
    source: 'publisher',
    abstract: ABSTRACT,
    authors: [{ name: 'Jürgen van der Grün', family: 'van der Grün' }],
    doi: '10.18653/v1/2025.acl-long.1',
    submittedAt: '2025-07-01T00:00:00.000Z',
    journalRef: 'Proceedings of ACL 2025, 1–12',
  });
});

test('a page like those of bioRxiv is read, with institutions and markup', () => {
  const html = page(
    metas(
      ['DC.Title', 'Cells &lt;i&gt;in vivo&lt;/i&gt;'],
      ['citation_title', 'Cells &lt;i&gt;in vivo&lt;/i&gt;'],
      ['citation_author', 'Lovelace, Ada'],
      ['citation_author_institution', 'One Institute'],
      ['citation_author_institution', 'Another Institute'],
      ['citation_author', 'Turing, Alan, Jr.'],
      ['citation_date', '2025-11-02'],
      [
        'citation_abstract',
        '&lt;h3&gt;Abstract&lt;/h3&gt; &lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;',
      ],
      ['citation_doi', '10.1101/2025.11.01.123456'],
      ['DC.Identifier', '10.1101/2025.11.01.123456'],
      ['citation_journal_title', 'bioRxiv'],
    ),
  );
  expect(recordOf(html)).toMatchObject({
    id: 'page:cells-in-vivo',
    source: 'page',
    title: 'Cells in vivo',
    abstract: 'One.\n\nTwo.',
    doi: '10.1101/2025.11.01.123456',
    authors: [
      { name: 'Ada Lovelace', affiliations: ['One Institute', 'Another Institute'] },
      { name: 'Alan Turing Jr.', suffix: 'Jr.' },
    ],
    submittedAt: '2025-11-02T00:00:00.000Z',
    links: [{ kind: 'other', url: 'https://example.org/paper', from: 'source' }],
  });
});

test('a page like those of PMLR is read', () => {
  const html = page(
    metas(
      ['citation_title', 'On Rates'],
      ['citation_author', 'Ada Lovelace'],
      ['citation_publication_date', '2023/07/03'],
      ['citation_conference_title', 'International Conference on Machine Learning'],
      ['citation_firstpage', '1'],
      ['citation_lastpage', '20'],
    ),
    `<div id="abstract" class="abstract"> ${ABSTRACT} <script>var x = "no";</script></div><p>else</p>`,
  );
  expect(recordOf(html, 'https://proceedings.mlr.press/v202/x23a.html')).toMatchObject({
    id: 'page:on-rates',
    abstract: ABSTRACT,
    journalRef: 'International Conference on Machine Learning, 1–20, 2023',
  });
});

test('Dublin Core is read where there is nothing else', () => {
  const html = page(
    metas(
      ['DC.title', 'A Thesis'],
      ['DC.creator', 'Lovelace, Ada'],
      ['DC.creator', 'Turing, Alan'],
      ['DCTERMS.abstract', ABSTRACT],
      ['DCTERMS.issued', '2019'],
    ),
  );
  expect(recordOf(html)).toMatchObject({
    title: 'A Thesis',
    authors: [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }],
    abstract: ABSTRACT,
    submittedAt: '2019-01-01T00:00:00.000Z',
  });
});

test('JSON-LD is read, in a graph too, and broken JSON-LD is passed over', () => {
  const article = {
    '@type': ['ScholarlyArticle'],
    headline: 'Graphs of Graphs',
    author: [
      { '@type': 'Person', name: 'Ada Lovelace', affiliation: { name: 'One Institute' } },
      { givenName: 'Alan', familyName: 'Turing' },
      'Grace Hopper',
    ],
    abstract: ABSTRACT,
    datePublished: '2025-03-04T05:06:07Z',
    identifier: [{ '@type': 'PropertyValue', propertyID: 'DOI', value: 'doi:10.5555/XYZ' }],
    isPartOf: { name: 'Journal of Graphs' },
    citation: [{ '@type': 'ScholarlyArticle', headline: 'Other', sameAs: 'arXiv:2502.01441' }],
  };
  const scripts = [{ '@graph': [{ '@type': 'WebSite', name: 'Site' }, article] }]
    .map((json) => `<script type="application/ld+json">${JSON.stringify(json)}</script>`)
    .join('');
  const html = page(`<script type="application/ld+json">{"broken</script>${scripts}`);
  expect(recordOf(html)).toMatchObject({
    title: 'Graphs of Graphs',
    doi: '10.5555/xyz',
    abstract: ABSTRACT,
    authors: [
      { name: 'Ada Lovelace', affiliations: ['One Institute'] },
      { name: 'Alan Turing' },
      { name: 'Grace Hopper' },
    ],
    submittedAt: '2025-03-04T05:06:07.000Z',
    journalRef: 'Journal of Graphs, 2025',
  });
});

test('a blog is taken with what it says for previews, when it says who wrote it', () => {
  const previews =
    '<meta property="og:title" content="A Post"><meta property="og:description" content="About it.">';
  const html = page(
    `${previews}${metas(['author', 'Ada Lovelace and Alan Turing'])}<meta property="article:published_time" content="2025-08-09T10:00:00+02:00">`,
  );
  expect(recordOf(html)).toMatchObject({
    id: 'page:a-post',
    source: 'page',
    title: 'A Post',
    abstract: 'About it.',
    authors: [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }],
    submittedAt: '2025-08-09T08:00:00.000Z',
  });
  expect(() => recordOf(page(previews))).toThrow(/names neither authors nor a DOI/);
  expect(() =>
    recordOf(page(`${previews}<meta property="article:author" content="https://facebook.com/x">`)),
  ).toThrow(/names neither/);
});

test.each([
  ['nothing', ''],
  ['a title for its window only', page('<title>Home</title>')],
  ['an empty title', page(metas(['citation_title', ' '], ['citation_author', 'Ada Lovelace']))],
])('a page with %s is refused', (_, html) => {
  expect(() => recordOf(html)).toThrow(/does not say what paper it holds: paste/);
});

test('a page cannot call itself a paper of OpenReview or of a DOI', () => {
  const html = page(
    `${metas(
      ['citation_title', 'Mine'],
      ['citation_author', 'Ada Lovelace'],
      ['citation_doi', '10.1038/nature14539'],
    )}<link rel="canonical" href="https://openreview.net/forum?id=AbC">`,
  );
  expect(recordOf(html)).toMatchObject({ id: 'page:mine', source: 'page' });
  expect(recordOf(html, 'http://openreview.net/forum?id=AbC').id).toBe('page:mine');
});

test('what is kept of a page is what it says of itself, without its references', () => {
  const head = metas(
    ['citation_title', 'T\u0000itle'],
    ['citation_author', 'Ada'],
    ['citation_author_institution', 'One\u0000 Institute'],
    ['citation_reference', 'Another paper'],
  );
  const read = readPaperPage(page(head), 'https://example.org/', NOW);
  if (read.is !== 'record') throw new Error(read.is);
  expect(read.raw).not.toContain('Another paper');
  expect(JSON.parse(read.raw)).toMatchObject({ url: 'https://example.org/' });
  expect(JSON.stringify(read.record)).not.toContain('u0000');
  const long = metas(
    ...Array.from({ length: 200 }, () => ['x', 'y'.repeat(5_000)] as [string, string]),
  );
  const other = readPaperPage(page(head + long), 'https://example.org/', NOW);
  expect(other).toMatchObject({ raw: '{"url":"https://example.org/"}' });
});

test('dates still to come are not believed, and the most precise one counts', () => {
  const dated = (...pairs: [string, string][]) =>
    recordOf(page(metas(['citation_title', 'T'], ['citation_author', 'Ada'], ...pairs)))
      .submittedAt;
  expect(dated(['citation_publication_date', '2027/01/01'])).toBeUndefined();
  expect(dated(['citation_publication_date', '2025'], ['citation_online_date', '2025/06/07'])).toBe(
    '2025-06-07T00:00:00.000Z',
  );
  expect(dated(['citation_date', 'July 3, 2025'])).toBe('2025-07-03T00:00:00.000Z');
  expect(dated(['citation_date', '3 Jul 2025'])).toBe('2025-07-03T00:00:00.000Z');
  expect(dated(['citation_date', 'soon'], ['citation_year', '2024'])).toBe(
    '2024-01-01T00:00:00.000Z',
  );
});

test('the encoding is the one that the page or its header names', () => {
  const latin = Buffer.from('<meta charset="iso-8859-1"><p>Zoë</p>', 'latin1');
  expect(decodeHtml(latin, 'text/html')).toContain('Zoë');
  expect(decodeHtml(Buffer.from('<p>Zoë</p>', 'latin1'), 'text/html; charset=latin1')).toContain(
    'Zoë',
  );
  expect(decodeHtml(Buffer.from('\ufeffZoë', 'utf16le'), 'text/html')).toBe('Zoë');
  expect(decodeHtml(Buffer.from('Zoë'), 'text/html; charset=nonsense')).toBe('Zoë');
});

test.each([
  ['open tags', '<div>'.repeat(500_000)],
  ['open abstracts', '<div class=abstract>'.repeat(100_000)],
  ['tags that were never opened', `${'<b>'.repeat(400)}${'</i>'.repeat(500_000)}`],
  ['paragraphs', '<p>'.repeat(500_000)],
  ['unfinished tags', '<meta name="'.repeat(200_000)],
  ['markup in its title', metas(['citation_title', '&lt;a x=1 '.repeat(100_000)])],
  ['spaces in its title', metas(['citation_title', ` <a${' '.repeat(500_000)}`])],
  ['nested JSON-LD', `<script type="application/ld+json">${'['.repeat(500_000)}</script>`],
])(
  'a page of very many %s costs no more than others',
  (_, body) => {
    const html = page(metas(['citation_title', 'T'], ['citation_author', 'Ada']), body);
    expect(recordOf(html)).toMatchObject({ title: 'T' });
  },
  10_000,
);

test('whatever a page says it is read or refused in words', () => {
  const names = fc.constantFrom(
    'citation_title',
    'citation_author',
    'citation_author_institution',
    'citation_date',
    'citation_doi',
    'citation_abstract',
    'citation_journal_title',
    'citation_firstpage',
    'og:title',
    'author',
  );
  const said = fc.array(fc.tuple(names, fc.string({ unit: 'binary' })));
  const linked = fc
    .jsonValue()
    .map((author) => ({ '@type': 'ScholarlyArticle', name: 'T', author }));
  fc.assert(
    fc.property(said, linked, fc.jsonValue(), fc.string(), (pairs, node, json, body) => {
      const scripts = [node, json]
        .map((value) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`)
        .join('');
      const html = page(metas(...pairs) + scripts, body);
      try {
        const read = readPaperPage(html, 'https://example.org/', NOW);
        if (read.is === 'record') expect(read.record.title).not.toBe('');
      } catch (error) {
        if (!isAppError(error, 'invalid')) throw error;
      }
    }),
    { numRuns: 200 },
  );
});
