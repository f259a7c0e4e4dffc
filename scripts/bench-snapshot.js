// Measures the import of arXiv's snapshot into SQLite, rate and memory, on as many lines as wanted:
// node scripts/bench-snapshot.js [PAPERS.jsonl] [LINES]
// The lines have the snapshot's form. They are made out of a file of papers, or of the demo edition,
// again and again under other ids and titles.
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { build } from './build.js';
import { main, Stop } from './command.js';
import { ensure } from './ensure.js';
import { importFile, readDemo, report } from './measure.js';

const LINES = 700_000;
/** Numbers that a month of arXiv may have in this file. */
const PER_MONTH = 90_000;

await main(async () => {
  const [file, lines = String(LINES)] = process.argv.slice(2);
  if (!/^[1-9]\d*$/.test(lines)) throw new Stop(`"${lines}" is no number of lines.`);
  await ensure();
  await build();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-snapshot-'));
  try {
    const snapshot = path.join(folder, 'arxiv-metadata-oai-snapshot.json');
    await writeSnapshot(snapshot, file, Number(lines));
    const megabytes = Math.round(fs.statSync(snapshot).size / 1e6);
    report(`lines of a file of ${megabytes} MB`, Number(lines).toLocaleString('en'));
    const settings = { BROADSHEET_DATA: folder };
    const whole = await importFile(['snapshot', snapshot], settings);
    if (whole.new !== Number(lines)) throw new Stop(`Only ${whole.new} papers are new.`);
    report('papers a second', Math.round(whole.read / whole.seconds), '5,000 or more');
    report('peak resident memory, MB', whole.peakMb, 'under 400');
    const again = await importFile(['snapshot', snapshot], settings);
    if (again.unchanged !== Number(lines)) throw new Stop('The second import changed papers.');
    report(
      'imported again, nothing changes: papers a second',
      Math.round(again.read / again.seconds),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

async function writeSnapshot(target, file, count) {
  const output = fs.createWriteStream(target);
  let n = 0;
  while (n < count) {
    const before = n;
    for await (const line of linesOf(file)) {
      if (n >= count) break;
      if (!output.write(`${JSON.stringify(snapshotLine(JSON.parse(line), n))}\n`)) {
        await once(output, 'drain');
      }
      n++;
    }
    if (n === before) throw new Stop(`${file} holds no papers.`);
  }
  output.end();
  await once(output, 'finish');
}

async function* linesOf(file) {
  if (!file) {
    yield* readDemo('arxiv.jsonl.gz');
    return;
  }
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    if (line !== '') yield line;
  }
}

/** The form of the snapshot's lines; the title gets a number, so that no two papers are one work. */
function snapshotLine(paper, n) {
  const month = Math.floor(n / PER_MONTH);
  const id = `${String(15 + Math.floor(month / 12))}${String((month % 12) + 1).padStart(2, '0')}.${String(n % PER_MONTH).padStart(5, '0')}`;
  const created = new Date(Date.UTC(2015, month, 1 + (n % 28))).toUTCString();
  return {
    id,
    submitter: paper.authors[0] ?? '',
    authors: paper.authors.join(', '),
    title: `${paper.title} (${n})`,
    comments: paper.comments ?? null,
    'journal-ref': null,
    doi: null,
    'report-no': null,
    categories: paper.categories.join(' '),
    license: 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/',
    abstract: `  ${paper.abstract}\n`,
    versions: [{ version: 'v1', created }],
    update_date: created.slice(0, 10),
    authors_parsed: paper.authors.map((name) => {
      const words = name.split(' ');
      return [words.at(-1), words.slice(0, -1).join(' '), ''];
    }),
  };
}
