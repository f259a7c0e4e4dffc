// The demo edition, loaded and searchable, made once for all journeys: each serves a copy of it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startIn } from './program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    demoFolder: string;
  }
}

const DATABASE = 'broadsheet.db';

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-test-demo-'));
  const settings = { BROADSHEET_DATA: folder, BROADSHEET_PORT: '0', BROADSHEET_LOG_LEVEL: 'error' };
  const server = startIn(folder, ['serve'], settings);
  await server.shows(/is at http/);
  server.child.kill('SIGTERM');
  await server.finished;
  const { code, stderr } = await startIn(folder, ['work', '--until-idle'], settings).finished;
  if (code !== 0) throw new Error(`The demo edition is not ready, ${code}: ${stderr}`);
  project.provide('demoFolder', folder);
  return () => fs.rmSync(folder, { recursive: true, force: true });
}

/** Lays a copy into an empty data folder, its database at `location` where one is named (`sqlite:FILE`). */
export function copyDemo(demo: string, folder: string, location: string | undefined): void {
  fs.cpSync(demo, folder, { recursive: true });
  const [, file] = /^sqlite:(.+)$/.exec(location ?? '') ?? [];
  if (file === undefined) return;
  fs.cpSync(path.join(folder, DATABASE), file, { errorOnExist: true, force: false });
  fs.rmSync(path.join(folder, DATABASE));
}
