// Citing a paper and a list in a real browser: copying, and what works without it.
import { expect, test } from 'vitest';
import { expectReadable, openPage, WIDTHS } from './browser.ts';

test.each(WIDTHS)(
  'a reader copies the BibTeX of a paper and goes on to its other forms, at %i pixels',
  async (width) => {
    const { page, url, complaints } = await openPage(width);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
    const copied = () => page.evaluate('navigator.clipboard.readText()') as Promise<string>;
    await page.goto(`${url}/papers/2510.24668`);
    const section = page.locator('.cite');
    await section.locator('summary').click();
    await section.getByRole('button', { name: 'Copy BibTeX' }).click();
    await section.getByText('BibTeX copied').waitFor();
    expect(await copied()).toMatch(
      /^@misc\{.*2025.*,\n {2}title = \{[\s\S]*eprint = \{2510\.24668\}/,
    );
    const data = page.locator('script[type="application/ld+json"]');
    expect(JSON.parse((await data.textContent()) ?? '')['@type']).toBe('ScholarlyArticle');
    await expectReadable(page, 'paper with citation', width);

    await section.getByRole('link', { name: 'APA and other forms' }).click();
    await page.getByRole('heading', { name: 'Cite this paper' }).waitFor();
    await page.getByRole('button', { name: 'Copy Vancouver' }).click();
    await page.getByText('Vancouver copied').waitFor();
    expect(await copied()).toContain('[Internet]. arXiv; 2025');
    await expectReadable(page, 'cite paper', width);

    await page.goto(`${url}/editions/2025-10-29-page`);
    const papers = await page.locator('article.card').count();
    await page.getByRole('link', { name: 'Cite these papers' }).click();
    await page.getByText(`${papers} papers of the edition`).waitFor();
    await page.getByRole('button', { name: 'Copy RIS' }).click();
    await page.getByText('RIS copied').waitFor();
    expect((await copied()).match(/^TY {2}- /gm)).toHaveLength(papers);
    await expectReadable(page, 'cite list', width);

    await page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await page.goto(`${url}/papers/2510.24668`);
    await section.getByRole('button', { name: 'Copy BibTeX' }).click();
    await section.getByText('Selected: your browser').waitFor();
    expect(await page.evaluate('getSelection().toString()')).toContain('@misc{');
    // Nothing was blocked by the policy of the pages, the data for search engines included.
    expect(complaints).toEqual([]);
  },
);

test('without script no button is shown that does nothing', async () => {
  const { page, url } = await openPage(390, {}, { hasScript: false });
  await page.goto(`${url}/papers/2510.24668`);
  await page.locator('.cite summary').click();
  expect(await page.locator('.cite pre').isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Copy BibTeX' }).count()).toBe(0);
});
