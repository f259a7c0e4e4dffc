import type { Db } from '../database/database.ts';
import { words } from '../language/words.ts';
import type { Mailer } from '../mail/mailer.ts';
import { ORCID_DOMAIN } from '../people/person.ts';
import type { Deed } from './moderate.ts';

/** Tells somebody by mail what was decided about their account, and why. */
export async function tellSanctioned(
  app: { database: { read: Db }; mailer: Mailer; config: { name: string } },
  { act, target, reason, until }: Deed,
): Promise<void> {
  const person = await app.database.read
    .selectFrom('people')
    .select('email')
    .where('id', '=', target.id)
    .executeTakeFirst();
  if (!person || person.email.endsWith(ORCID_DOMAIN)) return;
  const text = words.mails.sanctions;
  const day = until?.slice(0, 10);
  const what = {
    warn: text.warn,
    suspend: text.suspend(day ?? ''),
    ban: day ? text.banUntil(day) : text.ban,
    free: text.free,
  }[act as string];
  if (what === undefined) return;
  await app.mailer.send({
    to: person.email,
    subject: text.subject(what, app.config.name),
    text: `${text.at(what, app.config.name)}\n\n${text.reason(reason)}\n\n${text.rights(app.config.name)}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}
