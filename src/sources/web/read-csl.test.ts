import { expect, test } from 'vitest';
import type { Instant } from '../../base/calendar.ts';
import { abstractText, markupText } from './markup-text.ts';
import { readCsl } from './read-csl.ts';

const NOW = '2026-01-15T12:00:00.000Z' as Instant;

const CROSSREF = {
  type: 'journal-article',
  DOI: '10.5555/Abc.1',
  title: 'Cells &amp; <i>Circuits</i>',
  subtitle: ['A Study'],
  author: [
    {
      given: 'Ada',
      family: 'Lovelace',
      sequence: 'first',
      affiliation: [{ name: 'One Institute' }],
    },
    { given: 'Jürgen', 'non-dropping-particle': 'van der', family: 'Grün', suffix: 'Jr.' },
    { literal: 'The Collaboration' },
  ],
  abstract:
    '<jats:title>Abstract</jats:title><jats:p>At x &lt; y we find <jats:italic>E. coli</jats:italic>.</jats:p>\n<jats:p>H<jats:sub>2</jats:sub>O.</jats:p>',
  issued: { 'date-parts': [[2025]] },
  'published-online': { 'date-parts': [[2025, 3, 4]] },
  created: { 'date-parts': [[2024, 1, 1]] },
  'container-title': 'Journal of Cells',
  volume: '12',
  issue: 3,
  page: '1-20',
  license: [
    { URL: 'https://www.elsevier.com/tdm/userlicense/1.0/' },
    { URL: 'http://creativecommons.org/licenses/by/4.0/' },
  ],
  resource: { primary: { URL: 'https://journals.example.org/x' } },
};

test("a registry's answer is read", () => {
  expect(readCsl(CROSSREF, '10.5555/abc.1', NOW)).toEqual({
    arxivId: undefined,
    homeHost: 'journals.example.org',
    record: {
      id: 'doi:10.5555/abc.1',
      source: 'publisher',
      title: 'Cells & Circuits: A Study',
      abstract: 'At x < y we find E. coli.\n\nH2O.',
      authors: [
        { name: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', affiliations: ['One Institute'] },
        { name: 'Jürgen van der Grün Jr.', given: 'Jürgen', family: 'van der Grün', suffix: 'Jr.' },
        { name: 'The Collaboration', given: 'The', family: 'Collaboration' },
      ],
      doi: '10.5555/abc.1',
      journalRef: 'Journal of Cells 12(3), 1–20, 2025',
      licence: 'http://creativecommons.org/licenses/by/4.0/',
      submittedAt: '2025-03-04T00:00:00.000Z',
    },
  });
});

test('a preprint at arXiv that the registry knows is named', () => {
  const relation = {
    cites: [{ id: '10.48550/arXiv.2501.00001', 'id-type': 'doi' }],
    'has-preprint': [{ id: '10.48550/arXiv.2502.01441', 'id-type': 'doi' }],
  };
  expect(readCsl({ ...CROSSREF, relation }, '10.5555/abc.1', NOW).arxivId).toBe('2502.01441');
});

test('what a registry leaves out or writes in its own way keeps nothing else out', () => {
  const strange = {
    title: ['A Title'],
    author: 'Ada Lovelace',
    issued: { 'date-parts': [[null]] },
    created: { 'date-parts': [['2025', '6']] },
    volume: {},
    abstract: 7,
    license: 'free',
    relation: { 'has-preprint': 'yes' },
  };
  expect(readCsl(strange, '10.5555/x', NOW).record).toEqual({
    id: 'doi:10.5555/x',
    source: 'publisher',
    title: 'A Title',
    doi: '10.5555/x',
    submittedAt: '2025-06-01T00:00:00.000Z',
  });
});

test.each([[undefined], [null], [[]], ['text'], [{}], [{ title: '' }], [{ title: [] }]])(
  '%j is refused with what to do',
  (json) => {
    expect(() => readCsl(json, '10.5555/x', NOW)).toThrow(/10\.5555\/x names no title/);
  },
);

test.each([
  ['x < y and y > z', 'x < y and y > z'],
  ['a<b and c>d', 'a<b and c>d'],
  ['CO<sub>2</sub> &#38; H&#x2082;', 'CO2 & H₂'],
  ['one<br/>two', 'one\n\ntwo'],
  ['<p class="x">one</p><p>two</p>', 'one\n\ntwo'],
  ['for $x_1 < \\alpha$', 'for $x_1 < \\alpha$'],
  ['&unknown; &#99999999;', '&unknown; &#99999999;'],
  [
    'at <jats:inline-formula><jats:alternatives><jats:tex-math>$x^2$</jats:tex-math><mml:math><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:math></jats:alternatives></jats:inline-formula> end',
    'at $x^2$ end',
  ],
  ['<mml:math><mml:mi>x</mml:mi></mml:math>-ray', 'x-ray'],
])('%s as text', (markup, text) => {
  expect(markupText(markup)).toBe(text);
});

test('the word over an abstract is dropped, one that begins it stays', () => {
  expect(abstractText('<h2>Abstract</h2><p>We show.</p>')).toBe('We show.');
  expect(abstractText('ABSTRACT: We show.')).toBe('We show.');
  expect(abstractText('Abstract We show.')).toBe('We show.');
  expect(abstractText('Abstract interpretation is shown.')).toBe(
    'Abstract interpretation is shown.',
  );
});
