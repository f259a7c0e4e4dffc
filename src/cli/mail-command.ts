import type { Command } from 'commander';
import { AppError } from '../base/errors.ts';
import type { Config } from '../config.ts';
import {
  type DkimKey,
  findDkimKey,
  listSelectors,
  makeDkimKey,
  readDkimKey,
  useDkimKey,
} from '../mail/dkim-keys.ts';
import { type DnsRecord, dkimRecord, renderRecord, suggestRecords } from '../mail/dns-records.ts';
import { domainOf } from '../mail/sign-mail.ts';
import { loadAllSettings, print, withExamples } from './command.ts';
import { addCheckCommand } from './mail-check-command.ts';
import { addReceiveCommand } from './mail-receive-command.ts';

type DkimOptions = { selector?: string; rotate?: boolean; json?: boolean };

export function addMailCommand(program: Command): void {
  const mail = program
    .command('mail')
    .description('make mail arrive, and take in what comes back; docs/mail.md has it all');
  withExamples(mail, ['mail dkim', 'mail check --to you@example.org', 'mail receive --imap']);
  withExamples(
    mail
      .command('dkim')
      .description('make the key that mail is signed with, and print the DNS records to set')
      .option('--selector <name>', 'its name in the DNS; of a key that is there: sign with it')
      .option('--rotate', 'make another key, which signs only when it is chosen by --selector')
      .option('--json', 'print the records as JSON')
      .action(async (options: DkimOptions) => {
        const config = await loadAllSettings();
        const { keys, told } = prepareKeys(config, options);
        const domain = domainOf(config.mail.from.address);
        const records = [
          ...keys.map((key) => dkimRecord(key, domain)),
          ...suggestRecords(config.mail, config.contact),
        ];
        print({ domain, records }, [...told, '', ...records.flatMap(describe)], options.json);
      }),
    ['mail dkim', 'mail dkim --rotate --selector mail2', 'mail dkim --selector mail2'],
  );
  addCheckCommand(mail);
  addReceiveCommand(mail);
}

function prepareKeys(
  config: Config,
  { selector, rotate }: DkimOptions,
): { keys: DkimKey[]; told: string[] } {
  if (selector !== undefined && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(selector)) {
    throw new AppError('invalid', 'A selector is of letters, digits and hyphens, such as mail2.');
  }
  if (config.mail.dkim.key !== '') {
    if (selector !== undefined || rotate) {
      throw new AppError(
        'conflict',
        'The key is given by BROADSHEET_DKIM_KEY: make another without that setting, and change the setting.',
      );
    }
    const key = findDkimKey(config) as DkimKey;
    return { keys: [key], told: ['Mail is signed with the key of BROADSHEET_DKIM_KEY.'] };
  }
  const told = changeKeys(config, selector, rotate ?? false);
  return { keys: listSelectors(config).map((name) => readDkimKey(config, name)), told };
}

/** Says what was done. */
function changeKeys(config: Config, selector: string | undefined, rotates: boolean): string[] {
  const known = listSelectors(config);
  const [current] = known;
  if (current === undefined) {
    const { selector: name } = makeDkimKey(config, selector ?? newSelector(known));
    return [`Made the key ${name}. From now on mail is signed with it: set the records below.`];
  }
  if (rotates) {
    const { selector: name } = makeDkimKey(config, selector ?? newSelector(known));
    return [
      `Made the key ${name}; mail is still signed with ${current}.`,
      `Set its record, wait until "broadsheet mail check" sees it, then run "broadsheet mail dkim --selector ${name}".`,
    ];
  }
  if (selector !== undefined && selector !== current) {
    useDkimKey(config, selector);
    return [
      `From the next message on mail is signed with ${selector}. Leave the record of ${current} for a week.`,
    ];
  }
  return [`Mail is signed with ${current}.`];
}

/** By the month, which says how old a key is. */
function newSelector(known: string[]): string {
  const base = `mail${new Date().toISOString().slice(0, 7).replace('-', '')}`;
  let name = base;
  for (let number = 2; known.includes(name); number++) name = `${base}-${number}`;
  return name;
}

function describe(record: DnsRecord): string[] {
  return [`; ${record.why}`, renderRecord(record), ''];
}
