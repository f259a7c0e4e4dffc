import type { Db } from '../database/database.ts';
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
  const what = {
    warn: 'You have been warned',
    suspend: `Your account is suspended until ${until?.slice(0, 10)}`,
    ban: until ? `Your account is banned until ${until.slice(0, 10)}` : 'Your account is banned',
    free: 'Your account is free again',
  }[act as string];
  if (what === undefined) return;
  await app.mailer.send({
    to: person.email,
    subject: `${what} · ${app.config.name}`,
    text: `${what} at ${app.config.name}.\n\nReason: ${reason}\n\nYou can read, and download or delete what is yours. To object, answer to the people who run ${app.config.name}.\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}
