// The handler of the job that runs the alerts, and how what they find is told: by mail, into channels. Digests
// and feeds read it from the tables.
import { LOOK_FOR_ALERTS } from '../alerts/alert-jobs.ts';
import { lookForAlerts, type Told } from '../alerts/look-for-alerts.ts';
import type { App } from '../app.ts';
import { enqueuePost } from '../channels/enqueue-post.ts';
import type { Engine, Tx } from '../database/database.ts';
import { enqueueDeliveries } from '../digests/delivery.ts';
import type { Handler } from '../queue/worker.ts';

/** The others stand on the alert's page. */
const MAX_MAILED = 50;
const MAX_POSTED = 20;

export function alertHandlers({ database, search, today, log }: App): Record<string, Handler> {
  return {
    [LOOK_FOR_ALERTS.kind]: async (_job, signal) => {
      const tell = (tx: Tx, told: Told[]) => tellAll(tx, database.engine, told);
      const found = await lookForAlerts({ database, search, signal, tell, today: today() });
      if (found > 0) log.info({ papers: found }, 'alerts found papers');
    },
  };
}

async function tellAll(tx: Tx, engine: Engine, told: Told[]): Promise<void> {
  const mailed = told.filter(({ alert }) => alert.mailsAtOnce);
  const addresses = await addressesOf(tx, [...new Set(mailed.map(({ alert }) => alert.personId))]);
  await enqueueDeliveries(
    tx,
    mailed.flatMap(({ alert, papers, days, at }) => {
      const email = addresses.get(alert.personId);
      if (email === undefined) return [];
      const of = { alertId: alert.id };
      return [{ issue: `alert ${at}`, of, email, days, papers: papers.slice(0, MAX_MAILED) }];
    }),
  );
  for (const { alert, papers, at } of told) {
    if (alert.channelId === undefined) continue;
    await enqueuePost(tx, engine, {
      channelId: alert.channelId,
      occasion: `alert ${alert.id} ${at}`,
      papers: papers.slice(0, MAX_POSTED),
    });
  }
}

/** The proved addresses of people. */
async function addressesOf(tx: Tx, people: string[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map();
  const rows = await tx
    .selectFrom('people')
    .select(['id', 'email'])
    .where('id', 'in', people)
    .where('email_verified', '=', 1)
    // Stands for an address that a service does not tell.
    .where('email', 'not like', '%.invalid')
    .execute();
  return new Map(rows.map(({ id, email }) => [id, email]));
}
