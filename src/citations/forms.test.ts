// What papers look like as BibTeX, RIS, CSL-JSON and text, the unusual ones above all.
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authors as named, record } from '../../tests/fixtures.ts';
import type { Day, Instant } from '../base/calendar.ts';
import { paperFromRecord } from '../papers/merge-record.ts';
import type { PaperRecord } from '../papers/paper.ts';
import { type Format, renderCitations } from './formats.ts';
import { type Reference, referenceOf } from './reference.ts';
import type { Style } from './style/styles.ts';

const SITE = 'https://papers.example.org';
const SEEN = '2025-10-31T00:00:00.000Z' as Instant;

type Item = Record<string, unknown> & {
  author?: Record<string, string>[];
  title: string;
  issued?: { 'date-parts': number[][] };
};

function reference(id: string, changes: Partial<PaperRecord> = {}): Reference {
  return referenceOf(paperFromRecord(record(id, changes), SEEN), SITE);
}

/** Without a day of its own. */
function undated(id: string, changes: Partial<PaperRecord> = {}): Reference {
  const { submittedAt: _, ...rest } = record(id, changes);
  return referenceOf(paperFromRecord(rest, SEEN), SITE);
}

function render(format: Format, ...references: Reference[]): Promise<string> {
  return renderCitations(references, { format, style: 'apa' });
}

function formatted(style: Style, ...references: Reference[]): Promise<string> {
  return renderCitations(references, { format: 'text', style });
}

async function throughBibtex(...references: Reference[]): Promise<Item[]> {
  return plugins.input.chain(await render('bibtex', ...references)) as Item[];
}

async function throughRis(...references: Reference[]): Promise<Item[]> {
  return plugins.input.chain(await render('ris', ...references)) as Item[];
}

const attention = reference('1706.03762', {
  title: 'Attention Is All You Need',
  abstract: 'The dominant models.',
  authors: named('Ashish Vaswani', 'Noam Shazeer'),
  primaryCategory: 'cs.CL',
  submittedAt: '2017-06-12T17:57:34.000Z' as Instant,
});

test('a paper of arXiv is an entry as arXiv itself gives it', async () => {
  expect(await render('bibtex', attention)).toBe(`@misc{vaswani2017attention,
  title = {{Attention} {Is} {All} {You} {Need}},
  author = {Vaswani, Ashish and Shazeer, Noam},
  year = {2017},
  month = jun,
  eprint = {1706.03762},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  url = {https://arxiv.org/abs/1706.03762}
}
`);
});

test('RIS has a line for each author, ends lines with CR LF and records with ER', async () => {
  expect((await render('ris', attention)).split('\r\n')).toEqual([
    'TY  - UNPB',
    'AU  - Vaswani, Ashish',
    'AU  - Shazeer, Noam',
    'TI  - Attention Is All You Need',
    'PY  - 2017',
    'DA  - 2017/06/12/',
    'PB  - arXiv',
    'AN  - arXiv:1706.03762',
    'DO  - 10.48550/arXiv.1706.03762',
    'UR  - https://arxiv.org/abs/1706.03762',
    'L1  - https://arxiv.org/pdf/1706.03762',
    'AB  - The dominant models.',
    'ID  - 1706.03762',
    'ER  - ',
    '',
    '',
  ]);
});

test('CSL-JSON is an article that arXiv publishes, with its number there', async () => {
  expect(JSON.parse(await render('csl', attention))).toEqual([
    {
      id: 'vaswani2017attention',
      'citation-key': 'vaswani2017attention',
      type: 'article',
      title: 'Attention Is All You Need',
      author: [
        { family: 'Vaswani', given: 'Ashish' },
        { family: 'Shazeer', given: 'Noam' },
      ],
      issued: { 'date-parts': [[2017, 6, 12]] },
      publisher: 'arXiv',
      number: 'arXiv:1706.03762',
      DOI: '10.48550/arXiv.1706.03762',
      URL: 'https://arxiv.org/abs/1706.03762',
      abstract: 'The dominant models.',
    },
  ]);
});

