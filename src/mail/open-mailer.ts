import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../base/folder.ts';
import type { Mailer } from './mailer.ts';
export function openMailer(config: { dataDir: string }): Mailer {
  return {
    kind: 'outbox',
    async send(message) {
      const folder = path.join(config.dataDir, 'outbox');
      makeFolder(folder);
      const file = path.join(folder, `${Date.now()}-${randomBytes(4).toString('hex')}.eml`);
      fs.writeFileSync(file, `To: ${message.to}\nSubject: ${message.subject}\n\n${message.text}`, {
        mode: 0o600,
      });
      return { messageId: '', file };
    },
    async close() {},
  };
}
