// Run after every change of the dependencies. A registry mirror may lack the packages that serve
// other platforms; npm then leaves them out of package-lock.json without a word, and the next
// `npm ci` refuses the file. This adds them and removes download addresses.
import fs from 'node:fs';
import path from 'node:path';
import { capture, main, ROOT, Stop } from './command.js';

const LOCK = path.join(ROOT, 'package-lock.json');
const SYSTEMS = 'aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32';
const PROCESSORS = 'arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64|wasm32';
const PLATFORM = new RegExp(
  `(?:^|[-/])(${SYSTEMS})-(${PROCESSORS})(?:-(gnu|musl|msvc|eabi)\\w*)?$`,
);

/** Every optional dependency without an entry: who wants it, its name and its version. */
function missingPackages(packages) {
  return Object.entries(packages).flatMap(([wanter, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => !isProvided(packages, wanter, name, version))
      .map(([name, version]) => ({ wanter, name, version })),
  );
}

/** Looks where Node does: in the package's own folder, then upwards. An alias is an override's doing. */
function isProvided(packages, wanter, name, version) {
  for (let folder = wanter; ; folder = parentOf(folder)) {
    const entry = packages[placeOf(folder, name)];
    if (entry) return entry.version === version || 'name' in entry || !isExact(version);
    if (folder === '') return false;
  }
}

function parentOf(folder) {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
}

function placeOf(folder, name) {
  return `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
}

function isExact(version) {
  return /^\d+\.\d+\.\d+[\w.+-]*$/.test(version);
}

async function entryOf({ name, version }, { dev }) {
  if (!isExact(version)) {
    throw new Stop(
      `${name} is wanted as "${version}": add its entry to package-lock.json by hand.`,
    );
  }
  const { integrity, cpu, libc, os, engines } =
    (await askRegistry(name, version)) ?? readName(name);
  return { version, integrity, cpu, dev, libc, optional: true, os, engines };
}

async function askRegistry(name, version) {
  const fields = ['name', 'dist.integrity', 'os', 'cpu', 'libc', 'engines'];
  const { code, output } = await capture('npm', [
    'view',
    `${name}@${version}`,
    ...fields,
    '--json',
    '--loglevel=silent',
  ]);
  if (code !== 0) return undefined;
  const { 'dist.integrity': integrity, os, cpu, libc, engines } = JSON.parse(output);
  return { integrity, cpu: list(cpu), libc: list(libc), os: list(os), engines };
}

function list(value) {
  return typeof value === 'string' ? [value] : value;
}

/** Such packages are named for what they serve: `@biomejs/cli-linux-x64-musl`. */
function readName(name) {
  const [, os, cpu, abi] = PLATFORM.exec(name) ?? [];
  if (!os) throw new Stop(`The registry does not know ${name} and its name says no platform.`);
  const libc = os === 'linux' ? { gnu: ['glibc'], musl: ['musl'] }[abi] : undefined;
  return { cpu: [cpu], libc, os: [os] };
}

await main(async () => {
  const lock = JSON.parse(fs.readFileSync(LOCK, 'utf8'));
  const { packages } = lock;
  const missing = missingPackages(packages);
  for (const wanted of missing) {
    const place = placeOf('', wanted.name) in packages ? wanted.wanter : '';
    packages[placeOf(place, wanted.name)] = await entryOf(wanted, packages[wanted.wanter]);
  }
  for (const entry of Object.values(packages)) delete entry.resolved;
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  fs.writeFileSync(LOCK, `${JSON.stringify(lock, undefined, 2)}\n`);
  console.log(`${missing.length} added, ${sorted.length - 1} packages in package-lock.json.`);
});
