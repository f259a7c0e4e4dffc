// The mail of a delivery: an issue for a subscription, or what an alert found.
import type { Db } from '../database/database.ts';
import { parseTopic } from '../feed/topic.ts';
import { type ComposeParts, composeAlertMail, composeIssue, type Issue } from './compose-issue.ts';
import type { Delivery } from './delivery.ts';
import { createIssueCache } from './issue-cache.ts';
import { type IssueSender, issueHeaders } from './issue-headers.ts';
import type { Compose } from './send-deliveries.ts';
import { subscriptionFromRow } from './subscription.ts';
import { loadTold } from './told-before.ts';

/** What many readers share is loaded again after so long: votes and lists change. */
const KEPT_MS = 300_000;
const ALERT_LANGUAGE = 'en';
/** So often an issue waits for a search index that is behind; then it goes with what is known. */
const WHOLE_ATTEMPTS = 4;

export function createDeliveryComposer(opened: ComposeParts, sender: IssueSender): Compose {
  let parts = opened;
  let renewedAt = Date.now();
  return async (delivery) => {
    if (Date.now() - renewedAt > KEPT_MS) {
      parts = { ...opened, cache: createIssueCache() };
      renewedAt = Date.now();
    }
    const issue = await issueOf(parts, delivery);
    if (!issue) return undefined;
    const { text, html, paperIds } = issue;
    // Sent again it has the subject that it had.
    const subject = delivery.subject ?? issue.subject;
    const message = { subject, text, html, ...issueHeaders(delivery, sender) };
    return { message, papers: paperIds };
  };
}

function issueOf(parts: ComposeParts, delivery: Delivery): Promise<Issue | undefined> {
  if (delivery.alertId !== undefined) return alertMailOf(parts, delivery, delivery.alertId);
  return subscriptionIssueOf(parts, delivery);
}

async function subscriptionIssueOf(
  opened: ComposeParts,
  { subscriptionId = '', email, days, papers, subject, attempts }: Delivery,
): Promise<Issue | undefined> {
  const parts = { ...opened, isWhole: attempts < WHOLE_ATTEMPTS };
  const row = await parts.db
    .selectFrom('subscriptions')
    .selectAll()
    .where('id', '=', subscriptionId)
    .executeTakeFirst();
  if (!row) return undefined;
  const subscription = subscriptionFromRow(row);
  if (subject !== undefined) {
    return composeIssue(parts, { subscription, days, told: new Set(), papers });
  }
  return composeIssue(parts, { subscription, days, told: await loadTold(parts.db, email) });
}

async function alertMailOf(
  parts: ComposeParts,
  { email, papers, subject }: Delivery,
  id: string,
): Promise<Issue | undefined> {
  const alert = await findAlert(parts.db, id);
  if (!alert) return undefined;
  const told = subject === undefined ? await loadTold(parts.db, email) : new Set<string>();
  return composeAlertMail(parts, { alert, papers, told, language: ALERT_LANGUAGE });
}

async function findAlert(db: Db, id: string) {
  const row = await db
    .selectFrom('alerts')
    .select(['id', 'name', 'topic'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { id: row.id, name: row.name, topic: parseTopic(row.topic) };
}
