import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './build.js';
import { main, ROOT, runTool, Stop } from './command.js';
import { ensure } from './ensure.js';
import { findChromium } from './find-chromium.js';

const MAX_NAMED_FAILURES = 20;

const CHECKS = [
  ['lint (biome)', 'biome', ['check', '--error-on-warnings']],
  ['types (tsc)', 'tsc', ['-p', 'tsconfig.json']],
  ['unused code (knip)', 'knip', ['--no-progress']],
];

/** Every step runs, whatever failed before it; the last line printed is the count. */
async function test(args) {
  const failures = [];
  for (const [title, tool, toolArgs] of CHECKS) {
    console.log(`\n── ${title}`);
    if ((await runTool(tool, toolArgs)) !== 0) failures.push(title);
  }
  console.log('\n── build');
  try {
    await build();
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    failures.push('build');
  }
  console.log('\n── tests (vitest)');
  const tests = await runTests(args);
  failures.push(...tests.failures);
  report(failures, tests.passed, tests.skipped);
  if (failures.length > 0) process.exitCode = 1;
}

async function runTests(args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-test-'));
  const file = path.join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  try {
    const code = await runTool('vitest', ['run', ...reporters, ...args]);
    const counts = count(JSON.parse(fs.readFileSync(file, 'utf8')));
    if (counts.failures.length === 0) {
      if (code !== 0) counts.failures.push('vitest: an error outside the tests, see above');
      else if (counts.passed === 0) counts.failures.push('vitest: no test ran');
    }
    return counts;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { passed: 0, skipped: 0, failures: ['vitest: ended without a result, see above'] };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function count(results) {
  const counts = { passed: 0, skipped: 0, failures: [] };
  for (const { name, status, assertionResults } of results.testResults) {
    const file = path.relative(ROOT, name);
    let hasFailed = false;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed') {
        counts.failures.push(`${file}: ${test.fullName}`);
        hasFailed = true;
      } else counts.skipped++;
    }
    if (status === 'failed' && !hasFailed) counts.failures.push(`${file}: did not run`);
  }
  return counts;
}

function report(failures, passed, skipped) {
  if (failures.length > 0) console.log('Failed:');
  for (const failure of failures.slice(0, MAX_NAMED_FAILURES)) console.log(`  ${failure}`);
  if (failures.length > MAX_NAMED_FAILURES) {
    console.log(`  and ${failures.length - MAX_NAMED_FAILURES} more, see above`);
  }
  if (!process.env.TEST_DATABASE_URL) {
    console.log(
      'Left out: PostgreSQL (set TEST_DATABASE_URL=postgres://… to a database the tests may fill)',
    );
  }
  if (!findChromium()) {
    console.log('Left out: browser journeys (install chromium, or set CHROMIUM_PATH)');
  }
  if (!fs.existsSync(path.join(ROOT, 'node_modules', '@huggingface', 'transformers'))) {
    console.log(
      'Left out: transformers.js (run ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save --save-optional @huggingface/transformers@4.3.1)',
    );
  }
  if (!['ceph-mon', 'ceph-osd', 'radosgw'].every((name) => fs.existsSync(`/usr/bin/${name}`))) {
    console.log('Left out: the index on S3 (install ceph-mon, ceph-osd and radosgw)');
  }
  console.log(`\n${passed} passed, ${failures.length} failed, ${skipped} skipped`);
}

await main(async () => {
  try {
    await ensure();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(error.message);
    report(['installing dependencies'], 0, 0);
    process.exitCode = 1;
    return;
  }
  await test(process.argv.slice(2));
});
