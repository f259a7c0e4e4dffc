// Citations over HTTP: which form an address answers in, and that none is kept in the place of another.
import { describe, expect, test } from 'vitest';
import { authors, list, record, save } from '../../tests/fixtures.ts';
import { openTestServer, type TestServer } from '../../tests/test-server.ts';
import type { Instant } from '../base/calendar.ts';

const DAY = '2025-10-29';
const BIBTEX = 'application/x-bibtex';
const RIS = 'application/x-research-info-systems';
const CSL = 'application/vnd.citationstyles.csl+json';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
const ODD_TITLE = 'Closing </script><script>alert(1)</script> & "quotes"';

async function openLibrary(): Promise<TestServer> {
  const server = await openTestServer({}, DAY);
  const { database } = server.app;
  await list(database, '2025-10-28', [
    { record: record('2510.00001', { title: 'First Things', doi: '10.1000/182' }), votes: 9 },
    { record: record('hep-th/9901001', { title: 'Old Things' }), votes: 5 },
    {
      record: record('2510.00003', { title: ODD_TITLE, journalRef: 'Nature 521, 436–444 (2024)' }),
      votes: 3,
    },
  ]);
  await save(
    database,
    record('doi:10.1000/a/b', { source: 'publisher', title: 'By DOI', doi: '10.1000/a/b' }),
    record('2510.00005', {
      title: 'Taken Back',
      categories: ['math.CO'],
      primaryCategory: 'math.CO',
      withdrawnAt: '2025-10-29T00:00:00.000Z' as Instant,
    }),
    record('2510.00006', {
      title: 'Counting',
      authors: authors('Emmy Noether'),
      categories: ['math.CO'],
      primaryCategory: 'math.CO',
    }),
  );
  return server;
}

function keysOf(bibtex: string): string[] {
  return [...bibtex.matchAll(/eprint = \{(.*)\}/g)].map(([, id]) => id as string);
}

describe('the page of a paper answers as it is asked', () => {
  const ASKED = [
    [BROWSER, 'text/html; charset=UTF-8'],
    ['*/*', 'text/html; charset=UTF-8'],
    ['application/json', 'text/html; charset=UTF-8'],
    [BIBTEX, `${BIBTEX}; charset=utf-8`],
    ['text/x-bibtex', `${BIBTEX}; charset=utf-8`],
    [`${BIBTEX}, */*`, `${BIBTEX}; charset=utf-8`],
    [`${BIBTEX};q=0.5, */*`, 'text/html; charset=UTF-8'],
    [`text/html;q=0.5, ${BIBTEX}`, `${BIBTEX}; charset=utf-8`],
    [`${BIBTEX};q=0.5, text/html`, 'text/html; charset=UTF-8'],
    [`${BIBTEX};q=0, text/html;q=0.1`, 'text/html; charset=UTF-8'],
    [`${RIS};q=0.4, ${CSL};q=0.6`, `${CSL}; charset=utf-8`],
    ['Application/X-Research-Info-Systems', `${RIS}; charset=utf-8`],
    ['text/x-bibliography', 'text/x-bibliography; style=apa; charset=utf-8'],
    [
      'text/x-bibliography; style=vancouver; locale=de-DE',
      'text/x-bibliography; style=vancouver; charset=utf-8',
    ],
    [`text/x-bibliography; style=mla, ${RIS};q=0.2`, `${RIS}; charset=utf-8`],
    ['text/x-bibliography; style=mla, */*;q=0.1', 'text/html; charset=UTF-8'],
    ['text/markdown, text/html', 'text/markdown; charset=utf-8'],
    [`text/markdown;q=0.1, ${BIBTEX};q=0.2`, `${BIBTEX}; charset=utf-8`],
  ] as const;

  test('by the type with the highest weight, a page where only anything is accepted', async () => {
    const { get } = await openLibrary();
    const answered = [];
    for (const [accept] of ASKED) {
      const answer = await get('/papers/2510.00001', { accept });
      answered.push([accept, answer.headers.get('content-type')]);
      expect([answer.status, answer.headers.get('vary')]).toEqual([200, 'accept-encoding, accept']);
    }
    expect(answered).toEqual(ASKED);
  });

  test('a style that is not here is refused, and never another one put under its name', async () => {
    const { get } = await openLibrary();
    const answers = [
      await get('/papers/2510.00001', { accept: 'text/x-bibliography; style=mla' }),
      await get('/papers/2510.00001/cite.txt?style=mla'),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('write one of apa, vancouver, harvard');
    }
  });
});

