import { expect, test } from 'vitest';
import { IMAP_PASSWORD, IMAP_USER, startImapServer } from '../../tests/imap-server.ts';
import { type ImapFolderOptions, takeUnseen } from './imap-folder.ts';

const CREDENTIALS = `${encodeURIComponent(IMAP_USER)}:${encodeURIComponent(IMAP_PASSWORD)}`;

async function take(
  address: string,
  options: Partial<ImapFolderOptions> = {},
  keep: (text: string) => Promise<void> | void = () => {},
): Promise<string[]> {
  const taken: string[] = [];
  await takeUnseen(
    { url: address, maxMessages: 10, maxBytes: 1_000, timeoutMs: 20_000, ...options },
    async (message) => {
      await keep(message.toString());
      taken.push(message.toString());
    },
  );
  return taken;
}

async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toMatchObject({ name: 'AppError', code: 'unavailable' });
  const told = [error.message, error.stack, String(error.cause)].join('\n');
  for (const secret of [IMAP_PASSWORD, encodeURIComponent(IMAP_PASSWORD)]) {
    expect(told).not.toContain(secret);
  }
  return error;
}

test('unseen messages are taken once, the oldest first, so many a round and so much of each', async () => {
  const server = await startImapServer();
  for (const text of ['one', 'two', 'x'.repeat(3_000)]) server.add(Buffer.from(text));
  const url = `imap://${CREDENTIALS}@${server.host}/INBOX`;
  expect(await take(url, { maxMessages: 2 })).toEqual(['one', 'two']);
  expect(server.folder.map(({ isSeen }) => isSeen)).toEqual([true, true, false]);
  expect(await take(url)).toEqual(['x'.repeat(1_000)]);
  expect(await take(url)).toEqual([]);
});

test('a message that could not be kept stays unseen, and comes again', async () => {
  const server = await startImapServer();
  for (const text of ['one', 'two']) server.add(Buffer.from(text));
  const url = `imap://${CREDENTIALS}@${server.host}`;
  const keep = (text: string) => {
    if (text === 'two') throw new Error('the database is away');
  };
  await expect(take(url, {}, keep)).rejects.toThrow('the database is away');
  expect(server.folder.map(({ isSeen }) => isSeen)).toEqual([true, false]);
  expect(await take(url)).toEqual(['two']);
});

test('a connection that breaks off before a message is marked brings it again', async () => {
  let isBroken = true;
  const server = await startImapServer({
    fails: (command) => (isBroken && /^uid store/i.test(command) ? 'hangs up' : undefined),
  });
  server.add(Buffer.from('one'));
  const url = `imap://${CREDENTIALS}@${server.host}`;
  const error = await failure(take(url));
  expect(error.message).toMatch(/cannot be read/);
  isBroken = false;
  expect(await take(url)).toEqual(['one']);
});

test('a password goes over STARTTLS, and over none on this machine alone', async () => {
  const near = await startImapServer({ kind: 'starttls' });
  near.add(Buffer.from('one'));
  expect(await take(`imap://${CREDENTIALS}@${near.host}`)).toEqual(['one']);
  const secure = await startImapServer({ kind: 'tls' });
  secure.add(Buffer.from('two'));
  expect(await take(`imaps://${CREDENTIALS}@${secure.host}`)).toEqual(['two']);
  for (const [kind, scheme] of [
    ['plain', 'imap'],
    ['starttls', 'imap'],
    ['tls', 'imaps'],
  ] as const) {
    const far = await startImapServer({ kind, host: '127.0.0.2' });
    const error = await failure(take(`${scheme}://${CREDENTIALS}@${far.host}`));
    expect([kind, error.message]).toEqual([kind, expect.stringContaining('encrypted connection')]);
    expect(far.commands).not.toContain('LOGIN');
  }
});

test('a wrong password, a missing folder and a server that is away are told', async () => {
  const server = await startImapServer();
  const wrong = await failure(take(`imap://me:wrong@${server.host}`));
  expect(wrong.message).toMatch(/does not take the user and password: check BROADSHEET_IMAP_URL/);
  expect(wrong.message).not.toContain('wrong@');
  const missing = await failure(take(`imap://${CREDENTIALS}@${server.host}/Elsewhere`));
  expect(missing.message).toMatch(/has no folder Elsewhere/);
  const away = await failure(take(`imap://${CREDENTIALS}@127.0.0.1:1`));
  expect(away.message).toMatch(/127\.0\.0\.1:1 cannot be read .*BROADSHEET_IMAP_URL/);
});

test('a server that stops answering is left after the timeout', async () => {
  const server = await startImapServer({
    fails: (command) => (/^uid search/i.test(command) ? 'is silent' : undefined),
  });
  const url = `imap://${CREDENTIALS}@${server.host}`;
  const error = await failure(take(url, { timeoutMs: 400 }));
  expect(error.message).toMatch(/was not done within 0.4 seconds/);
});

test('a server that cannot mark messages is no mailbox to poll', async () => {
  const server = await startImapServer({ isReadOnly: true });
  server.add(Buffer.from('one'));
  const error = await failure(take(`imap://${CREDENTIALS}@${server.host}`));
  expect(error.message).toMatch(/does not let messages be marked as seen/);
});
