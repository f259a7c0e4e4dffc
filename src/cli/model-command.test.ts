import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAppError } from '../base/errors.ts';
import { addModelCommand } from './model-command.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-model-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<string> {
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  const program = new Command().exitOverride();
  addModelCommand(program);
  try {
    await program.parseAsync(['node', 'broadsheet', 'model', ...args]);
  } finally {
    write.mockRestore();
  }
  return printed;
}

function writePapers(name: string, count: number): string {
  const topics = [
    'lattice',
    'protein',
    'galaxy',
    'parser',
    'market',
    'turbine',
    'neuron',
    'glacier',
  ];
  const lines = Array.from({ length: count }, (_, paper) => {
    const topic = topics[paper % topics.length];
    const abstract = `We study the ${topic}. `.repeat(6);
    return JSON.stringify({ id: paper, title: `On the ${topic}, part ${paper}`, abstract });
  });
  const file = path.join(folder, name);
  fs.writeFileSync(file, gzipSync(`${lines.join('\n')}\nno JSON\n{"title": "Alone"}\n`));
  return file;
}

test('a model is learned from files and described', async () => {
  const file = writePapers('papers.jsonl.gz', 200);
  const out = path.join(folder, 'model.bin');
  const options = ['--rounds', '2', '--dimensions', '16', '--units', '1000', '--pairs', '10'];
  const trained = JSON.parse(await run('train', file, '--out', out, ...options, '--json'));
  expect(trained.papers + trained.heldOut.abstracts).toBe(200);
  expect(trained.bytes).toBe(fs.statSync(out).size);
  expect(fs.readdirSync(folder).sort()).toEqual(['model.bin', 'papers.jsonl.gz']);
  const info = JSON.parse(await run('info', out, '--json'));
  expect(info).toMatchObject({ dimensions: 16, notes: { papers: trained.papers, rounds: 2 } });
  expect(await run('info', out)).toContain('16 numbers each');
  expect(await run('info', out, '--speed', file)).toContain('titles with abstracts a second');
});

test('what cannot be learned from is refused with what to do', async () => {
  const out = path.join(folder, 'model.bin');
  const refused = async (...args: string[]) => {
    const error = await run('train', ...args, '--json').catch((thrown) => thrown);
    expect(isAppError(error, 'invalid')).toBe(true);
    return error.message;
  };
  const few = writePapers('few.jsonl.gz', 20);
  expect(await refused(few, '--out', out)).toContain('name more files');
  expect(await refused(path.join(folder, 'absent'), '--out', out)).toContain('does not exist');
  expect(await refused(few, '--out', path.join(folder, 'no', 'x'))).toContain('--out');
  expect(await refused(few, '--out', out, '--pairs', '51000')).toContain('--units');
  expect(fs.existsSync(out)).toBe(false);
});
