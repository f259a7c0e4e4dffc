#!/usr/bin/env node
import fs from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (fs.existsSync(program)) {
  await import(program.href);
} else {
  console.error('Broadsheet is not built yet: run "npm run build" first.');
  process.exitCode = 1;
}
