import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

type Entry = { resolved?: string; optionalDependencies?: Record<string, string> };

const LOCK = path.resolve(import.meta.dirname, '../package-lock.json');
const packages: Record<string, Entry> = JSON.parse(fs.readFileSync(LOCK, 'utf8')).packages;
const names = new Set(Object.keys(packages).map((place) => place.split('node_modules/').at(-1)));

test('every optional dependency has an entry, for whatever platform it is', () => {
  const missing = Object.values(packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !names.has(name));
  expect(missing, 'run: node scripts/complete-lock.js').toEqual([]);
});

test('the half gigabyte of onnxruntime is not in it', () => {
  expect([...names].filter((name) => name?.startsWith('onnxruntime'))).toEqual([]);
});

test('it names no registry, so that everyone installs from their own', () => {
  const addressed = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
  expect(addressed, 'run: node scripts/complete-lock.js').toEqual([]);
});
