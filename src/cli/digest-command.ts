import fs from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../app.ts';
import { addDays, type Day, isDay } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { newestListedDay } from '../days/entry-store.ts';
import { composeIssue, type Issue, openComposing } from '../digests/compose-issue.ts';
import { DEFAULT_LANGUAGE, dateLanguages } from '../digests/date-languages.ts';
import { previewIssue } from '../digests/preview-issue.ts';
import { findSubscription } from '../digests/subscription-store.ts';
import { parseTopic, type Topic } from '../feed/topic.ts';
import { withApp, withExamples } from './command.ts';

const MAX_PAPERS = 100;
const DEFAULT_PAPERS = 10;
/** Searches may hold commas: a topic ends where another begins. */
const BETWEEN_TOPICS = /,(?=(?:trending|list)(?:,|$)|(?:category|author|search):)/;

type PreviewOptions = {
  subscription?: string;
  topics?: Topic[];
  day?: Day;
  papers: number;
  language: string;
  text?: boolean;
  html?: string;
};

/** Returns the group, for further commands. */
export function addDigestCommand(program: Command): Command {
  const digest = program.command('digest').description('see what digests hold, and send them');
  withExamples(
    digest
      .command('preview')
      .description('print an issue as it would be mailed now; nothing is sent')
      .option('--subscription <id>', 'the next issue of a subscription')
      .option('--topics <list>', 'of topics such as list,trending,category:cs.LG', topicsArgument)
      .option('--day <day>', 'of a day, YYYY-MM-DD; unset: the newest that has a list', dayArgument)
      .option('--papers <number>', 'how many at most', papersArgument, DEFAULT_PAPERS)
      .option('--language <tag>', 'how dates are written', languageArgument, DEFAULT_LANGUAGE)
      .option('--text', 'print the plain text, also with --html')
      .option('--html <file>', 'write the HTML to a file')
      .action(preview),
    [
      'digest preview --topics list --day 2025-10-29',
      'digest preview --topics "trending,category:cs.LG,search:either:layer normalization" --html issue.html',
      'digest preview --subscription 0f3k9w2m5x7q1z8r4t6y',
    ],
  );
  return digest;
}

async function preview(options: PreviewOptions): Promise<void> {
  const { subscription, topics, html, text } = options;
  if ((subscription === undefined) === (topics === undefined)) {
    throw new AppError('invalid', 'Name either a subscription or topics.');
  }
  await withApp(async (app) => {
    const issue = topics
      ? await issueOfTopics(app, topics, options)
      : await issueOfSubscription(app, subscription as string);
    if (!issue) {
      process.stdout.write('Nothing to tell: no mail would be sent.\n');
      return;
    }
    if (html !== undefined) fs.writeFileSync(html, issue.html);
    if (text || html === undefined) {
      process.stdout.write(`Subject: ${issue.subject}\n\n${issue.text}`);
    } else process.stdout.write(`Subject: ${issue.subject}\nWritten to ${html}\n`);
  });
}

async function issueOfTopics(
  app: App,
  topics: Topic[],
  { day, papers, language }: PreviewOptions,
): Promise<Issue | undefined> {
  const first = day ?? (await newestListedDay(app.database.read, app.today())) ?? app.today();
  const subscription = {
    id: 'preview',
    personId: undefined,
    cadence: 'weekdays' as const,
    topics: topics.map((topic) => ({ topic, isPaused: false })),
    maxPapers: papers,
    language,
  };
  const days = { first, end: addDays(first, 1) };
  return composeIssue(openParts(app), { subscription, days, told: new Set() });
}

async function issueOfSubscription(app: App, id: string): Promise<Issue | undefined> {
  const subscription = await findSubscription(app.database.read, id);
  if (!subscription) {
    throw new AppError('not-found', `There is no subscription ${id.slice(0, 40)} here.`);
  }
  const { timeZone } = app.config;
  const options = { instanceZone: timeZone };
  return (await previewIssue(openParts(app), subscription, options)).issue;
}

function openParts(app: App) {
  return openComposing(app, app.config.url ?? 'http://localhost');
}

function topicsArgument(text: string): Topic[] {
  return text.split(BETWEEN_TOPICS).map(parseTopic);
}

function dayArgument(text: string): Day {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('Write a day as YYYY-MM-DD.');
}

function languageArgument(tag: string): string {
  if (dateLanguages().some((one) => one.tag === tag)) return tag;
  const tags = dateLanguages().map((one) => one.tag);
  throw new InvalidArgumentError(`Write one of ${tags.sort().join(', ')}.`);
}

function papersArgument(text: string): number {
  const papers = Number(text);
  if (/^\d+$/.test(text) && papers >= 1 && papers <= MAX_PAPERS) return papers;
  throw new InvalidArgumentError(`Write a number from 1 to ${MAX_PAPERS}.`);
}
