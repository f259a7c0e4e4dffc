// What arXiv's formats say of a paper, in documents of our own writing.
import { expect, test } from 'vitest';
import { parseApiPage } from './api.ts';
import { parseFeed } from './feed.ts';
import { parseOaiPage } from './oai.ts';

/** In pieces that cut through tags, entities and characters of several bytes. */
async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7);
}

function oaiAnswer(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
    <responseDate>2026-11-10T03:00:00Z</responseDate><request>x</request>${content}</OAI-PMH>`;
}

function oaiRecord(metadata: string, header = ''): string {
  return `<record><header ${header}><identifier>oai:arXiv.org:2611.00001</identifier>
    <datestamp>2026-11-10</datestamp><setSpec>cs:cs:LG</setSpec></header>
    ${metadata && `<metadata>${metadata}</metadata>`}</record>`;
}

test('a record in the format arXiv has its authors apart, with their affiliations', async () => {
  const page = await parseOaiPage(
    pieces(
      oaiAnswer(
        `<ListRecords>${oaiRecord(`<arXiv xmlns="http://arxiv.org/OAI/arXiv/">
        <id>2611.00001</id><created>2026-11-08</created><updated>2026-11-09</updated>
        <authors><author><keyname>van der Grün</keyname><forenames>Zoë</forenames><suffix>Jr</suffix>
          <affiliation>University of X</affiliation><affiliation>Y Ltd</affiliation></author>
          <author><keyname>Bourbaki</keyname></author></authors>
        <title>On $p$ &lt; 1
          and more</title>
        <categories>cs.LG stat.ML 68T45</categories><comments>9 pages</comments>
        <journal-ref>J. 1 (2026)</journal-ref><doi>10.1234/AB.c</doi>
        <license>http://creativecommons.org/licenses/by/4.0/</license>
        <abstract>  We show &amp; tell.
        </abstract></arXiv>`)}</ListRecords>`,
      ),
    ),
  );
  expect(page).toMatchObject({
    respondedAt: '2026-11-10T03:00:00.000Z',
    resumptionToken: undefined,
    rejected: [],
  });
  expect(page.records[0]).toMatchObject({
    datestamp: '2026-11-10',
    isFirstVersion: false,
    record: {
      id: '2611.00001',
      source: 'arxiv',
      title: 'On $p$ < 1 and more',
      abstract: 'We show & tell.',
      authors: [
        { name: 'Zoë van der Grün Jr', affiliations: ['University of X', 'Y Ltd'] },
        { name: 'Bourbaki' },
      ],
      categories: ['cs.LG', 'stat.ML'],
      primaryCategory: 'cs.LG',
      submittedAt: '2026-11-08T00:00:00.000Z',
      updatedAt: '2026-11-09T00:00:00.000Z',
      comment: '9 pages',
      journalRef: 'J. 1 (2026)',
      doi: '10.1234/AB.c',
      licence: 'http://creativecommons.org/licenses/by/4.0/',
    },
  });
});

test('a record in the format arXivRaw has its versions with their times', async () => {
  const page = await parseOaiPage(
    pieces(
      oaiAnswer(`<ListRecords>${oaiRecord(`<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
        <id>math/0309136</id><submitter>A. Person</submitter>
        <version version="v2"><date>Tue, 10 Nov 2026 09:30:00 GMT</date><size>9kb</size></version>
        <version version="v1"><date>Mon, 8 Sep 2003 18:00:01 GMT</date><size>8kb</size></version>
        <title>Old</title><authors>A. Person (X, Y), B. Other and C. Third</authors>
        <categories>math.GT</categories><abstract>Text.</abstract></arXivRaw>`)}
        <resumptionToken cursor="0">abc|1</resumptionToken></ListRecords>`),
    ),
  );
  expect(page.resumptionToken).toBe('abc|1');
  expect(page.records[0]).toMatchObject({
    isFirstVersion: false,
    record: {
      id: 'math/0309136',
      version: 2,
      submittedAt: '2003-09-08T18:00:01.000Z',
      updatedAt: '2026-11-10T09:30:00.000Z',
    },
  });
  expect(page.records[0]?.record.authors?.map(({ name }) => name)).toEqual([
    'A. Person',
    'B. Other',
    'C. Third',
  ]);
});

test('deleted records, refusals and a dead token are told apart', async () => {
  const deleted = await parseOaiPage(
    pieces(oaiAnswer(`<ListRecords>${oaiRecord('', 'status="deleted"')}</ListRecords>`)),
  );
  expect(deleted.deleted).toEqual([{ id: '2611.00001', datestamp: '2026-11-10' }]);
  const none = await parseOaiPage(pieces(oaiAnswer('<error code="noRecordsMatch">none</error>')));
  expect([none.records, none.isTokenRefused]).toEqual([[], false]);
  const dead = await parseOaiPage(pieces(oaiAnswer('<error code="badResumptionToken"/>')));
  expect(dead.isTokenRefused).toBe(true);
  const refused = parseOaiPage(pieces(oaiAnswer('<error code="badArgument">No such set</error>')));
  await expect(refused).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('No such set'),
  });
  const other = parseOaiPage(pieces('<html><body>Hello</body></html>'));
  await expect(other).rejects.toMatchObject({ kind: 'malformed' });
});

test('a record that cannot be read is named and spoils no other', async () => {
  const good = oaiRecord(`<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2611.00002</id>
    <created>2026-11-08</created><title>Good</title><categories>cs.LG</categories></arXiv>`);
  const bad = oaiRecord('<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2611.00001</id></arXiv>');
  const page = await parseOaiPage(pieces(oaiAnswer(`<ListRecords>${bad}${good}</ListRecords>`)));
  expect(page.records.map(({ record }) => record.id)).toEqual(['2611.00002']);
  expect(page.rejected).toMatchObject([{ id: '2611.00001', reason: 'it has no title' }]);
});

const ATOM = `<?xml version='1.0' encoding='UTF-8'?>
  <feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
  <id>http://rss.arxiv.org/atom/cs.LG</id><title>cs.LG updates</title><updated>2026-11-10T05:00:19.8+00:00</updated>
  <entry><id>oai:arXiv.org:2611.00001v1</id><title>A title</title><updated>2026-11-10T05:00:19.8+00:00</updated>
    <summary>arXiv:2611.00001v1 Announce Type: cross \nAbstract: About $x$.</summary>
    <category term="cs.CV"/><category term="cs.LG"/><published>2026-11-10T00:00:00-05:00</published>
    <arxiv:announce_type>cross</arxiv:announce_type><dc:creator>Zo\\"e A, B C</dc:creator></entry></feed>`;

test('a feed may be Atom or RSS', async () => {
  const feed = await parseFeed(pieces(ATOM));
  expect(feed).toMatchObject({ day: '2026-11-10', rejected: [] });
  expect(feed.entries[0]).toMatchObject({
    type: 'cross',
    day: '2026-11-10',
    record: {
      id: '2611.00001',
      version: 1,
      title: 'A title',
      abstract: 'About $x$.',
      categories: ['cs.CV', 'cs.LG'],
      primaryCategory: 'cs.CV',
    },
  });
  expect(feed.entries[0]?.record.authors?.map(({ name }) => name)).toEqual(['Zoë A', 'B C']);
  expect(feed.entries[0]?.record.submittedAt).toBeUndefined();
});

test('a feed without entries has the day it was made for', async () => {
  const feed = await parseFeed(
    pieces(
      '<rss version="2.0"><channel><title>t</title><pubDate>Sat, 07 Nov 2026 00:00:00 -0500</pubDate></channel></rss>',
    ),
  );
  expect(feed).toEqual({ day: '2026-11-07', entries: [], rejected: [] });
  await expect(parseFeed(pieces('<a><b/></a>'))).rejects.toMatchObject({ kind: 'malformed' });
});

test('an entry that cannot be read still says that it was announced', async () => {
  const feed = await parseFeed(pieces(ATOM.replace('<title>A title</title>', '')));
  expect(feed.entries).toEqual([]);
  expect(feed.rejected).toMatchObject([
    {
      reason: 'it has no title',
      announced: { id: '2611.00001', type: 'cross', day: '2026-11-10' },
    },
  ]);
});

test('an error of the API is a refusal, and an empty answer is none', async () => {
  const answer = (entries: string) => `<feed xmlns:o="http://a9.com/-/spec/opensearch/1.1/"
    xmlns="http://www.w3.org/2005/Atom"><o:totalResults>1</o:totalResults>${entries}</feed>`;
  expect(await parseApiPage(pieces(answer('')))).toEqual({ records: [], rejected: [] });
  const refused = parseApiPage(
    pieces(
      answer(
        '<entry><id>https://arxiv.org/api/errors#x</id><summary>incorrect id format for abc</summary></entry>',
      ),
    ),
  );
  await expect(refused).rejects.toMatchObject({ kind: 'refused' });
});
