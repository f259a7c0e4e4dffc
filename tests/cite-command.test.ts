import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run } from './program.ts';
import { temporaryFolder, testDatabaseUrl } from './test-database.ts';

const LINE = {
  id: '2510.00001',
  title: 'A Title of $x^2$',
  authors: ['Ada Lovelace'],
  published: '2025-10-28',
};

test('the command prints citations in the form that is asked for', async () => {
  const folder = temporaryFolder();
  const settings = { BROADSHEET_DATABASE_URL: await testDatabaseUrl(), BROADSHEET_DATA: folder };
  const file = path.join(folder, 'papers.jsonl');
  fs.writeFileSync(file, `${JSON.stringify(LINE)}\n`);
  expect((await run(['import', 'jsonl', file], settings)).code).toBe(0);
  const bibtex = await run(['cite', 'arXiv:2510.00001v2'], settings);
  expect(bibtex.stdout).toContain('@misc{lovelace2025title,');
  // The thread that formats must let the program end.
  const apa = await run(['cite', '2510.00001', '--format', 'apa'], settings);
  expect(apa).toMatchObject({
    code: 0,
    stdout:
      'Lovelace, A. (2025). A Title of x^2 (arXiv:2510.00001). arXiv. https://doi.org/10.48550/arXiv.2510.00001\n',
  });
  const absent = await run(['cite', '2510.99999'], settings);
  expect([absent.code, absent.stderr]).toEqual([
    1,
    'There is no paper 2510.99999 here: import it first.\n',
  ]);
  const misused = await run(['cite', '2510.00001', '--format', 'mla'], settings);
  expect([misused.code, misused.stderr]).toEqual([
    2,
    expect.stringContaining('Write one of bibtex, ris, csl, apa, vancouver, harvard.'),
  ]);
});
