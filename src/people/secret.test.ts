import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/test-database.ts';
import { keyFor, openSecret } from './secret.ts';

const unset = (dataDir: string) => ({ dataDir, people: { secret: '' } });

test('the first start makes a secret that only its owner can read, and later ones find it', () => {
  const folder = path.join(temporaryFolder(), 'data');
  const secret = openSecret(unset(folder));
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(fs.statSync(path.join(folder, 'secret')).mode & 0o777).toBe(0o600);
  expect(openSecret(unset(folder))).toBe(secret);
  expect(fs.readdirSync(folder)).toEqual(['secret']);
});

test('a secret of the settings wins, and nothing is written', () => {
  const folder = temporaryFolder();
  const secret = 's'.repeat(40);
  expect(openSecret({ dataDir: folder, people: { secret } })).toBe(secret);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a secret that others can read, or that was cut off, is refused with what to do', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'secret');
  fs.writeFileSync(file, 'a'.repeat(64), { mode: 0o644 });
  fs.chmodSync(file, 0o644);
  expect(() => openSecret(unset(folder))).toThrow(/chmod 600/);
  fs.chmodSync(file, 0o600);
  fs.writeFileSync(file, 'short');
  expect(() => openSecret(unset(folder))).toThrow(/delete it/);
});

test('keys for different purposes have nothing in common', () => {
  expect(keyFor('secret', 'sessions')).not.toEqual(keyFor('secret', 'first administrator'));
});
