// Where there is no mail server, messages become files that a person can open: sign-in links are in
// them, so nobody but the owner may read them.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { now } from '../base/calendar.ts';
import { messageOf } from '../base/errors.ts';
import { makeFolder } from '../base/folder.ts';
import { composeMessage, type Sender } from './compose-message.ts';
import { type Mailer, MailFailure } from './mailer.ts';

export type OutboxMailerOptions = Sender & { folder: string };

const MAX_FILES = 1_000;
const MESSAGE = /\.eml$/;
/** Left behind by a process that was killed. */
const UNFINISHED = /\.eml\.tmp$/;
const UNFINISHED_AFTER_MS = 3_600_000;

/** Writes each message to a file named by its time, whole or not at all; the last thousand stay. */
export function createOutboxMailer(options: OutboxMailerOptions): Mailer {
  const { folder } = options;
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    kind: 'outbox',
    async send(message) {
      const composed = composeMessage(message, options);
      const { message: bytes } = await transport.sendMail(composed);
      const name = `${now().replaceAll(':', '-')}-${randomUUID()}.eml`;
      const file = path.join(folder, name);
      try {
        makeFolder(folder);
        await fs.chmod(folder, 0o700);
        await writeWhole(file, bytes as Buffer);
        await clearOut(folder);
      } catch (error) {
        throw new MailFailure(
          `Mail cannot be written to ${folder}: ${messageOf(error)}; make room, or make it writable.`,
          true,
        );
      }
      return { messageId: composed.messageId, file };
    },
    close: () => transport.close(),
  };
}

async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const unfinished = `${file}.tmp`;
  try {
    const handle = await fs.open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(unfinished, file);
  } catch (error) {
    await fs.rm(unfinished, { force: true });
    throw error;
  }
}

async function clearOut(folder: string): Promise<void> {
  const names = await fs.readdir(folder);
  const messages = names.filter((name) => MESSAGE.test(name)).sort();
  const surplus = messages.slice(0, Math.max(0, messages.length - MAX_FILES));
  const before = Date.now() - UNFINISHED_AFTER_MS;
  for (const name of names.filter((name) => UNFINISHED.test(name))) {
    const { mtimeMs } = await fs.stat(path.join(folder, name)).catch(() => ({ mtimeMs: before }));
    if (mtimeMs < before) surplus.push(name);
  }
  for (const name of surplus) await fs.rm(path.join(folder, name), { force: true });
}
