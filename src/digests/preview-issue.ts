// The next issue of a subscription before it goes out.
import type { Instant } from '../base/calendar.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { type ComposeParts, composeIssue, type Issue } from './compose-issue.ts';
import { daysOf, type IssueDays, lastClosedDay } from './issue-days.ts';
import type { Subscription } from './subscription.ts';
import { loadTold } from './told-before.ts';

export type IssuePreview = {
  /** When it will be sent; undefined when it will not be. */
  sendsAt: Instant | undefined;
  /** Undefined where everything was told already. */
  days: IssueDays | undefined;
  /** As far as its days have come; undefined when nothing is in it. */
  issue: Issue | undefined;
};

/** What would be sent at the next time if nothing happened until then. */
export async function previewIssue(
  parts: ComposeParts,
  subscription: Subscription,
  { instanceZone, at = new Date() }: { instanceZone: string; at?: Date },
): Promise<IssuePreview> {
  const sendsAt = subscription.state === 'active' ? subscription.nextAt : undefined;
  const due = new Date(Math.max(at.getTime(), sendsAt ? Date.parse(sendsAt) : 0));
  const newest = await newestListedDay(parts.db, lastClosedDay(due, instanceZone));
  const days = daysOf(subscription, due, { instanceZone, newestListedDay: newest });
  if (!days) return { sendsAt, days, issue: undefined };
  const told = await loadTold(parts.db, subscription.email, at);
  return { sendsAt, days, issue: await composeIssue(parts, { subscription, days, told }) };
}
