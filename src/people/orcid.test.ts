import { expect, test } from 'vitest';
import { parseOrcid } from './orcid.ts';

test.each([
  ['0000-0002-1825-0097', '0000-0002-1825-0097'],
  ['https://orcid.org/0000-0001-5109-3700', '0000-0001-5109-3700'],
  [' 0000000151093700 ', '0000-0001-5109-3700'],
  ['0000-0002-1694-233x', '0000-0002-1694-233X'],
])('%s is the ORCID iD %s', (text, orcid) => {
  expect(parseOrcid(text)).toBe(orcid);
});

test.each([
  '0000-0002-1825-0098',
  '0000-0002-1694-2330',
  '0000-0002-1825',
  'X000-0002-1825-0097',
  'https://evil.example/0000-0002-1825-0097',
  '',
])('%j is no ORCID iD', (text) => {
  expect(() => parseOrcid(text)).toThrow(/ORCID/);
});
