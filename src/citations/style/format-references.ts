// References in the style of journals. Citation.js takes 20 ms for one and a second to begin with, which
// would hold up every page: it works in a thread of its own, which starts with the first reference.
import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../base/errors.ts';
import type { CslItem } from '../csl-json.ts';
import type { Style } from './styles.ts';

export type FormatRequest = { id: number; item: CslItem; style: Style };
export type FormatAnswer = { id: number; text: string } | { id: number; failure: string };

const PROGRAM = new URL('./format.worker.js', import.meta.url);
/** Kept of what was formatted, the oldest forgotten first. */
const MAX_KEPT = 5_000;
/** Every style that is here prints the first of more authors, and APA the last one too. */
const MAX_AUTHORS = 21;

const kept = new Map<string, string>();

/** A line for each, in their order. */
export async function formatReferences(items: readonly CslItem[], style: Style): Promise<string[]> {
  return Promise.all(items.map((item) => formatOne(item, style)));
}

async function formatOne(item: CslItem, style: Style): Promise<string> {
  // What is not printed need not be sent, and is no reason to format anew.
  const { abstract: _, 'citation-key': __, ...printed } = item;
  const shown = { ...printed, id: 'one', 'citation-key': 'one', ...cutAuthors(item) };
  const key = `${style} ${JSON.stringify(shown)}`;
  const text = kept.get(key) ?? (await run(shown, style));
  kept.delete(key);
  kept.set(key, text);
  const oldest = kept.keys().next().value;
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  return text;
}

function cutAuthors({ author }: CslItem): Pick<CslItem, 'author'> {
  if (!author) return {};
  const last = author.at(-1);
  if (author.length <= MAX_AUTHORS || !last) return { author };
  return { author: [...author.slice(0, MAX_AUTHORS - 1), last] };
}

type Waiting = { resolve(text: string): void; reject(error: unknown): void };
type Thread = { worker: Worker; waiting: Map<number, Waiting> };

let thread: Thread | undefined;
let lastId = 0;

/** In this thread where the other's program is not there, as when this runs from its source. */
async function run(item: CslItem, style: Style): Promise<string> {
  if (!fs.existsSync(PROGRAM)) {
    return (await import('./citation-js.ts')).formatReference(item, style);
  }
  thread ??= startThread();
  const { worker, waiting } = thread;
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.ref();
    worker.postMessage({ id, item, style } satisfies FormatRequest);
  });
}

function startThread(): Thread {
  const waiting = new Map<number, Waiting>();
  const worker = new Worker(PROGRAM);
  // Whoever waits keeps the program alive; a thread without work does not.
  worker.unref();
  worker.on('message', (answer: FormatAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('text' in answer) asked?.resolve(answer.text);
    else asked?.reject(new Error(`a reference cannot be formatted: ${answer.failure}`));
  });
  const lose = (why: unknown) => {
    if (thread?.worker === worker) thread = undefined;
    for (const { reject } of waiting.values()) {
      reject(new Error(`the thread that formats references has ended: ${messageOf(why)}`));
    }
    waiting.clear();
  };
  worker.on('error', lose);
  worker.on('exit', lose);
  return { worker, waiting };
}
