import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/test-database.ts';
import { signWebhook } from './sign-webhook.ts';

const DOCS = path.join(import.meta.dirname, '..', '..', 'docs', 'channels.md');

type IsGenuine = (header: string, body: string, secret: string, seconds?: number) => boolean;

test('the receiver in the documentation takes what is ours, and nothing else', async () => {
  const [, code = ''] = /```js\n(.*?)```/s.exec(fs.readFileSync(DOCS, 'utf8')) ?? [];
  const file = path.join(temporaryFolder(), 'receiver.mjs');
  fs.writeFileSync(file, code);
  const { isGenuine } = (await import(pathToFileURL(file).href)) as { isGenuine: IsGenuine };
  const body = '{"heading":"Ä 𝕏"}';
  const at = Date.now();
  const header = signWebhook('secret', body, at);
  expect(isGenuine(header, body, 'secret')).toBe(true);
  expect(isGenuine(header, body, 'secret', at / 1_000 + 299)).toBe(true);
  expect(isGenuine(header, body, 'secret', at / 1_000 + 302)).toBe(false);
  expect(isGenuine(header, `${body} `, 'secret')).toBe(false);
  expect(isGenuine(header, body, 'other')).toBe(false);
  const later = header.replace(/t=\d+/, `t=${Math.floor(at / 1_000) + 1}`);
  expect(isGenuine(later, body, 'secret')).toBe(false);
  for (const wrong of ['', 'v1=00', `${header},v1=00`]) {
    expect(isGenuine(wrong, body, 'secret')).toBe(false);
  }
});

test('a signature is the one that another implementation makes', () => {
  // printf '1761724800.{}' | openssl dgst -sha256 -hmac secret
  expect(signWebhook('secret', '{}', 1_761_724_800_999)).toBe(
    't=1761724800,v1=c6b1e3ea7393f9f9d169c3247b82291d630959d8976f6b9a23c4f97db08e24ff',
  );
});
