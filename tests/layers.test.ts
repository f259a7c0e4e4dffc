import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
const UPWARD = 'style/noRestrictedImports';
const CYCLE = 'suspicious/noImportCycles';

/** Files of src/ and what each imports. */
const REFUSED: Record<string, string> = {
  'app.ts': './http/up.ts',
  'config.ts': './database/database.ts',
  'api/up-to-http.ts': '../http/up.ts',
  'api/up-to-web.ts': '../web/up.tsx',
  'base/deeper/up.ts': '../../config.ts',
  'base/up.ts': '../papers/paper.ts',
  'cli/up.ts': '../main.ts',
  'database/migrations/up.ts': '../../papers/paper.ts',
  'database/up.ts': '../papers/paper.ts',
  'days/up.ts': '../feed/up.ts',
  'feed/up.ts': '../app.ts',
  'http/up.ts': '../cli/up.ts',
  'papers/up.ts': '../days/entry.ts',
  'people/up.ts': '../papers/paper.ts',
  'search/up.ts': '../feed/up.ts',
  'web/up.tsx': '../http/up.ts',
};
const ACCEPTED: Record<string, string> = {
  'api/down.ts': '../app.ts',
  'base/up.test.ts': '../http/up.ts',
  'cli/down.ts': '../http/down.ts',
  'database/down.ts': '../base/errors.ts',
  'days/down.ts': '../papers/down.ts',
  'feed/down.ts': '../days/down.ts',
  'http/down.ts': '../web/down.tsx',
  'papers/down.ts': '../database/down.ts',
  'queue/beside.ts': '../database/down.ts',
  'web/down.tsx': '../api/down.ts',
};

let copy: string;

beforeEach(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-layers-'));
  fs.cpSync(path.join(ROOT, 'src'), path.join(copy, 'src'), { recursive: true });
  for (const file of ['biome.json', 'biome.layers.json']) {
    fs.copyFileSync(path.join(ROOT, file), path.join(copy, file));
  }
});

afterEach(() => fs.rmSync(copy, { recursive: true }));

function plant(file: string, text: string): void {
  const target = path.join(copy, 'src', file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}

/** Lints the copy with the two rules that hold the layers. */
function lint() {
  const options = ['--vcs-enabled=false', '--colors=off', '--max-diagnostics=none'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [BIOME, 'lint', `--only=${UPWARD}`, `--only=${CYCLE}`, ...options],
    { cwd: copy, encoding: 'utf8' },
  );
  const output = stdout + stderr;
  const found = [...output.matchAll(/^src\/(\S+?):\d+:\d+ lint\/(\S+)/gm)];
  const filesWith = (rule: string) =>
    found.flatMap(([, file, named]) => (named === rule && file ? [file] : [])).sort();
  return { passed: status === 0, output, upward: filesWith(UPWARD), cyclic: filesWith(CYCLE) };
}

test('the source as it is holds the layers', () => {
  const { passed, output } = lint();
  expect(passed, output).toBe(true);
});

test('an import that points up or right is refused, be it of a type; down and left pass', () => {
  for (const [file, target] of Object.entries({ ...REFUSED, ...ACCEPTED })) {
    plant(file, `import type { X } from '${target}';\n\nexport type Y = X;\n`);
  }
  const { passed, upward } = lint();
  expect(upward).toEqual(Object.keys(REFUSED).sort());
  expect(passed).toBe(false);
});

test('a cycle is refused, be it of types only', () => {
  plant('papers/one.ts', "import type { Two } from './two.ts';\n\nexport type One = Two | 1;\n");
  plant('papers/two.ts', "import type { One } from './one.ts';\n\nexport type Two = One[];\n");
  const { passed, cyclic } = lint();
  expect(cyclic).toEqual(expect.arrayContaining(['papers/one.ts', 'papers/two.ts']));
  expect(passed).toBe(false);
});

test("the linter's rules follow from the table, and all of src/ is in it", () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/layers.js', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
});
