import { expect, test } from 'vitest';
import { parsePaperLine, repairArxivId } from './paper-lines.ts';

test.each([
  ['810.5183', '0810.5183'],
  ['1103.123', '1103.1230'],
  ['1801.0714699999999', '1801.07147'],
  ['1501.0052', '1501.00520'],
  ['1411.1', '1411.1000'],
  ['2502.01441', '2502.01441'],
  ['0704.0001', '0704.0001'],
  ['hep-th/9901001', 'hep-th/9901001'],
])('the id %s was %s before it was a number', (damaged, id) => {
  expect(repairArxivId(damaged)).toBe(id);
});

test('a daily crawl says when a paper was announced', () => {
  const record = parsePaperLine({
    id: '2510.00001',
    title: 'A\n title',
    abstract: 'It.',
    authors: ['Ada Lovelace'],
    categories: ['cs.CV', 'cs.AI', '68T45, 62H30', 'I.5.3; I.2.10'],
    published: '2025-10-13',
    comments: '12 pages',
    listed: ['2025-10-14', '2025-10-13'],
  });
  expect(record).toEqual({
    id: '2510.00001',
    source: 'arxiv',
    title: 'A title',
    abstract: 'It.',
    authors: [{ name: 'Ada Lovelace', given: 'Ada', family: 'Lovelace' }],
    categories: ['cs.CV', 'cs.AI'],
    primaryCategory: 'cs.CV',
    comment: '12 pages',
    announcedOn: '2025-10-13',
  });
});

test('an archive says when a paper was submitted and changed', () => {
  const record = parsePaperLine({
    id: '704.0002',
    title: 'T',
    primary_category: 'cs.CG',
    categories: 'math.CO cs.CG',
    published: '2007-03-30',
    updated: '2008-12-13',
    doi: 'https://doi.org/10.1000/X',
  });
  expect(record).toMatchObject({
    id: '0704.0002',
    categories: ['cs.CG', 'math.CO'],
    primaryCategory: 'cs.CG',
    submittedAt: '2007-03-30T00:00:00.000Z',
    updatedAt: '2008-12-13T00:00:00.000Z',
    doi: '10.1000/X',
  });
});

test.each([
  [[], 'this is not a JSON object'],
  [null, 'this is not a JSON object'],
  [{ title: 'T' }, 'it has neither id nor doi'],
  [{ id: '2510.00001' }, 'it has no title'],
  [{ id: '2510.00001', title: ' ' }, 'it has no title'],
  [{ id: 'nonsense', title: 'T' }, "is not a paper's identifier"],
  [{ id: '2510.00001', title: 'T'.repeat(3000) }, 'its title is longer than 2000 characters'],
])('%j is rejected', (line, reason) => {
  expect(() => parsePaperLine(line)).toThrow(reason as string);
});

test('a row of an export gives the paper again, without what could not have been in one', () => {
  const row = {
    id: 'doi:10.1/x',
    title: 'T',
    title_key: 'x',
    record_source: 'publisher',
    authors: '[{"name": "Ada Lovelace", "affiliations": ["London"]}]',
    categories: '["cs.LG"]',
    links:
      '[{"kind": "code", "url": "https://github.com/a/b", "from": "source"}, {"kind": "code", "url": "https://x.org/y", "from": "abstract"}]',
    extras: '{"aiKeywords": ["x"], "githubStars": 3}',
    submitted_at: '2025-10-28T10:00:00.000Z',
    announced_on: '2025-10-29',
  };
  expect(parsePaperLine(row)).toMatchObject({
    source: 'publisher',
    authors: [{ name: 'Ada Lovelace', affiliations: ['London'] }],
    links: [{ url: 'https://github.com/a/b' }],
    extras: { aiKeywords: ['x'], githubStars: 3 },
    submittedAt: '2025-10-28T10:00:00.000Z',
    announcedOn: '2025-10-29',
  });
  const planted = {
    ...row,
    links: '[{"kind": "code", "url": "javascript:alert(1)", "from": "source"}]',
  };
  expect(parsePaperLine(planted)).not.toHaveProperty('links');
  expect(parsePaperLine({ ...row, extras: '{"aiKeywords": 7}' })).not.toHaveProperty('extras');
  expect(() => parsePaperLine({ ...row, extras: '{' })).toThrow('its extras is not JSON');
});
