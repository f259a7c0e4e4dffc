import { defineConfig } from 'vitest/config';
import { findChromium } from './scripts/find-chromium.js';

const TESTS = ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'];
const JOURNEYS = 'tests/**/*.browser.test.ts';
/** They touch no database, or only by what other tests ask of both: once is enough. */
const WITHOUT_DATABASE = [
  'tests/mail-command.test.ts',
  'tests/page-bytes.test.ts',
  'tests/s3-search.test.ts',
  'tests/search-index.test.ts',
  'tests/user-command.test.ts',
  'tests/work-child.test.ts',
  'src/cli/eval-command.test.ts',
  'src/sources/arxiv/arxiv-client.test.ts',
  'tests/layers.test.ts',
  'tests/lock-file.test.ts',
  'src/http/failures.test.ts',
  'src/http/language.test.ts',
  'src/http/look.test.ts',
  'src/http/packing.test.ts',
  'src/language/**',
  'src/pictures/**',
  'src/base/**',
  'src/citations/**',
  'src/comments/markdown/**',
  'src/embeddings/**',
  'src/mail/**',
  'src/digests/mail/**',
  'src/search/query/**',
  'src/syndication/**',
  'src/search/highlight/**',
  'src/search/quality/**',
];

// Settings of the shell that started the tests are none of theirs.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('BROADSHEET_')) delete process.env[name];
}

const projects = [project('sqlite', 'sqlite', TESTS, [JOURNEYS])];
if (process.env.TEST_DATABASE_URL) {
  projects.push(project('postgres', 'postgres', TESTS, [JOURNEYS, ...WITHOUT_DATABASE]));
}
const chromium = findChromium();
if (chromium) {
  projects.push(project('browser', 'sqlite', [JOURNEYS], [], { CHROMIUM_PATH: chromium }));
}

function project(
  name: string,
  engine: 'sqlite' | 'postgres',
  include: string[],
  exclude: string[],
  env: Record<string, string> = {},
) {
  return {
    extends: true as const,
    test: {
      name,
      include,
      exclude,
      env: { BROADSHEET_TEST_ENGINE: engine, ...env },
      // A journey waits for a server and a browser, each as slow as the machine.
      ...(name === 'browser' ? { testTimeout: 180_000, globalSetup: 'tests/demo-folder.ts' } : {}),
    },
  };
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects,
  },
});
