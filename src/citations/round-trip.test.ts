// Real papers go out in every form and come back through Citation.js's parsers.
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { expect, test } from 'vitest';
import { authors as named, readDemo, record } from '../../tests/fixtures.ts';
import type { Instant } from '../base/calendar.ts';
import { paperFromRecord } from '../papers/merge-record.ts';
import { familyOf } from './cited-author.ts';
import { renderCitations } from './formats.ts';
import { type Reference, referenceOf } from './reference.ts';

const PAPERS = 2_000;
const SITE = 'https://papers.example.org';

type Line = {
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
};
type Name = { family?: string; given?: string; suffix?: string; literal?: string } & Record<
  string,
  string | undefined
>;
type Item = {
  title: string;
  author?: Name[];
  issued?: { 'date-parts': number[][] };
  URL: string;
  id: string;
};
type Entry = { label: string; properties: Record<string, string> };

function parse(input: unknown): unknown[] {
  return plugins.input.chain(input, { generateGraph: false });
}

/** Papers of the demo edition, those with TeX in their titles first. */
function realReferences(): Reference[] {
  const lines = readDemo('arxiv.jsonl.gz')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const hasTex = ({ title }: Line) => /[\\$&%#_^{}~<>]/.test(title);
  const chosen = [...lines.filter(hasTex), ...lines.filter((line) => !hasTex(line))];
  return chosen.slice(0, PAPERS).map(({ id, title, abstract, authors, categories }) => {
    const paper = paperFromRecord(
      record(id, {
        title,
        abstract,
        authors: named(...authors),
        categories,
        ...(categories[0] ? { primaryCategory: categories[0] } : {}),
      }),
      '2025-10-31T00:00:00.000Z' as Instant,
    );
    return referenceOf(paper, SITE);
  });
}

function namesOf(authors: Name[] = []): string[] {
  return authors.map((name) =>
    [
      name['dropping-particle'],
      name['non-dropping-particle'],
      name.family ?? name.literal,
      name.given && `/ ${name.given}`,
      name.suffix && `/ ${name.suffix}`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

function expectedNames({ authors }: Reference): string[] {
  return authors.map((author) =>
    author.kind === 'group'
      ? author.name
      : [familyOf(author), `/ ${author.given}`, author.suffix && `/ ${author.suffix}`]
          .filter(Boolean)
          .join(' '),
  );
}

/**
 * Citation.js drops the braces of formulas and raises their digits, and sets a title's styles as HTML. So of
 * both sides only the signs count: no commands, tags, braces, dollars, blanks, and raised signs as plain ones.
 */
function foldTex(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/<\/?(?:i|b|sup|sub|span)[^>]*>/g, '')
    .replace(/\\(?:math(?:bf|cal)|text(?:sc|tt|superscript)|ell|ne)/g, '')
    .replace(/[{}$\\\s^_()⁽⁾~]/g, '');
}

test('two thousand real papers come back from BibTeX, RIS and CSL-JSON as they went out', async () => {
  const references = realReferences();
  expect(references).toHaveLength(PAPERS);
  const style = 'apa';
  const bibtex = await renderCitations(references, { format: 'bibtex', style });
  const entries = plugins.input.chain(bibtex, { target: '@biblatex/entries+list' }) as Entry[];
  const back = {
    bibtex: parse(entries) as Item[],
    ris: parse(await renderCitations(references, { format: 'ris', style })) as Item[],
    csl: JSON.parse(await renderCitations(references, { format: 'csl', style })) as Item[],
  };
  const differing: unknown[] = [];
  let folded = 0;
  for (const [index, reference] of references.entries()) {
    const { id, title, date, url } = reference;
    const entry = entries[index] as Entry;
    if (entry.properties.eprint !== id) differing.push([id, 'eprint', entry.properties.eprint]);
    if (entry.properties.archiveprefix !== 'arXiv') differing.push([id, 'archive', entry]);
    for (const [form, items] of Object.entries(back)) {
      const item = items[index] as Item;
      const got = {
        authors: namesOf(item.author),
        year: item.issued?.['date-parts'][0]?.[0],
        url: item.URL,
      };
      const want = { authors: expectedNames(reference), year: date?.year, url };
      if (JSON.stringify(got) !== JSON.stringify(want)) differing.push([form, id, got, want]);
      if (item.title === title) continue;
      if (form === 'bibtex' && foldTex(item.title) === foldTex(reference.titleTex)) folded += 1;
      else differing.push([form, id, item.title, title]);
    }
  }
  expect(differing).toEqual([]);
  // All the rest are equal letter by letter, in every form.
  expect(folded).toBe(13);
});
