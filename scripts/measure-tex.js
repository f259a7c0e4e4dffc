// Renders the titles and abstracts of a corpus and says what a reader would still see of TeX.
// node scripts/measure-tex.js [--module build/tex.js] [--limit N] FILE.jsonl[.xz] …   (or on stdin)
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { module: { type: 'string' }, limit: { type: 'string' } },
});
const modulePath = values.module ? pathToFileURL(resolve(values.module)).href : undefined;
const { hasTexMath, renderTexHtml, renderTexText } = await import(
  modulePath ?? '../dist/base/tex/tex.js'
);
const limit = Number(values.limit ?? Number.POSITIVE_INFINITY);

const WORST = 10;
const COMMAND = /\\(?:[A-Za-z]+|["'`^~=.%&$#_{}()[\]\\,;:!])/g;

function openLines(path) {
  if (path === undefined) return process.stdin;
  if (!path.endsWith('.xz')) return createReadStream(path);
  return spawn('xz', ['-dc', path], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}

/** What a reader sees outside formulas. */
function visibleText(html) {
  return html
    .replace(/<math[ >][\s\S]*?<\/math>/g, ' ')
    .replace(/<code class="tex">[\s\S]*?<\/code>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;|&gt;|&quot;|&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

function newTally() {
  return { texts: 0, withCommand: 0, formulas: 0, refused: 0, texTexts: 0, html: 0, text: 0 };
}

const tallies = { title: newTally(), abstract: newTally(), author: newTally() };
const plain = { texts: 0, microseconds: 0 };
const worst = [];
const refusals = new Map();
const textLeftovers = new Map();
let exceptions = 0;
let papers = 0;

function microsecondsSince(start) {
  return Number(process.hrtime.bigint() - start) / 1000;
}

function measure(kind, id, raw) {
  const tally = tallies[kind];
  const options = kind === 'abstract' ? {} : { links: false, breaks: false };
  tally.texts += 1;
  let html = '';
  try {
    let start = process.hrtime.bigint();
    html = renderTexHtml(raw, options);
    const htmlTime = microsecondsSince(start);
    tally.html += htmlTime;
    start = process.hrtime.bigint();
    const text = renderTexText(raw);
    tally.text += microsecondsSince(start);
    for (const command of text.match(/\\[A-Za-z]{2,}/g) ?? []) {
      textLeftovers.set(command, (textLeftovers.get(command) ?? 0) + 1);
    }
    if (hasTexMath(raw)) tally.texTexts += 1;
    else if (kind === 'abstract') {
      plain.texts += 1;
      plain.microseconds += htmlTime;
    }
  } catch (error) {
    exceptions += 1;
    console.error(`exception ${id}: ${error.stack}`);
    return;
  }
  const refused = html.match(/<code class="tex">[\s\S]*?<\/code>/g) ?? [];
  tally.formulas += (html.match(/<math[ >]/g)?.length ?? 0) + refused.length;
  tally.refused += refused.length;
  for (const source of refused) refusals.set(source, (refusals.get(source) ?? 0) + 1);
  const seen = visibleText(html);
  const commands = seen.match(COMMAND);
  if (commands === null) return;
  tally.withCommand += 1;
  if (worst.length < WORST || commands.length > worst[worst.length - 1].count) {
    const at = seen.indexOf(commands[0]);
    const fragment = seen.slice(Math.max(0, at - 40), at + 60).replace(/\s+/g, ' ');
    worst.push({ id, kind, count: commands.length, fragment });
    worst.sort((a, b) => b.count - a.count);
    worst.length = Math.min(worst.length, WORST);
  }
}

for (const path of positionals.length > 0 ? positionals : [undefined]) {
  for await (const line of createInterface({ input: openLines(path) })) {
    if (papers >= limit) break;
    if (line.trim() === '') continue;
    const paper = JSON.parse(line);
    papers += 1;
    measure('title', paper.id, paper.title ?? '');
    measure('abstract', paper.id, paper.abstract ?? '');
    for (const author of paper.authors ?? []) measure('author', paper.id, author);
  }
}

const percent = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(3)} %`;
console.log(`papers ${papers}, exceptions ${exceptions}`);
for (const [kind, tally] of Object.entries(tallies)) {
  console.log(
    `${kind}s: ${tally.texts}; with a visible command ${tally.withCommand} ` +
      `(${percent(tally.withCommand, tally.texts)}); with formulas ${tally.texTexts}; ` +
      `formulas ${tally.formulas}, refused ${tally.refused} ` +
      `(${percent(tally.refused, tally.formulas)}); mean ` +
      `${(tally.html / Math.max(1, tally.texts)).toFixed(1)} µs HTML, ` +
      `${(tally.text / Math.max(1, tally.texts)).toFixed(1)} µs text`,
  );
}
console.log(
  `abstracts without formulas: ${(plain.microseconds / Math.max(1, plain.texts)).toFixed(1)} µs HTML`,
);
const top = (map, count) => [...map].sort((a, b) => b[1] - a[1]).slice(0, count);
console.log('\nworst:');
for (const one of worst) console.log(`  ${one.id} ${one.kind} ×${one.count}: ${one.fragment}`);
console.log('\nformulas refused most often:');
for (const [source, count] of top(refusals, WORST))
  console.log(`  ×${count} ${source.slice(0, 160)}`);
console.log('\ncommands left in plain text:');
console.log(
  `  ${top(textLeftovers, 20)
    .map(([command, count]) => `${command} ×${count}`)
    .join(', ')}`,
);
