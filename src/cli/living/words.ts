// What the invented people say.
import type { Chance } from './chance.ts';

export type Topic = {
  title: string;
  /** Handles of people who may be mentioned. */
  handles: string[];
  /** Identities of papers that may be referred to. */
  paperIds: string[];
};

type Line = (chance: Chance, topic: Topic) => string;

const OPENINGS: Line[] = [
  () => 'The ablation in the appendix is the best part of this paper. I would have put it first.',
  () =>
    'Does anyone know whether the baselines were tuned with the same budget? Table 2 says so, the text does not.',
  (chance, { paperIds }) =>
    `This reads like a sequel to ${chance.one(paperIds)}: the same question, one order of magnitude later.`,
  () =>
    'If I read the bound right, it is $\\mathcal{O}(\\sqrt{d/n})$ instead of $\\mathcal{O}(d/n)$, because the\nvariance term no longer vanishes:\n\n$$\\mathbb{E}\\,\\|\\hat\\theta - \\theta\\|^2 \\le \\frac{\\sigma^2 d}{n} + \\lambda\\,\\|\\theta\\|^2 .$$\n\nOr have I missed an assumption?',
  () =>
    'I tried it on my own data. The gain is there, but smaller:\n\n| setting | paper | here |\n|---|---:|---:|\n| small | 3.1 | 1.9 |\n| large | 4.4 | 2.2 |\n\nStill worth the ten lines of code.',
  () =>
    'For those who want to try it, this is all that changes:\n\n```python\nscale = x.pow(2).mean(-1, keepdim=True).add(eps).rsqrt()\nreturn weight * x * scale\n```',
  () => 'Clear writing, honest limitations. More of this, please.',
  (chance, { handles }) =>
    `@${chance.one(handles)} you asked for something like this last month. Section 4 answers half of it.`,
  () =>
    'Three things to take away:\n\n1. the data matters more than the loss,\n2. the loss matters more than the size,\n3. nobody tried the obvious thing before.',
  (_chance, { title }) =>
    `> ${title.slice(0, 80)}\n\nA bold title. The experiments carry it about two thirds of the way.`,
];

const ANSWERS: Line[] = [
  () => 'Yes, appendix C.2. It is easy to miss.',
  () => 'I do not think so: the seed is fixed, look at the footnote on page 5.',
  (chance, { handles }) => `Agreed with @${chance.one(handles)}. Has somebody asked the authors?`,
  (chance, { paperIds }) =>
    `Compare ${chance.one(paperIds)}, which found the opposite on less data.`,
  () => 'Thank you! That was what I had missed.',
  () => 'With $n = 10^4$ it holds; with $n = 10^3$ I see it in one run of five.',
  () => 'A fair point. I would still take it over what we use now.',
  () => 'Does this need the large model? *Asking for a small laptop.*',
];

export function opening(chance: Chance, topic: Topic): string {
  return chance.one(OPENINGS)(chance, topic);
}

export function answer(chance: Chance, topic: Topic): string {
  return chance.one(ANSWERS)(chance, topic);
}

export const SUBMITTED_WITH = [
  'Submitted because of figure 3: I have wanted that plot for years.',
  'Short, and it changes what I will do on Monday.',
  'The code runs. That alone is worth a vote.',
];

export const INTRODUCTIONS = [
  'Read section 3 first: the whole idea fits on one page.',
  'A negative result that will save many of us a month.',
  'The clearest account of this that we have seen so far.',
];

export const SPAM =
  'Best essay service, cheap and fast!! https://essays.example.com https://essays.example.com/now';
export const RUDE = 'Whoever reviewed this should be ashamed of themselves.';
