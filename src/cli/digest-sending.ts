import type { Command } from 'commander';
import { parseDay } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { lastClosedDay } from '../digests/issue-days.ts';
import { loadIssueFigures } from '../digests/issue-figures.ts';
import { loadStanding } from '../digests/list-deliveries.ts';
import { makeDayIssue } from '../digests/make-day-issue.ts';
import { findPause } from '../digests/sending-pause.ts';
import { print, withApp, withExamples } from './command.ts';

type SendOptions = { day?: string; dryRun?: boolean; json?: boolean };

export function addDigestSending(digest: Command): void {
  withExamples(
    digest
      .command('send')
      .description("send a day's issue now to all who get one on weekdays and have not had it")
      .option('--day <day>', 'YYYY-MM-DD; unset: the newest day that is over and has a list')
      .option('--dry-run', 'only say how many would get it')
      .option('--json', 'print as JSON')
      .action(send),
    ['digest send --dry-run', 'digest send --day 2025-10-29'],
  );
  withExamples(
    digest
      .command('list')
      .description('how the newest issues fared')
      .option('--json', 'print as JSON')
      .action(list),
    ['digest list'],
  );
}

async function send({ day: asked, dryRun: isDry = false, json }: SendOptions): Promise<void> {
  const given = asked === undefined ? undefined : parseDay(asked);
  await withApp(async ({ config, database }) => {
    const last = lastClosedDay(new Date(), config.timeZone);
    const day = given ?? (await newestListedDay(database.read, last));
    if (day === undefined) {
      throw new AppError('not-found', 'No day has a list yet: there is nothing to send.');
    }
    const made = await makeDayIssue(database, day, { isDry });
    const had = made.hadIt > 0 ? `; ${made.hadIt} have had it` : '';
    const lines = [
      isDry
        ? `${made.recipients} would get the issue of ${day}${had}.`
        : `The issue of ${day} waits for ${made.recipients} readers${had}; "serve" and "work" send it.`,
    ];
    print({ ...made, isDry }, lines, json);
  });
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withApp(async ({ database }) => {
    const db = database.read;
    const issues = await loadIssueFigures(db);
    const standing = await loadStanding(db);
    const pause = await findPause(db);
    const lines = issues.map(
      (one) =>
        `${one.issue.padEnd(20)} ${one.recipients} recipients: ${one.waiting + one.sending} waiting, ${one.sent} sent, ${one.empty} empty, ${one.failed} failed, ${one.uncertain} uncertain, ${one.suppressed} suppressed, ${one.dropped} dropped`,
    );
    if (lines.length === 0) lines.push('No issue has been due yet.');
    lines.push(
      `${standing.activeSubscriptions} active subscriptions, next issue due ${standing.nextDueAt ?? 'never'}; ${standing.waiting} mails waiting.`,
    );
    if (pause) lines.push(`Nothing is sent since ${pause.beganAt}: ${pause.problem}`);
    print({ issues, standing, pause: pause ?? null }, lines, json);
  });
}
