import { expect, test } from 'vitest';
import { IMAP_PASSWORD, IMAP_USER, startImapServer } from '../../tests/imap-server.ts';
import { addDelivery, addSubscription } from '../../tests/mail-rows.ts';
import { dsn, letter, vacation } from '../../tests/returned-mails.ts';
import { openTestServer } from '../../tests/test-server.ts';
import { pollReturns } from './poll-returns.ts';
import { returnPathOf, unsubscribeAddressOf } from './return-addresses.ts';

test('what arrives in the mailbox is taken in, and stays unseen where the database was away', async () => {
  const imap = await startImapServer();
  const credentials = `${encodeURIComponent(IMAP_USER)}:${encodeURIComponent(IMAP_PASSWORD)}`;
  const { app } = await openTestServer({
    BROADSHEET_MAIL_RETURN: 'returns@papers.example.org',
    BROADSHEET_IMAP_URL: `imap://${credentials}@${imap.host}/INBOX`,
  });
  const { database } = app;
  const returns = { returnAddress: app.config.mail.returnAddress, secret: app.secret() };
  const subscriptionId = await addSubscription(database);
  const deliveryId = await addDelivery(database, { subscription_id: subscriptionId });
  const to = returnPathOf(returns, deliveryId) as string;
  imap.add(dsn({ to }, {}));
  imap.add(vacation({ to }));
  imap.add(letter({ to: unsubscribeAddressOf(returns, { subscriptionId }) as string }));

  const away = { ...database, transact: () => Promise.reject(new Error('the database is away')) };
  await expect(pollReturns({ ...app, database: away })).rejects.toThrow('the database is away');
  expect(imap.folder.some(({ isSeen }) => isSeen)).toBe(false);
  expect(await pollReturns(app)).toEqual({ messages: 3, events: 2 });
  expect(await pollReturns(app)).toEqual({ messages: 0, events: 0 });
  const events = await database.read
    .selectFrom('mail_events')
    .select('kind')
    .orderBy('id')
    .execute();
  expect(events).toEqual([{ kind: 'hard bounce' }, { kind: 'unsubscribe' }]);
});
