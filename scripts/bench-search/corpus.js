// The papers that the search benchmark is about: real ones first, in an order that mixes the files, and
// when more are wanted than there are, variants of them.
import { once } from 'node:events';
import fs from 'node:fs';
import readline from 'node:readline';
import { openInput } from '../../dist/cli/input.js';
import { titleKey } from '../../dist/papers/title-key.js';
import { parsePaperLine } from '../../dist/sources/paper-lines.js';
import { Stop } from '../command.js';
import { readDemo } from '../measure.js';
import { pick, randomNumbers } from './random.js';

const ORDER_SEED = 20_251_029;
/** The share of a variant's words that come from any other paper. */
const FOREIGN_WORDS = 0.1;
const BATCH = 1_000;
/** Numbers that a month of arXiv may have. */
const PER_MONTH = 90_000;
/** Variants are numbered from a month that arXiv has not reached. */
const FIRST_YEAR = 50;

/**
 * Every paper of the files once (of the demo edition, without files), shuffled. Of papers of one title
 * only the first is taken: a title has to mean one paper.
 */
export async function readPool(files) {
  const papers = new Map();
  const ids = new Set();
  const take = (line) => {
    if (!line) return;
    const json = JSON.parse(line);
    const { title, abstract, authors, categories, published, listed } = json;
    const day = published ?? listed?.[0];
    if (!title || !abstract || !day) return;
    // Numbers that lost their zeros are put right, as an import does.
    const { id } = parsePaperLine(json);
    if (ids.has(id)) return;
    const key = titleKey(title);
    if (papers.has(key)) return;
    ids.add(id);
    papers.set(key, { id, title, abstract, authors, categories, published: day });
  };
  if (files.length === 0) for (const line of readDemo('arxiv.jsonl.gz')) take(line);
  for (const file of files) {
    for await (const lines of openInput(file).lines()) for (const line of lines) take(line);
  }
  if (papers.size === 0) throw new Stop(`There are no papers in ${files.join(', ')}.`);
  return shuffle([...papers.values()]);
}

function shuffle(list) {
  const random = randomNumbers(ORDER_SEED);
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
  return list;
}

/** Writes the first `count` papers as JSON lines: a smaller corpus is the head of a larger one. */
export async function writeCorpus(file, pool, count) {
  const output = fs.createWriteStream(file);
  for (let n = 0; n < count; n++) {
    const paper = n < pool.length ? pool[n] : varyPaper(pool, n);
    if (!output.write(`${JSON.stringify(paper)}\n`)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'finish');
}

/** The papers of such a file in batches. */
export async function* readBatches(file) {
  let batch = [];
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    batch.push(JSON.parse(line));
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * A paper that is like no other in words or vector, out of two real ones: the head of one's title and the
 * tail of the other's, sentences of both abstracts in turn, and a tenth of the words from anywhere, so
 * that frequent words stay frequent. It grows no new words, as real papers would.
 */
function varyPaper(pool, n) {
  const random = randomNumbers(n);
  const paper = pool[n % pool.length];
  // Another one each round, so that no two variants are of one pair.
  const other = pool[(n + Math.floor(n / pool.length)) % pool.length];
  const head = paper.title.split(' ');
  const tail = other.title.split(' ');
  const title = [
    ...head.slice(0, Math.ceil(head.length / 2)),
    ...tail.slice(Math.floor(tail.length / 2)),
  ];
  const [ours, theirs] = [sentencesOf(paper.abstract), sentencesOf(other.abstract)];
  const sentences = ours.map((sentence, at) =>
    random() < 0.5 ? sentence : (theirs[at] ?? sentence),
  );
  const words = sentences
    .join(' ')
    .split(' ')
    .map((word) =>
      random() < FOREIGN_WORDS ? pick(pick(pool, random).abstract.split(' '), random) : word,
    );
  return { ...paper, id: idOf(n), title: title.join(' '), abstract: words.join(' ') };
}

function sentencesOf(abstract) {
  return abstract.split(/(?<=[.!?])\s+/);
}

function idOf(n) {
  const month = Math.floor(n / PER_MONTH);
  const prefix = `${FIRST_YEAR + Math.floor(month / 12)}${String((month % 12) + 1).padStart(2, '0')}`;
  return `${prefix}.${String(n % PER_MONTH).padStart(5, '0')}`;
}
