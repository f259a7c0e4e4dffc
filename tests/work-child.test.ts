// The work process beside a serving one neither outlives it nor is missed for long.
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { serve, start } from './program.ts';
import { testDatabaseUrl } from './test-database.ts';

function childrenOf(pid: number): number[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function workOf(pid: number): Promise<number> {
  return vi.waitFor(
    () => {
      const [child] = childrenOf(pid);
      if (!child) throw new Error('no child yet');
      return child;
    },
    { timeout: 10_000 },
  );
}

async function settings(): Promise<Record<string, string>> {
  return { BROADSHEET_DATABASE_URL: await testDatabaseUrl(), BROADSHEET_DEMO: '0' };
}

test('it ends when its server is killed, also when that happens while it starts', async () => {
  for (const afterMs of [0, 100, 300, 1_500]) {
    const { running } = await serve(await settings());
    const work = await workOf(running.child.pid as number);
    await sleep(afterMs);
    running.child.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(work)).toBe(false), { timeout: 8_000 });
  }
});

test('it is started again when it is killed, and ends with its server', async () => {
  const { running } = await serve(await settings());
  const pid = running.child.pid as number;
  const first = await workOf(pid);
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(first)).toBe(false));
  const second = await workOf(pid);
  expect(second).not.toBe(first);
  running.child.kill('SIGTERM');
  expect((await running.finished).code).toBe(0);
  expect(isAlive(second)).toBe(false);
});

test('alone it runs until it is told to stop', async () => {
  const working = start(['work'], await settings());
  await working.shows(/Working; Ctrl-C stops it/);
  working.child.kill('SIGINT');
  expect((await working.finished).code).toBe(0);
});
