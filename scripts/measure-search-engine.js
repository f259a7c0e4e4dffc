// One engine of the search benchmark in a process of its own, so that its memory is its own:
// fork(…, [ENGINE, FOLDER, ...STEPS]) with the steps "build" and "ask". Sends its figures to the parent.
import fs from 'node:fs';
import path from 'node:path';
import { ndcgAt, reciprocalRankAt } from '../dist/search/quality/metrics.js';
import { readBatches } from './bench-search/corpus.js';
import { ENGINES } from './bench-search/engines.js';
import { measureLoop } from './bench-search/loop-delay.js';
import { KINDS, requestsFor, WARM_UP } from './bench-search/questions.js';
import { main } from './command.js';
import { statusOf } from './measure.js';

/** An engine that is slow is asked fewer questions. */
const MAX_KIND_MS = 30_000;
const MAX_WARM_UP_MS = 5_000;
const MIN_ASKED = 20;
const AT_ONCE = [1, 8];

await main(async () => {
  const [name, folder, ...steps] = process.argv.slice(2);
  const engine = ENGINES.find((one) => one.name === name);
  const figures = { engine: name };
  if (steps.includes('build')) figures.build = await build(engine, folder);
  if (steps.includes('ask')) figures.ask = await ask(engine, folder);
  process.send(figures, () => process.disconnect());
});

async function build(engine, folder) {
  await engine.prepare?.(folder);
  const startedAt = performance.now();
  const { bytes } = await engine.build(folder, readBatches(path.join(folder, 'papers.jsonl')));
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, bytes, peakMb: statusOf(process.pid, 'VmHWM') };
}

async function ask(engine, folder) {
  const questions = JSON.parse(fs.readFileSync(path.join(folder, 'questions.json'), 'utf8'));
  const opened = await engine.open(folder);
  const figures = { kinds: {} };
  for (const kind of KINDS) {
    if (!opened[kind]) continue;
    const { times, answers } = await askAll(opened[kind], questions[kind]);
    figures.kinds[kind] = {
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      asked: times.length,
    };
    if (kind === 'title')
      Object.assign(figures, await knownItems(opened, questions.title, answers));
  }
  if (opened.request) figures.loops = await measureLoops(opened.request, requestsFor(questions));
  figures.residentMb = statusOf(process.pid, 'VmRSS');
  if (opened.vectorRecall) figures.vectorRecall = await opened.vectorRecall(questions);
  await opened.close();
  return figures;
}

async function askAll(answer, questions) {
  const warmAt = performance.now() + MAX_WARM_UP_MS;
  for (const question of questions.slice(0, WARM_UP)) {
    await answer(question);
    if (performance.now() > warmAt) break;
  }
  const times = [];
  const answers = [];
  const endsAt = performance.now() + MAX_KIND_MS;
  for (const question of questions.slice(WARM_UP)) {
    const startedAt = performance.now();
    answers.push(await answer(question));
    const now = performance.now();
    times.push(now - startedAt);
    if (now > endsAt && times.length >= MIN_ASKED) break;
  }
  return { times, answers };
}

/** The event loop's delay, by how many questions are on their way at any moment. */
async function measureLoops(request, addresses) {
  const [warmUp, asked] = [addresses.slice(0, WARM_UP), addresses.slice(WARM_UP)];
  for (const address of warmUp) await request(address);
  const loops = [];
  for (const atOnce of AT_ONCE) {
    // What was asked before is kept, so each round has its own.
    const share = asked.splice(0, Math.ceil(addresses.length / (AT_ONCE.length + 1)));
    const askOn = async () => {
      for (let address = share.shift(); address; address = share.shift()) await request(address);
    };
    const delays = await measureLoop(() => Promise.all(Array.from({ length: atOnce }, askOn)));
    loops.push({ atOnce, ...delays });
  }
  return loops;
}

/** Whether a whole title finds its paper. */
async function knownItems({ idsOf = (answer) => answer }, questions, answers) {
  const rankings = [];
  for (const answer of answers) rankings.push(await idsOf(answer));
  const mean = (measure) =>
    rankings.reduce((sum, ids, at) => {
      const { id } = questions[WARM_UP + at];
      return sum + measure(10, ids, new Map([[id, 1]]));
    }, 0) / rankings.length;
  return { ndcg: mean(ndcgAt), mrr: mean(reciprocalRankAt) };
}

function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)];
}
