// What the commands of this folder share. Runs before node_modules exists and on any Node that
// knows modules, so that an old one can be told so: `node:` imports only.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The command line tools of the development dependencies, run with this Node. */
export const TOOLS = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  knip: 'node_modules/knip/bin/knip.js',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
};

/** An expected failure: its message is the sentence that the person reads. */
export class Stop extends Error {}

/** Runs a command's work; what it throws ends the process with exit code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    process.exitCode = 1;
  }
}

/** Whether `url` is the module that was started from the command line. */
export function isCommand(url) {
  return process.argv[1] === fileURLToPath(url);
}

/** Runs one of TOOLS, its output passed on; resolves to its exit code. */
export async function runTool(name, args, env = process.env) {
  const child = spawn(process.execPath, [TOOLS[name], ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return exitCode(child);
}

/** Runs a program; resolves to its exit code and all it printed. */
export async function capture(command, args, options = {}) {
  const child = spawn(command, args, { ...options, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return { code: await exitCode(child), output };
}

function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === null ? 1 : code));
  });
}
