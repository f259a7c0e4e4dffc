// Makes demo/ out of recorded day lists, arXiv metadata (CC0) and the text of a saved page:
// node scripts/make-demo.js DAILY.jsonl[.xz] ARXIV.jsonl[.xz] PAGE.txt
// Only facts go in: lists, dates, votes; of accounts none but the editor's own public one.
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openInput } from '../dist/cli/input.js';
import { main, ROOT, Stop } from './command.js';

const FOLDER = path.join(ROOT, 'demo');
const MONTH = '2025-10';
const ANNOUNCED_A_DAY = 150;
const MAX_BYTES = 4_000_000;
const EDITOR = 'akhaliq';

await main(async () => {
  const [daily, arxiv, page] = process.argv.slice(2);
  if (!page) throw new Stop('Usage: node scripts/make-demo.js DAILY.jsonl ARXIV.jsonl PAGE.txt');
  const days = [];
  for await (const line of linesOf(daily)) {
    const { date, response } = JSON.parse(line);
    if (date.startsWith(MONTH)) days.push({ date, response: response.map(factsOf) });
  }
  const taken = new Map();
  const papers = [];
  for await (const line of linesOf(arxiv)) {
    const { id, title, abstract, authors, categories, comments, listed } = JSON.parse(line);
    const day = listed[0];
    if (!day.startsWith(MONTH) || (taken.get(day) ?? 0) >= ANNOUNCED_A_DAY) continue;
    taken.set(day, (taken.get(day) ?? 0) + 1);
    papers.push({ id, title, abstract, authors, categories, comments, listed });
  }
  write('daily-papers.jsonl.gz', render(days));
  write('arxiv.jsonl.gz', render(papers));
  write('daily-papers-page.txt.gz', fs.readFileSync(page));
  const bytes = fs
    .readdirSync(FOLDER)
    .reduce((sum, name) => sum + fs.statSync(path.join(FOLDER, name)).size, 0);
  const listed = days.reduce((sum, { response }) => sum + response.length, 0);
  console.log(
    `${days.length} lists of ${listed} papers, ${papers.length} announced, ${bytes} bytes`,
  );
  if (bytes > MAX_BYTES) throw new Stop(`That is more than ${MAX_BYTES} bytes.`);
});

async function* linesOf(file) {
  for await (const lines of openInput(file).lines()) for (const line of lines) if (line) yield line;
}

/** An item of a list without accounts, generated text and pictures. */
function factsOf({ paper, publishedAt, title, numComments, submittedBy }) {
  const {
    id,
    authors,
    summary,
    upvotes,
    submittedOnDailyAt,
    githubRepo,
    githubStars,
    projectPage,
  } = paper;
  return {
    paper: {
      id,
      authors: authors.map(({ _id, name, hidden }) => ({ _id, name, hidden })),
      publishedAt: paper.publishedAt,
      title: paper.title,
      summary,
      upvotes,
      submittedOnDailyAt,
      githubRepo,
      githubStars,
      projectPage,
    },
    publishedAt,
    title,
    numComments,
    ...(submittedBy?.name === EDITOR ? { submittedBy } : {}),
  };
}

function render(values) {
  return `${values.map((value) => JSON.stringify(value)).join('\n')}\n`;
}

function write(name, content) {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(path.join(FOLDER, name), gzipSync(content, { level: 9 }));
}