test.each<[Style, string]>([
  [
    'apa',
    'Vaswani, A., & Shazeer, N. (2017). Attention Is All You Need (arXiv:1706.03762). arXiv. https://doi.org/10.48550/arXiv.1706.03762\n',
  ],
  [
    'vancouver',
    'Vaswani A, Shazeer N. Attention Is All You Need [Internet]. arXiv; 2017. Available from: https://arxiv.org/abs/1706.03762\n',
  ],
  [
    'harvard',
    'Vaswani, A. and Shazeer, N. (2017) “Attention Is All You Need.” arXiv. doi:10.48550/arXiv.1706.03762.\n',
  ],
])('as text in %s', async (style, expected) => {
  expect(await formatted(style, attention)).toBe(expected);
});

test('several papers in Vancouver are numbered in the order of their list', async () => {
  const text = await formatted('vancouver', reference('2510.00002'), attention);
  expect(text.split('\n').map((line) => line.slice(0, 12))).toEqual([
    '1. Lovelace ',
    '2. Vaswani A',
    '',
  ]);
});

describe('what was published', () => {
  test.each([
    ['Nature 521(7553), 436–444, 2015', 'article', 'Nature', '521', '7553', '436–444', 2015],
    ['Phys. Rev. D 76, 013009 (2007)', 'article', 'Phys. Rev. D', '76', '', '013009', 2007],
    ['J. Phys. A vol. 5, no. 2, pp. 1-9, 1999', 'article', 'J. Phys. A', '5', '2', '1–9', 1999],
    ['Annals of Mathematics', 'article', 'Annals of Mathematics', '', '', '', 2025],
    ['In Proceedings of CVPR 2024', 'inproceedings', 'Proceedings of CVPR', '', '', '', 2024],
  ])('%s', async (journalRef, type, title, volume, issue, pages, year) => {
    const published = reference('2510.00001', { journalRef, doi: '10.1000/182' });
    const bibtex = await render('bibtex', published);
    expect(bibtex).toMatch(new RegExp(`^@${type}\\{`));
    expect(bibtex).toContain('doi = {10.1000/182}');
    expect(bibtex).toContain('eprint = {2510.00001}');
    const { publication, date } = published;
    expect(publication?.title).toBe(title);
    expect([publication?.volume ?? '', publication?.issue ?? '', publication?.pages ?? '']).toEqual(
      [volume, issue, pages],
    );
    expect(date?.year).toBe(year);
    const [item] = await throughRis(published);
    expect(item?.DOI).toBe('10.1000/182');
    expect(item?.['container-title'] ?? item?.['event-title']).toBe(title);
  });
});

