import type { Command } from 'commander';
import { type Day, parseDay } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { lastClosedDay } from '../digests/issue-days.ts';
import { loadIssueFigures } from '../digests/issue-figures.ts';
import { loadStanding } from '../digests/list-deliveries.ts';
import { type DayIssue, makeDayIssue } from '../digests/make-day-issue.ts';
import { findPause } from '../digests/sending-pause.ts';
import { counted } from '../language/en/counted.ts';
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
    // Its list still changes, and its readers would get nothing before it is over.
    if (given !== undefined && given > last) {
      throw new AppError('invalid', `${given} is not over: the last day that is, is ${last}.`);
    }
    const day = given ?? (await newestListedDay(database.read, last));
    if (day === undefined) {
      throw new AppError('not-found', 'No day has a list yet: there is nothing to send.');
    }
    const made = await makeDayIssue(database, day, { isDry });
    print({ ...made, isDry }, [inWords(day, made, isDry)], json);
  });
}

function inWords(day: Day, { recipients, hadIt }: DayIssue, isDry: boolean): string {
  const had = hadIt > 0 ? `; ${counted(hadIt, 'reader')} had it before` : '';
  if (recipients === 0) return `Nobody is left to get the issue of ${day}${had}.`;
  const readers = counted(recipients, 'reader');
  return isDry
    ? `${readers} would get the issue of ${day}${had}.`
    : `The issue of ${day} waits for ${readers}${had}. "serve" and "work" send it.`;
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withApp(async ({ database }) => {
    const db = database.read;
    const issues = await loadIssueFigures(db);
    const standing = await loadStanding(db);
    const pause = await findPause(db);
    const lines = issues.map(
      (one) =>
        `${one.issue.padEnd(20)} ${counted(one.recipients, 'recipient')}: ${one.waiting + one.sending} waiting, ${one.sent} sent, ${one.empty} empty, ${one.failed} failed, ${one.uncertain} uncertain, ${one.suppressed} suppressed, ${one.dropped} dropped`,
    );
    if (lines.length === 0) lines.push('No issue has been due yet.');
    lines.push(
      `${counted(standing.activeSubscriptions, 'active subscription')}, next issue due ${standing.nextDueAt ?? 'never'}; ${counted(standing.waiting, 'mail')} waiting.`,
    );
    if (pause) lines.push(`Nothing is sent since ${pause.beganAt}: ${pause.problem}`);
    print({ issues, standing, pause: pause ?? null }, lines, json);
  });
}
