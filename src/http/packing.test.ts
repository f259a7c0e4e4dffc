import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { join } from '../../tests/people.ts';
import { openTestServer } from '../../tests/test-server.ts';
import { assetPath } from '../base/assets.ts';
import { MORE_STYLES_PATH } from '../base/styles.ts';

const BROWSER = { 'accept-encoding': 'gzip, deflate, br, zstd' };

async function read(response: Response) {
  const sent = Buffer.from(await response.arrayBuffer());
  const encoding = response.headers.get('content-encoding');
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? ''];
  return { encoding, sent, plain: unpack ? unpack(sent) : sent };
}

test('style sheets and scripts are packed, pictures and fonts as they are', async () => {
  const { get } = await openTestServer();
  for (const path of [MORE_STYLES_PATH, assetPath('personal.js')]) {
    const { plain } = await read(await get(path));
    for (const [accepted, encoding] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
    ]) {
      const response = await get(path, { 'accept-encoding': accepted as string });
      expect(response.headers.get('vary')).toBe('accept-encoding');
      const packed = await read(response);
      expect(packed.encoding).toBe(encoding);
      expect(packed.plain.equals(plain)).toBe(true);
      expect(packed.sent.length).toBeLessThan(plain.length / 2);
    }
  }
  for (const name of ['source-serif-4.woff2', 'icon.svg']) {
    const { encoding } = await read(await get(assetPath(name), BROWSER));
    expect([name, encoding]).toEqual([name, null]);
  }
});

test('what is made for one reader is packed, and so are forms that were refused and errors', async () => {
  const server = await openTestServer();
  const ada = await join(server);
  const answers = {
    own: await server.get('/settings', { ...BROWSER, cookie: ada.cookie }),
    refused: await server.send('POST', '/settings/profile', {
      as: ada,
      form: { name: '', handle: 'ada' },
      headers: BROWSER,
    }),
    missing: await server.get('/papers/no-such-paper', { ...BROWSER }),
  };
  expect(answers.own.headers.get('cache-control')).toBe('private, no-store');
  expect(answers.refused.status).toBe(400);
  for (const [name, response] of Object.entries(answers)) {
    const { encoding, plain } = await read(response);
    expect([name, encoding]).toEqual([name, 'br']);
    expect(plain.toString()).toContain('</html>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  const unpacked = await server.get('/settings', { cookie: ada.cookie });
  expect(unpacked.headers.get('content-encoding')).toBeNull();
  expect(await unpacked.text()).toContain('</html>');
});