describe('authors', () => {
  const authors = named(
    'LIGO Scientific Collaboration',
    'Jan van der Berg',
    'Martin Luther King, Jr.',
    'Paul Erdős',
    'OpenAI',
    'Tom and Jerry Team',
    'Natalia García-de-la-Puente',
    'Guy Van den Broeck',
    '王 小明',
    'محمد صلاح',
    ':',
  );

  test('keep their order, particles and suffixes; groups stay whole', async () => {
    const bibtex = await render('bibtex', reference('2510.00001', { authors }));
    expect(/author = \{(.*)\},\n/.exec(bibtex)?.[1]?.split(' and ')).toEqual([
      '{LIGO Scientific Collaboration}',
      'van der Berg, Jan',
      'King, Jr., Martin Luther',
      'Erdős, Paul',
      '{OpenAI}',
      '{Tom',
      'Jerry Team}',
      '{García-de-la-Puente}, Natalia',
      'Van den Broeck, Guy',
      '小明, 王',
      'صلاح, محمد',
    ]);
  });

  test('come back from BibTeX and RIS', async () => {
    const cited = reference('2510.00001', { authors });
    const [fromBibtex] = await throughBibtex(cited);
    const [fromRis] = await throughRis(cited);
    const family = (item: Item | undefined) =>
      item?.author?.map((name) =>
        [name['non-dropping-particle'], name.family ?? name.literal].filter(Boolean).join(' '),
      );
    const expected = [
      'LIGO Scientific Collaboration',
      'van der Berg',
      'King',
      'Erdős',
      'OpenAI',
      'Tom and Jerry Team',
      'García-de-la-Puente',
      'Van den Broeck',
      '小明',
      'صلاح',
    ];
    expect(family(fromBibtex)).toEqual(expected);
    expect(family(fromRis)).toEqual(expected);
    expect(fromBibtex?.author?.[2]?.suffix).toBe('Jr.');
  });

  test('three thousand of them all go out, and a style prints as many as it does', async () => {
    const crowd = reference('2510.00001', {
      authors: named(...Array.from({ length: 3_000 }, (_, index) => `Ada N${index} Lovelace`)),
    });
    expect((await throughBibtex(crowd))[0]?.author).toHaveLength(3_000);
    expect((await throughRis(crowd))[0]?.author).toHaveLength(3_000);
    expect(await formatted('apa', crowd)).toMatch(/Lovelace, A\. N\.[^…]+… Lovelace, A\. N/);
  });

  test('none at all are left out', async () => {
    const bare = reference('2510.00001', { authors: [] });
    expect(await render('bibtex', bare)).not.toContain('author');
    expect(await render('ris', bare)).not.toContain('AU  -');
    expect(await formatted('apa', bare)).toMatch(/^The title of 2510\.00001/);
  });
});

