// The picture of "Layout" in ARCHITECTURE.md as a table, and out of it the linter's rules that
// imports point down. `--write` writes them, `--check` fails when they or the table are stale.
import fs from 'node:fs';
import path from 'node:path';
import { main, ROOT, Stop } from './command.js';

const RULES = path.join(ROOT, 'biome.layers.json');

/**
 * From top to bottom; a part may import every part of a lower row, and of its own row: those on its
 * left, any, or none.
 */
const ROWS = [
  { parts: ['main.ts'] },
  { parts: ['cli'] },
  { parts: ['http', 'jobs'], beside: 'none' },
  { parts: ['api', 'web'], beside: 'left' },
  { parts: ['app.ts'] },
  {
    parts: [
      'search',
      'feed',
      'syndication',
      'alerts',
      'digests',
      'channels',
      'submissions',
      'moderation',
      'accounts',
      'administration',
    ],
    beside: 'left',
  },
  {
    parts: [
      'people',
      'papers',
      'days',
      'votes',
      'comments',
      'collections',
      'follows',
      'notifications',
      'sources',
      'citations',
    ],
    beside: 'left',
  },
  { parts: ['database', 'settings', 'queue', 'mail', 'embeddings', 'storage'], beside: 'any' },
  { parts: ['config.ts'] },
  { parts: ['config'] },
  { parts: ['pictures'] },
  { parts: ['language'] },
  { parts: ['base'] },
];

function rules() {
  const overrides = ROWS.flatMap((row, depth) =>
    row.parts.flatMap((part, place) => {
      const above = ROWS.slice(0, depth).flatMap(({ parts }) => parts);
      const forbidden = [...above, ...forbiddenBeside(row, place)];
      return forbidden.length > 0 ? [override(part, forbidden)] : [];
    }),
  );
  const lines = overrides.map((rule) => `    ${JSON.stringify(rule)}`);
  return `{\n  "overrides": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function forbiddenBeside({ parts, beside }, place) {
  if (beside === 'left') return parts.slice(place + 1);
  if (beside === 'none') return parts.filter((_, other) => other !== place);
  return [];
}

function override(part, forbidden) {
  // A folder within a part may have the name of a part: sources/web.
  const starts = isFile(part) ? ['.'] : ['..', '../..', '../../..'];
  const folders = forbidden.filter((name) => !isFile(name));
  const group = starts.flatMap((start) => [
    ...(folders.length > 0 ? [`${start}/{${folders.join(',')}}/**`] : []),
    ...forbidden.filter(isFile).map((name) => `${start}/${name}`),
  ]);
  const message = `Imports point down or left, and this is above or right of ${part}: see scripts/layers.js.`;
  const options = { level: 'error', options: { patterns: [{ group, message }] } };
  return {
    includes: [isFile(part) ? `src/${part}` : `src/${part}/**`, '!**/*.test.ts', '!**/*.test.tsx'],
    linter: { rules: { style: { noRestrictedImports: options } } },
  };
}

function isFile(part) {
  return part.endsWith('.ts');
}

function check() {
  if (fs.readFileSync(RULES, 'utf8') !== rules()) {
    throw new Stop('biome.layers.json is stale: run "node scripts/layers.js --write".');
  }
  const known = ROWS.flatMap(({ parts }) => parts);
  const unknown = fs
    .readdirSync(path.join(ROOT, 'src'))
    .filter((name) => !known.includes(name) && !name.endsWith('.test.ts'));
  if (unknown.length > 0) {
    throw new Stop(`src/ has ${unknown.join(', ')}, which the table in scripts/layers.js lacks.`);
  }
}

await main(() => {
  if (process.argv[2] === '--write') fs.writeFileSync(RULES, rules());
  else if (process.argv[2] === '--check') check();
  else throw new Stop('Usage: node scripts/layers.js --write | --check');
});
