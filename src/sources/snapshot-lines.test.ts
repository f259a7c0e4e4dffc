import { expect, test } from 'vitest';
import type { Day } from '../base/calendar.ts';
import type { ImportUnit } from './import-records.ts';
import { type SnapshotFilter, snapshotUnits } from './snapshot-lines.ts';

const LINE = {
  id: '0704.0001',
  submitter: 'Pavel Nadolsky',
  authors: "C. Bal\\'azs, E. L. Berger (Argonne), P. M. Nadolsky",
  title: 'Calculation of prompt\n  diphoton production',
  comments: '37 pages',
  'journal-ref': 'Phys.Rev.D76:013009,2007',
  doi: '10.1103/PhysRevD.76.013009',
  'report-no': 'ANL-HEP-PR-07-12',
  categories: 'hep-ph cs.LG',
  license: null,
  abstract: '  A fully differential calculation.\n',
  versions: [
    { version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' },
    { version: 'v2', created: 'Tue, 24 Jul 2007 20:10:27 GMT' },
  ],
  update_date: '2008-11-26',
  authors_parsed: [
    ["Bal\\'azs", 'C.', ''],
    ['Berger', 'E. L.', '', 'Argonne'],
    ['Nadolsky', 'P. M.', 'Jr.'],
  ],
};

async function read(lines: unknown[], filter: Partial<SnapshotFilter> = {}): Promise<ImportUnit[]> {
  const units: ImportUnit[] = [];
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const source = (async function* () {
    yield texts;
  })();
  for await (const run of snapshotUnits(source, { categories: [], ...filter })) units.push(...run);
  return units;
}

test('a line of the snapshot is a paper with its versions', async () => {
  const [unit] = await read([LINE]);
  expect(unit?.records[0]?.record).toMatchObject({
    id: '0704.0001',
    title: 'Calculation of prompt diphoton production',
    abstract: 'A fully differential calculation.',
    categories: ['hep-ph', 'cs.LG'],
    primaryCategory: 'hep-ph',
    version: 2,
    submittedAt: '2007-04-02T19:18:42.000Z',
    updatedAt: '2007-07-24T20:10:27.000Z',
    doi: '10.1103/PhysRevD.76.013009',
    journalRef: 'Phys.Rev.D76:013009,2007',
    comment: '37 pages',
  });
  expect(unit?.records[0]?.record.authors?.map(({ name }) => name)).toEqual([
    'C. Balázs',
    'E. L. Berger',
    'P. M. Nadolsky Jr.',
  ]);
});

test('categories, archives and days of submission leave papers out, one unit a line all the same', async () => {
  const taken = async (filter: Partial<SnapshotFilter>) => {
    const units = await read([LINE, ''], filter);
    expect(units.length).toBe(2);
    return units[0]?.records.length === 1;
  };
  expect(await taken({ categories: ['cs.LG'] })).toBe(true);
  expect(await taken({ categories: ['cs'] })).toBe(true);
  expect(await taken({ categories: ['cs.CL', 'math'] })).toBe(false);
  expect(await taken({ from: '2007-04-02' as Day, until: '2007-04-02' as Day })).toBe(true);
  expect(await taken({ from: '2007-04-03' as Day })).toBe(false);
  expect(await taken({ until: '2007-04-01' as Day })).toBe(false);
});

test('what is no paper is rejected with the reason', async () => {
  const units = await read(['{"id":', '[]', { id: '0704.0002' }, { title: 'x' }]);
  expect(units.map((unit) => unit.rejected[0]?.reason)).toEqual([
    expect.stringContaining('JSON'),
    'this is not a JSON object',
    'it has no title',
    'it has neither id nor doi',
  ]);
});