describe('titles', () => {
  test.each([
    ['Learning with $\\mathcal{O}(n^2)$ steps', '{Learning} with {$\\mathcal{O}(n^2)$} steps'],
    ["Erd\\H{o}s and {\\'E}cole", "{Erd\\H{o}s} and {{{\\'E}cole}}"],
    ['R&D at 97.2% of #1_2', '{R\\&D} at 97.2\\% of \\#1\\_2'],
    ['\\textsc{GUI-Spotlight}: Fast', '{{\\textsc{GUI-Spotlight}}}: {Fast}'],
    ['C$^3$B (a BERT), "Quoted"', '{C$^3$B} (a {BERT}), "{Quoted}"'],
    ['Already {BERT} and {A B}', '{Already} {BERT} and {A B}'],
    ['An open } brace and 5$', '{An} open brace and 5\\$'],
    ['Before you <think>, 深度学习', '{Before} you <think>, 深度学习'],
    ['the cost of $x_i$ is low', 'the cost of $x_i$ is low'],
    ['Scaling to 10^5 and L_{1}', '{Scaling} to 10\\textsuperscript{5} and {L\\textsubscript{1}}'],
  ])('%s', async (title, expected) => {
    const bibtex = await render('bibtex', reference('2510.00001', { title }));
    expect(/title = \{(.*)\},\n/.exec(bibtex)?.[1]).toBe(expected);
  });

  test('of any kind give an entry whose braces are balanced and that is read again', async () => {
    const signs = fc.constantFrom(
      ...['{', '}', '$', '\\', '%', '&', '#', '_', '^', '~', '"', '@', ',', ' ', '\n', 'a', 'B'],
      ...["\\'", '\\textbf{', '\\{', '$x$', '\\"', 'é', '王', 'שלום', '🙂', 'and', '\u0000'],
    );
    const text = fc.oneof(
      fc.array(signs, { maxLength: 30 }).map((list) => list.join('')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const paper = fc.record({ title: text, name: text, doi: text });
    const many = fc.array(paper, { minLength: 25, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(many, async (papers) => {
        const references = papers.map(({ title, name, doi }, index) =>
          reference(`2510.${10_000 + index}`, {
            title: `x${title}`,
            authors: [{ name: `N${name}`, given: `G${name}`, family: `F${name}` }],
            doi: `10.1000/${doi}`,
            journalRef: title,
          }),
        );
        const bibtex = await render('bibtex', ...references);
        expect(lowestDepth(bibtex)).toEqual({ lowest: 0, last: 0 });
        const entries = plugins.input.chain(bibtex, { target: '@biblatex/entries+list' });
        expect(entries).toMatchObject(
          references.map(({ id, url }) => ({ properties: { eprint: id, url } })),
        );
        const lines = (await render('ris', ...references)).split('\r\n');
        expect(lines.filter((line) => !/^(?:[A-Z][A-Z0-9] {2}- .*)?$/.test(line))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

/** Of braces, as BibTeX counts them. */
function lowestDepth(bibtex: string): { lowest: number; last: number } {
  let depth = 0;
  let lowest = 0;
  for (const sign of bibtex) {
    depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
    lowest = Math.min(lowest, depth);
  }
  return { lowest, last: depth };
}

describe('identities and dates', () => {
  test('a DOI with odd characters is kept letter by letter', async () => {
    const doi = '10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1_%&#';
    const cited = reference(`doi:${doi}`, { doi, journalRef: 'Wiley 3' });
    expect(await render('bibtex', cited)).toContain(`doi = {${doi}}`);
    expect(await render('ris', cited)).toContain(`DO  - ${doi}\r\n`);
    expect((await throughBibtex(cited))[0]?.DOI).toBe(doi);
  });

  test('papers of other archives say which', async () => {
    const bibtex = await render('bibtex', reference('openreview:AbC-1_x'));
    expect(bibtex).toContain('eprint = {AbC-1_x}');
    expect(bibtex).toContain('archivePrefix = {OpenReview}');
    expect(bibtex).not.toContain('primaryClass');
    expect(bibtex).toContain('url = {https://openreview.net/forum?id=AbC-1_x}');
    const page = await render('ris', reference('page:a-paper'));
    expect(page).toContain('UR  - https://papers.example.org/papers/page:a-paper\r\n');
    expect(page).toContain('ID  - page:a-paper\r\n');
  });

  test('the month is that of the arXiv id where no source told the day', async () => {
    const announced = { announcedOn: '2025-10-13' as Day };
    expect(undated('1812.06145', announced).date).toEqual({ year: 2018, month: 12 });
    expect(undated('hep-th/9901001', announced).date).toEqual({ year: 1999, month: 1 });
    expect(undated('acl:2025.1', announced).date).toEqual({ year: 2025, month: 10, day: 13 });
    const never = undated('page:never');
    expect(never.date).toBeUndefined();
    expect(await render('bibtex', never)).not.toContain('year');
    expect(await formatted('apa', never)).toContain('(n.d.)');
  });
});

describe('keys', () => {
  const keysOf = async (...references: Reference[]) =>
    [...(await render('bibtex', ...references)).matchAll(/^@\w+\{(.*),$/gm)].map(([, key]) => key);

  test('are of ASCII, whatever the names', async () => {
    const of = (name: string, title: string) =>
      reference('2510.00001', { title, authors: named(name) });
    expect(
      await keysOf(
        of('Aäron van den Oord', 'Representation Learning'),
        of('Paul Erdős', 'On the “Birthday” Paradox'),
        of('The ATLAS Collaboration', 'A 3D-View'),
        of('王 小明', '深度学习'),
      ),
    ).toEqual(['oord2025representation', 'erdos2025birthday', 'atlas20253d', 'paper-2510.00001']);
  });

  test('are each used once, and do not depend on the order of the list', async () => {
    const title = 'Learning';
    const [a, b] = [reference('2510.00001', { title }), reference('hep-th/9901001', { title })];
    const keys = ['lovelace2025learning-2510.00001', 'lovelace2025learning-hep-th-9901001'];
    expect(await keysOf(a, b)).toEqual(keys);
    expect(await keysOf(b, a)).toEqual(keys.toReversed());
    expect(await keysOf(a)).toEqual(['lovelace2025learning']);
    expect(new Set(await keysOf(a, a, a)).size).toBe(3);
  });
});
