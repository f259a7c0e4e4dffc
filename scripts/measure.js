// What the benchmarks share: running an import, reading a process's memory, printing a line.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from './command.js';

export const PROGRAM = path.join(ROOT, 'bin', 'broadsheet.js');

export function report(name, value, aim) {
  console.log(`${name.padEnd(52)} ${String(value).padStart(14)}${aim ? `   (aim: ${aim})` : ''}`);
}

/** Runs `broadsheet import` to its end: its report, its seconds and its peak memory in MB. */
export async function importFile(args, settings) {
  const env = { ...process.env, ...settings };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'import', ...args, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMb = 0;
  const timer = setInterval(() => {
    // A process that just ended has no figures any more.
    peakMb = Math.max(peakMb, statusOf(child.pid, 'VmHWM') || 0);
  }, 100);
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) output += text;
  clearInterval(timer);
  return { ...JSON.parse(output), seconds: (performance.now() - startedAt) / 1000, peakMb };
}

/** Megabytes out of /proc; undefined where there is none. */
export function statusOf(pid, name) {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1000);
  } catch {
    return undefined;
  }
}

/** The lines of a file of the demo edition. */
export function readDemo(name) {
  const text = gunzipSync(fs.readFileSync(path.join(ROOT, 'demo', name))).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
}
