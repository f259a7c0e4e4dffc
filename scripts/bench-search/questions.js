// What the engines are asked. All of it comes from papers that are in every corpus, so that the same
// questions show how an engine grows.
import { pick, randomNumbers } from './random.js';

const SEED = 72;
/** Papers of the smallest corpus. */
const FROM = 10_000;
/** Asked before those that are measured. */
export const WARM_UP = 30;

const STOP_WORDS = new Set(
  'a an and are as at be by for from in into is it its of on or that the this to via we with'.split(
    ' ',
  ),
);

/** The kinds in the order of the tables. */
export const KINDS = ['short', 'title', 'filtered', 'suggestion', 'similar'];

/**
 * `count` questions of each kind and WARM_UP more before them:
 * - short: two to four words that follow each other in a title, without stop words;
 * - title: a whole title, and the id of its paper;
 * - filtered: a short one, a category and a first day that its paper meets;
 * - suggestion: what a reader has typed of a title, into its second word;
 * - similar: the id of a paper.
 */
export function sampleQuestions(pool, count) {
  const random = randomNumbers(SEED);
  const papers = pool.slice(0, FROM);
  const questions = Object.fromEntries(KINDS.map((kind) => [kind, []]));
  while (questions.short.length < count + WARM_UP) {
    const paper = pick(papers, random);
    const words = wordsOf(paper.title).filter((word) => !STOP_WORDS.has(word.toLowerCase()));
    if (words.length < 4) continue;
    questions.short.push({ text: takeRun(words, random) });
    questions.title.push({ text: paper.title, id: paper.id });
    questions.filtered.push({
      text: takeRun(words, random),
      category: paper.categories[0],
      after: `${paper.published.slice(0, 4)}-01-01`,
    });
    questions.suggestion.push({ text: `${words[0]} ${words[1].slice(0, 3)}`.toLowerCase() });
    questions.similar.push({ id: paper.id });
  }
  return questions;
}

/** A question that someone pasted has so many characters. */
const LONG = 10_000;
/** One in so many is that long. */
const LONG_EVERY = 25;

/** The questions of all kinds in turn, as requests for pages and to the API. */
export function requestsFor({ short, title, filtered, suggestion, similar }) {
  const q = encodeURIComponent;
  return short.flatMap(({ text }, at) => {
    const { text: words, category, after } = filtered[at];
    const long = title.map((one) => one.text).join(' ');
    return [
      `/papers?q=${q(text)}`,
      `/api/papers/search?q=${q(title[at].text)}`,
      `/papers?q=${q(`${words} cat:${category} after:${after}`)}`,
      `/api/suggest?q=${q(suggestion[at].text)}`,
      `/api/papers/${similar[at].id}/similar`,
      ...(at % LONG_EVERY === 0 ? [`/papers?q=${q(long.slice(at, at + LONG))}`] : []),
    ];
  });
}

function takeRun(words, random) {
  const length = 2 + Math.floor(random() * 3);
  const start = Math.floor(random() * (words.length - length + 1));
  return words
    .slice(start, start + length)
    .join(' ')
    .toLowerCase();
}

/** Words that people would type: no TeX, no single letters. */
function wordsOf(title) {
  return title.replace(/\$[^$]*\$|\\\w+/g, ' ').match(/\p{L}[\p{L}\p{N}-]+/gu) ?? [];
}
