import type { Command } from 'commander';
import { AppError } from '../base/errors.ts';
import type { Config } from '../config.ts';
import { checkMail, type Finding } from '../mail/check-mail.ts';
import { findDkimKey, listSelectors, readDkimKey } from '../mail/dkim-keys.ts';
import { openDns } from '../mail/dns-questions.ts';
import { openMailer } from '../mail/open-mailer.ts';
import { loadAllSettings, print, withExamples } from './command.ts';

type CheckOptions = { to?: string; json?: boolean };

const MARKS = { right: 'ok     ', better: 'could  ', wrong: 'BAD    ', unknown: 'unknown' };

export function addCheckCommand(mail: Command): void {
  withExamples(
    mail
      .command('check')
      .description('look whether mail will arrive; exit code 1 when something must be mended')
      .option('--to <address>', 'send a test message there afterwards')
      .option('--json', 'print the findings as JSON')
      .action(async ({ to, json }: CheckOptions) => {
        const config = await loadAllSettings();
        const findings = await examine(config);
        const isOk = findings.every(({ state }) => state !== 'wrong');
        const lines = findings.map(
          ({ check, state, detail }) => `${MARKS[state]} ${check}: ${detail}`,
        );
        if (findings.some(isUnanswered))
          lines.push('Nothing was found out of what no name server told.');
        const sent = to === undefined ? undefined : await sendTest(config, to);
        print({ isOk, findings, sent }, [...lines, ...(sent ? [sent] : [])], json);
        if (!isOk || findings.some(isUnanswered)) process.exitCode = 1;
      }),
    ['mail check', 'mail check --to you@example.org', 'mail check --json'],
  );
}

function isUnanswered({ state, detail }: Finding): boolean {
  return state === 'unknown' && detail.startsWith('no name server');
}

async function examine(config: Config): Promise<Finding[]> {
  const { key } = config.mail.dkim;
  const signing = findDkimKey(config);
  const others = key === '' ? listSelectors(config).slice(1) : [];
  const keys = [
    ...(signing ? [signing] : []),
    ...others.map((selector) => readDkimKey(config, selector)),
  ];
  const dns = openDns(config.mail.nameServers);
  return checkMail(dns, { mail: config.mail, url: config.url, keys });
}

async function sendTest(config: Config, to: string): Promise<string> {
  const mailer = openMailer(config);
  try {
    const { file } = await mailer.send({
      to,
      subject: `A test of ${config.name}`,
      text: `This is a test of the mail of ${config.name} at ${config.url ?? 'a free port'}.\n\nIn its headers, Authentication-Results says whether SPF, DKIM and DMARC passed.\n`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...(config.mail.returnAddress === '' ? {} : { returnPath: config.mail.returnAddress }),
    });
    if (file !== undefined) {
      throw new AppError(
        'unavailable',
        `The test was written to ${file}, and not sent: set BROADSHEET_SMTP_URL.`,
      );
    }
    return `A test was handed over for ${to}: look whether it arrives, and not as spam.`;
  } finally {
    mailer.close();
  }
}