test('a kept answer in one form is never sent as another', async () => {
  const { get, app } = await openLibrary();
  const path = '/papers/2510.00001';
  const forms = [BROWSER, BIBTEX, RIS, CSL, 'text/markdown'];
  const ask = async (accept: string) => (await get(path, { accept })).text();
  const first = [];
  for (const accept of forms) first.push(await ask(accept));
  expect(new Set(first).size).toBe(forms.length);
  for (const [index, accept] of forms.entries()) expect(await ask(accept)).toBe(first[index]);
  const page = await get(path, { accept: BROWSER });
  const etag = page.headers.get('etag') ?? '';
  expect((await get(path, { accept: BROWSER, 'if-none-match': etag })).status).toBe(304);
  expect((await get(path, { accept: BIBTEX, 'if-none-match': etag })).status).toBe(200);
  await save(app.database, record('2510.00001', { title: 'Last Things', version: 2 }));
  expect(await ask(BIBTEX)).toContain('{Last} {Things}');
  expect(await ask(BROWSER)).toContain('Last Things');
});

describe('files', () => {
  const FILES = [
    ['/papers/2510.00001/cite.bib', BIBTEX, '2510.00001.bib', 'eprint = {2510.00001}'],
    ['/papers/hep-th/9901001/cite.bib', BIBTEX, 'hep-th-9901001.bib', 'eprint = {hep-th/9901001}'],
    ['/papers/hep-th/9901001/cite.ris', RIS, 'hep-th-9901001.ris', 'ID  - hep-th/9901001'],
    ['/papers/doi:10.1000/a/b/cite.json', CSL, 'doi-10.1000-a-b.json', '"DOI": "10.1000/a/b"'],
    [
      '/papers/2510.00001/cite.txt?style=harvard',
      'text/x-bibliography; style=harvard',
      '2510.00001.txt',
      'First Things',
    ],
    ['/cite.bib?of=/papers/trending', BIBTEX, 'papers-trending.bib', 'eprint = {2510.00001}'],
  ] as const;

  test('have the type and the name of what they are', async () => {
    const { get } = await openLibrary();
    for (const [path, type, file, content] of FILES) {
      const answer = await get(path);
      expect([
        path,
        answer.status,
        answer.headers.get('content-type'),
        answer.headers.get('content-disposition'),
        await answer.text(),
      ]).toEqual([
        path,
        200,
        `${type}; charset=utf-8`,
        `attachment; filename="${file}"`,
        expect.stringContaining(content),
      ]);
    }
  });

  test('of papers that are not here there are none', async () => {
    const { get } = await openLibrary();
    expect((await get('/papers/2510.99999/cite.bib')).status).toBe(404);
    expect((await get('/papers/2510.99999/cite')).status).toBe(404);
    expect((await get('/papers/2510.00001/cite.doc')).status).toBe(404);
  });
});

describe('lists', () => {
  const LISTS: [string, string[]][] = [
    ['/papers/date/2025-10-28', ['2510.00001', 'hep-th/9901001', '2510.00003']],
    ['/papers/week/2025-W44', ['2510.00001', 'hep-th/9901001', '2510.00003']],
    ['/papers/month/2025-10?p=1', ['2510.00001', 'hep-th/9901001', '2510.00003']],
    ['/categories/math.CO', ['2510.00006']],
    ['/authors/emmy-noether', ['2510.00006']],
    ['/papers?q=2510.00006', ['2510.00006']],
    ['/papers?q=Counting', ['2510.00006']],
  ];

  test('are exported whole and in their order, as files and to whoever accepts it', async () => {
    const { get } = await openLibrary();
    const files = [];
    const negotiated = [];
    for (const [path] of LISTS) {
      await get(path, { accept: BROWSER });
      const file = await get(`/cite.bib?${new URLSearchParams({ of: path })}`);
      files.push([path, keysOf(await file.text())]);
      negotiated.push([path, keysOf(await (await get(path, { accept: BIBTEX })).text())]);
    }
    expect(files).toEqual(LISTS);
    expect(negotiated).toEqual(LISTS);
  });

  test('of a search that could not answer as it does are kept nowhere', async () => {
    const { get } = await openLibrary();
    const answer = await get('/cite.ris?of=/papers?q=Counting');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  test('that are none, or have no papers, are refused', async () => {
    const { get } = await openLibrary();
    const refused: [string, number][] = [
      ['/cite', 400],
      ['/cite.bib?of=https://example.org/papers/date/2025-10-28', 400],
      ['/cite.bib?of=//example.org/papers/date/2025-10-28', 400],
      ['/cite.bib?of=/about', 400],
      ['/cite.bib?of=/papers/date/2025-02-30', 400],
      ['/cite.bib?of=/papers', 400],
      ['/cite.bib?of=/papers/date/2024-01-01', 404],
      ['/cite?of=/editions/none', 404],
      ['/cite?of=/categories/cs.XX', 404],
    ];
    const answered = [];
    for (const [path] of refused) answered.push([path, (await get(path)).status]);
    expect(answered).toEqual(refused);
  });

  test('link to their citations, which say what list they are of', async () => {
    const { get } = await openLibrary();
    const html = await (await get('/papers/date/2025-10-28')).text();
    const href = /href="(\/cite\?of=[^"]+)"/.exec(html)?.[1] ?? '';
    const page = await (await get(href)).text();
    expect(page).toContain('3 papers of <a href="/papers/date/2025-10-28">');
    for (const end of ['bib', 'ris', 'json']) {
      expect(page).toContain(`/cite.${end}?of=%2Fpapers%2Fdate%2F2025-10-28"`);
    }
  });
});

