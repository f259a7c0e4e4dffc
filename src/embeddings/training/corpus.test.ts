import { expect, test } from 'vitest';
import { type BuiltCorpus, buildCorpus } from './corpus.ts';

const OPTIONS = { units: 1000, pairs: 10, heldOutOf: 1_000_000 };

function sentencesOf({ corpus, vocabulary }: BuiltCorpus, paper: number): string[] {
  const { units, sentenceStarts, paperStarts } = corpus;
  const stems = vocabulary.stems.length;
  const nameOf = (unit: number) =>
    unit < stems
      ? (vocabulary.stems[unit] as string)
      : (vocabulary.pairs[unit - stems] ?? []).map((part) => vocabulary.stems[part]).join('_');
  const texts: string[] = [];
  for (let at = paperStarts[paper] as number; at < (paperStarts[paper + 1] as number); at++) {
    texts.push(
      [...units.subarray(sentenceStarts[at], sentenceStarts[at + 1])].map(nameOf).join(' '),
    );
  }
  return texts;
}

test('a paper is its title and its sentences, in stems and pairs, without TeX', async () => {
  const papers = Array.from({ length: 40 }, (_, at) => ({
    title: `Monte Carlo chains ${at}`,
    abstract: `We sample $x^2$ by Monte Carlo. It${at} is slow! See ref. three. 50% of the rest?`,
  }));
  const fill = Array.from({ length: 60 }, (_, at) => ({
    title: `Filler text ${at}`,
    abstract: 'Some other words that are here again and again. Many more of them follow in a row.',
  }));
  const built = await buildCorpus([...papers, ...fill], OPTIONS);
  const [title, first, ...rest] = sentencesOf(built, 0);
  expect(title).toBe('mont carlo mont_carlo chain');
  expect(first).toContain('mont carlo mont_carlo');
  expect(rest.join('|')).toContain('see ref see_ref three ref_three|50 rest');
  expect(built.paperCounts[built.vocabulary.stems.indexOf('mont')]).toBe(40);
});

test('a stem stands in three papers at least, and a title that came before is left out', async () => {
  const texts = ['alpha', 'beta', 'gamma', 'Alpha!'].map((title) => ({
    title,
    abstract: title === 'gamma' ? 'common' : 'common rare',
  }));
  const { corpus, vocabulary } = await buildCorpus(texts, OPTIONS);
  expect(corpus.paperStarts).toHaveLength(4);
  expect(vocabulary.stems).toEqual(['common']);
});

test('what is held out is told by the title alone', async () => {
  const texts = Array.from({ length: 200 }, (_, at) => ({
    title: `title ${at}`,
    abstract: 'words',
  }));
  const options = { ...OPTIONS, heldOutOf: 4 };
  const one = await buildCorpus(texts, options);
  const other = await buildCorpus(texts.toReversed(), options);
  const titles = ({ heldOut }: BuiltCorpus) => heldOut.map(({ title }) => title).sort();
  expect(titles(other)).toEqual(titles(one));
  expect(one.heldOut.length).toBeGreaterThan(20);
  expect(one.heldOut.length + one.corpus.paperStarts.length - 1).toBe(200);
});
