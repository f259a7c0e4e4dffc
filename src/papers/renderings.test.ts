import { expect, test } from 'vitest';
import { record, save } from '../../tests/fixtures.ts';
import { openTestDatabase } from '../../tests/test-database.ts';
import { loadPapers } from './paper-store.ts';
import { deriveRenderings, loadRenderings, renderingOf } from './renderings.ts';

const tex = (title: string) =>
  record('2510.00001', { title, abstract: 'It takes $\\sum_i x_i$ steps.' });

test('only papers with formulas are rendered ahead, and only when they changed', async () => {
  const database = await openTestDatabase();
  await save(database, tex('One'), record('2510.00002'));
  expect(await deriveRenderings(database)).toBe(1);
  expect(await deriveRenderings(database)).toBe(0);
  await save(database, tex('Two'));
  expect(await deriveRenderings(database)).toBe(1);
});

test('a rendering of an older text is not shown', async () => {
  const database = await openTestDatabase();
  const [outcome] = await save(database, tex('One'));
  const key = outcome?.key as number;
  await deriveRenderings(database);
  await save(database, tex('Two'));
  const kept = await loadRenderings(database.read, [key]);
  expect(kept.get(key)?.titleHtml).toBe('One');
  const paper = (await loadPapers(database.read, [key])).get(key);
  const rendering = renderingOf(paper as NonNullable<typeof paper>, kept);
  expect(rendering.titleHtml).toBe('Two');
  expect(rendering.abstractHtml).toContain('<math');
});