test('a page without script has every form, to be selected and to be downloaded', async () => {
  const { get } = await openLibrary();
  const page = await (await get('/papers/2510.00001/cite')).text();
  for (const part of [
    'Lovelace, A., &amp; Turing, A. (2025). First Things',
    'Lovelace A, Turing A. First Things',
    'Lovelace, A. and Turing, A. (2025)',
    '@misc{lovelace2025first,',
    'TY  - UNPB',
    '&quot;citation-key&quot;: &quot;lovelace2025first&quot;',
    'href="/papers/2510.00001/cite.ris"',
    'href="/papers/2510.00001/cite.txt?style=vancouver"',
  ]) {
    expect(page).toContain(part);
  }
});

describe('for reference managers', () => {
  const tagsOf = (html: string) =>
    [...html.matchAll(/<meta name="citation_(\w+)" content="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]);

  test('the head of a page names title, authors, date, numbers and files', async () => {
    const { get } = await openLibrary();
    const html = await (await get('/papers/2510.00001')).text();
    expect(tagsOf(html)).toEqual([
      ['title', 'First Things'],
      ['author', 'Lovelace, Ada'],
      ['author', 'Turing, Alan'],
      ['publication_date', '2025/10/28'],
      ['arxiv_id', '2510.00001'],
      ['doi', '10.1000/182'],
      ['pdf_url', 'https://arxiv.org/pdf/2510.00001'],
      ['abstract_html_url', 'https://arxiv.org/abs/2510.00001'],
      ['abstract', 'What 2510.00001 is about, in its own words.'],
    ]);
  });

  test('what was published names its journal', async () => {
    const { get } = await openLibrary();
    const html = await (await get('/papers/2510.00003')).text();
    expect(tagsOf(html)).toEqual(
      expect.arrayContaining([
        ['publication_date', '2024'],
        ['journal_title', 'Nature'],
        ['volume', '521'],
        ['firstpage', '436'],
        ['lastpage', '444'],
      ]),
    );
  });

  test('a title cannot end the script element that holds it', async () => {
    const { get } = await openLibrary();
    const html = await (await get('/papers/2510.00003')).text();
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(json).not.toMatch(/[<>]/);
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'ScholarlyArticle',
      name: ODD_TITLE,
      author: [
        { '@type': 'Person', name: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' },
        { '@type': 'Person', name: 'Alan Turing' },
      ],
      isPartOf: { '@type': 'Periodical', name: 'Nature' },
    });
  });
});

test('the API gives the same texts, and says so in its description', async () => {
  const { get, server } = await openLibrary();
  const page = await get('/papers/2510.00001', { accept: RIS });
  const api = await get('/api/papers/2510.00001/citation?format=ris');
  expect(api.headers.get('content-type')).toBe(`${RIS}; charset=utf-8`);
  expect(await api.text()).toBe(await page.text());
  const old = await get('/api/papers/hep-th/9901001/citation');
  expect(await old.text()).toContain('eprint = {hep-th/9901001}');
  expect((await get('/api/papers/2510.00001/citation?format=text&style=mla')).status).toBe(400);
  expect((await get('/api/papers/2510.99999/citation')).status).toBe(404);
  expect(Object.keys(server.openApi().paths ?? {})).toContain('/api/papers/{id}/citation');
});
