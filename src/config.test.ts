import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { renderEnvExample, renderSettingsPage } from './config/render-settings.ts';
import { ConfigError, parseConfig } from './config.ts';

const read = (name: string) => fs.readFileSync(path.join(import.meta.dirname, '..', name), 'utf8');

test('the generated documentation of the settings is current (npm run docs)', () => {
  expect(read('.env.example')).toBe(renderEnvExample());
  expect(read('docs/settings.md')).toBe(renderSettingsPage());
});

test('without any setting it is a server for this machine only', () => {
  expect(parseConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    url: 'http://localhost:3000',
    databaseUrl: `sqlite:${path.resolve('data/broadsheet.db')}`,
    timeZone: 'UTC',
    loadsDemo: true,
  });
});

test('all that is wrong is said at once', () => {
  const env = {
    BROADSHEET_PORT: '99999',
    BROADSHEET_URL: 'papers.example.org',
    BROADSHEET_DATABASE_URL: 'mysql://me:secret@x/y',
    BROADSHEET_TIME_ZONE: 'Mars/Olympus',
    BROADSHEET_DEMO: 'perhaps',
    BROADSHEET_TRUSTED_PROXIES: '10.0.0.0/99',
    BROADSHEET_CATEGORIES: 'cs.LG !!',
    BROADSHEET_LOG_LEVEL: 'loud',
  };
  const problems = () => parseConfig(env);
  expect(problems).toThrow(ConfigError);
  for (const name of Object.keys(env)) expect(problems).toThrow(name);
  expect(problems).not.toThrow('secret');
});

test('an embedder elsewhere needs an address and a model, and its key is never shown', () => {
  const bare = () => parseConfig({ BROADSHEET_EMBEDDER: 'http' });
  expect(bare).toThrow('BROADSHEET_EMBEDDER_URL is missing');
  expect(bare).toThrow('BROADSHEET_EMBEDDER_MODEL is missing');
  const env = {
    BROADSHEET_EMBEDDER: 'http',
    BROADSHEET_EMBEDDER_URL: 'http://localhost:11434/v1/',
    BROADSHEET_EMBEDDER_MODEL: 'nomic-embed-text',
    BROADSHEET_EMBEDDER_QUERY_PREFIX: 'search_query: ',
    BROADSHEET_EMBEDDER_DOCUMENT_PREFIX: 'Read:\\n',
  };
  expect(parseConfig(env).embedder).toEqual({
    kind: 'http',
    model: 'nomic-embed-text',
    url: 'http://localhost:11434/v1',
    key: '',
    queryPrefix: 'search_query: ',
    documentPrefix: 'Read:\n',
    dimensions: 0,
    timeoutMs: 60_000,
  });
  const wrong = () =>
    parseConfig({
      ...env,
      BROADSHEET_EMBEDDER_URL: 'http://me:hidden@localhost/v1',
      BROADSHEET_EMBEDDER_KEY: 'sk hidden',
    });
  expect(wrong).toThrow('BROADSHEET_EMBEDDER_URL must not hold a password');
  expect(wrong).toThrow('BROADSHEET_EMBEDDER_KEY has signs');
  expect(wrong).not.toThrow('hidden');
});

test('private hosts are kept as addresses spell them, with their ports', () => {
  const hosts = 'Preprints.Internal:443, [::1]:08080 127.1:80';
  expect(parseConfig({ BROADSHEET_PRIVATE_HOSTS: hosts }).privateHosts).toEqual([
    'preprints.internal:443',
    '[::1]:8080',
    '127.0.0.1:80',
  ]);
  for (const wrong of ['preprints.internal', 'http://x:80', 'x:80/a', 'me@x:80', ':80']) {
    const parse = () => parseConfig({ BROADSHEET_PRIVATE_HOSTS: wrong });
    expect(parse, wrong).toThrow('BROADSHEET_PRIVATE_HOSTS has');
  }
});

test('mail comes from this host unless it is said whom it comes from', () => {
  const from = (env: Record<string, string>) => parseConfig(env).mail.from;
  expect(from({ BROADSHEET_NAME: 'Papers', BROADSHEET_URL: 'https://papers.example.org' })).toEqual(
    {
      name: 'Papers',
      address: 'broadsheet@papers.example.org',
    },
  );
  expect(from({ BROADSHEET_MAIL_FROM: '"The Papers" <me@example.org>' })).toEqual({
    name: 'The Papers',
    address: 'me@example.org',
  });
  expect(from({ BROADSHEET_MAIL_FROM: 'me@example.org' })).toEqual({
    name: '',
    address: 'me@example.org',
  });
  for (const wrong of ['me', 'me@', 'a@b, c@d', 'Me <a@b> <c@d>', 'Me <me>']) {
    expect(() => from({ BROADSHEET_MAIL_FROM: wrong }), wrong).toThrow('BROADSHEET_MAIL_FROM is');
  }
});

test("a mail server's address is never shown", () => {
  const smtps = 'smtps://me:hidden@mail.example.org';
  expect(parseConfig({ BROADSHEET_SMTP_URL: smtps }).mail.smtpUrl).toBe(smtps);
  for (const wrong of ['http://me:hidden@x', 'smtp:hidden', 'smtp://me:hidden%@x', `${smtps}/x`]) {
    const parse = () => parseConfig({ BROADSHEET_SMTP_URL: wrong });
    expect(parse, wrong).toThrow('BROADSHEET_SMTP_URL');
    expect(parse, wrong).not.toThrow('hidden');
  }
});

test('a name that is no setting is told, not fatal', () => {
  expect(parseConfig({ BROADSHEET_PROT: '1' }).unknown).toEqual(['BROADSHEET_PROT']);
});
