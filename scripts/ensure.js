// Brings node_modules to what package-lock.json says before anything else runs, and says in one
// sentence what stands in the way. Like command.js it must run without node_modules.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { capture, ROOT, Stop } from './command.js';

const MIN_NODE = [20, 19];
const NODE_MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(NODE_MODULES, '.broadsheet-lock-hash');
const PLATFORM = `${process.platform}-${process.arch}`;
const COMPILE_TOOLS = ['g++', 'make', 'python3'];
const SHOWN_OUTPUT_LINES = 15;

/** Returns at once when everything is in place. Throws Stop where a person has to do something. */
export async function ensure() {
  checkNode();
  const lock = fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = `${hash} ${PLATFORM} ${process.versions.modules}`;
  const found = readIfThere(STAMP);
  if (found === stamp) return;
  const isOtherPlatform = found !== undefined && !found.includes(` ${PLATFORM} `);
  if (isOtherPlatform || !isInstalled(JSON.parse(lock))) await install();
  await ensureNativeModule();
  fs.writeFileSync(STAMP, stamp);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  throw new Stop(
    `Broadsheet needs Node.js ${MIN_NODE.join('.')} or newer and this is ${process.versions.node}: install a newer one from https://nodejs.org/ or your system's packages.`,
  );
}

/**
 * Whether npm's own record of node_modules agrees with the lock file, as it does after a plain
 * `npm ci` or `npm install`; npm writes that record last. Packages for other platforms are absent.
 */
function isInstalled(lock) {
  const record = readIfThere(path.join(NODE_MODULES, '.package-lock.json'));
  if (record === undefined) return false;
  const { '': _root, ...wanted } = lock.packages;
  const installed = JSON.parse(record).packages;
  return (
    Object.keys(installed).every((place) => place in wanted) &&
    Object.entries(wanted).every(([place, { version, integrity, optional }]) => {
      const there = installed[place];
      if (there === undefined) return optional === true;
      return there.version === version && there.integrity === integrity;
    })
  );
}

async function install() {
  checkWritable();
  const missing = COMPILE_TOOLS.filter((tool) => !isOnPath(tool));
  const advice = compileAdvice(missing);
  if (advice) console.log(advice);
  const stopClock = startClock('Installing dependencies, about two minutes the first time …');
  // Development dependencies hold the compiler: they are needed whatever NODE_ENV says.
  const { code, output } = await npm('ci', '--include=dev', '--no-audit', '--no-fund');
  stopClock();
  if (code === 0) return;
  if (advice && /gyp|better-sqlite3/.test(output)) throw new Stop(advice);
  throw new Stop(`${lastLines(output)}\nnpm ci failed: its last lines are above.`);
}

function checkWritable() {
  try {
    fs.accessSync(ROOT, fs.constants.W_OK);
  } catch {
    throw new Stop(
      `The dependencies cannot be installed because ${ROOT} is read-only: make it writable, or run "npm ci" as its owner.`,
    );
  }
}

function compileAdvice(missing) {
  if (missing.length === 0 || process.platform === 'win32') return undefined;
  return `better-sqlite3 takes its prebuilt binary where there is one for this system and must be compiled otherwise, for which ${new Intl.ListFormat('en').format(missing)} ${missing.length === 1 ? 'is' : 'are'} missing: apt install g++ make python3 (Debian, Ubuntu).`;
}

/** The binary fits one major version of Node; after a change of Node it is built anew. */
async function ensureNativeModule() {
  if (await nativeModuleLoads()) return;
  const missing = COMPILE_TOOLS.filter((tool) => !isOnPath(tool));
  const stopClock = startClock('Building better-sqlite3 for this version of Node.js …');
  const { output } = await npm('rebuild', 'better-sqlite3');
  stopClock();
  if (await nativeModuleLoads()) return;
  throw new Stop(
    compileAdvice(missing) ??
      `${lastLines(output)}\nbetter-sqlite3 does not load in Node.js ${process.versions.node}: delete node_modules and run this again.`,
  );
}

/** In a process of its own, because a binary that does not fit can crash. */
async function nativeModuleLoads() {
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  const { code } = await capture(process.execPath, ['-e', script]);
  return code === 0;
}

async function npm(...args) {
  const all = [...args, '--loglevel=error'];
  const started = process.env.npm_execpath ?? '';
  try {
    return /npm-cli\.c?js$/.test(started)
      ? await capture(process.execPath, [started, ...all])
      : await capture('npm', all, { shell: process.platform === 'win32' });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Stop('npm was not found: it comes with Node.js, or as the package "npm" of Debian.');
  }
}

function isOnPath(tool) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) => {
    try {
      fs.accessSync(path.join(folder, tool), fs.constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Prints `text`, on a terminal with the seconds that pass. */
function startClock(text) {
  if (!process.stdout.isTTY) {
    console.log(text);
    return () => {};
  }
  const startedAt = Date.now();
  const show = () =>
    process.stdout.write(`\r${text} ${Math.round((Date.now() - startedAt) / 1000)} s`);
  show();
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    process.stdout.write('\n');
  };
}

function lastLines(output) {
  return output
    .split('\n')
    .filter(
      (line) => line.trim() !== '' && !/^npm (warn|notice)|complete log of this run/.test(line),
    )
    .slice(-SHOWN_OUTPUT_LINES)
    .join('\n');
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
