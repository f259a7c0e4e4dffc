import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isCommand, main, ROOT, runTool, Stop } from './command.js';
import { ensure } from './ensure.js';

const SRC = path.join(ROOT, 'src');
const DIST = path.join(ROOT, 'dist');
const STAMP = path.join(DIST, '.stamp');

/** Compiles src/ into dist/ unless nothing has changed; resolves to whether it compiled. */
export async function build() {
  const sources = list(SRC).filter((file) => /(?<!\.test)\.tsx?$/.test(file));
  const stamp = stampOf(sources);
  if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === stamp) return false;
  console.log('Building …');
  clearStamp();
  if ((await runTool('tsc', ['-p', 'tsconfig.build.json'])) !== 0) {
    throw new Stop('The build failed: its errors are above.');
  }
  removeStale(sources);
  fs.writeFileSync(STAMP, stamp);
  return true;
}

function stampOf(sources) {
  const settings = fs.readdirSync(ROOT).filter((name) => /^(tsconfig.*|package)\.json$/.test(name));
  const hash = createHash('sha256');
  for (const file of [...settings.map((name) => path.join(ROOT, name)), ...sources].sort()) {
    const { mtimeMs, size } = fs.statSync(file);
    hash.update(`${path.relative(ROOT, file)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function clearStamp() {
  try {
    fs.mkdirSync(DIST, { recursive: true });
    fs.rmSync(STAMP, { force: true });
    fs.accessSync(DIST, fs.constants.W_OK);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new Stop(
      `The program cannot be built because ${DIST} is read-only: make it writable, or run "npm run build" as its owner.`,
    );
  }
}

/** After the compiler, file by file, so that a server that runs from dist/ never misses one. */
function removeStale(sources) {
  const outputs = sources.map((file) =>
    path.join(DIST, path.relative(SRC, file)).replace(/\.tsx?$/, '.js'),
  );
  const wanted = new Set(outputs.flatMap((file) => [file, `${file}.map`]));
  for (const file of list(DIST)) {
    if (!wanted.has(file)) fs.rmSync(file);
  }
}

function list(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

if (isCommand(import.meta.url)) {
  await main(async () => {
    await ensure();
    if (!(await build())) console.log('dist/ is up to date.');
  });
}
