// What was mailed to a person, for whoever takes their data away. It goes with the subscription or the alert.
import type { Db } from '../database/database.ts';
import { deliveryFromRow } from './delivery.ts';

const STEP = 500;

export async function* issuesOf(db: Db, personId: string): AsyncGenerator<Record<string, unknown>> {
  let after = '';
  for (;;) {
    const rows = await readStep(db, personId, after);
    for (const row of rows) {
      const { issue, email, subject, papers } = deliveryFromRow(row);
      yield { issue, email, subject, papers, state: row.state, sentAt: row.sent_at };
    }
    const last = rows.at(-1);
    if (!last || rows.length < STEP) return;
    after = last.id;
  }
}

function readStep(db: Db, personId: string, after: string) {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('id', '>', after)
    .where((eb) =>
      eb.or([
        eb(
          'subscription_id',
          'in',
          eb.selectFrom('subscriptions').select('id').where('person_id', '=', personId),
        ),
        eb(
          'alert_id',
          'in',
          eb.selectFrom('alerts').select('id').where('person_id', '=', personId),
        ),
      ]),
    )
    .orderBy('id')
    .limit(STEP)
    .execute();
}
