// What values of settings may be: each function throws an Error whose message completes "NAME …".
import { isIP } from 'node:net';
import path from 'node:path';
import { Cron } from 'croner';
import { type Day, isDay } from '../base/calendar.ts';

export const text = (value: string) => value;

export function flag(value: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(value.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off', ''].includes(value.toLowerCase())) return false;
  throw new Error(`is "${value}", but must be true or false`);
}

export function integer(min: number, max: number) {
  return (value: string): number => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    throw new Error(`is "${value}", but must be a whole number from ${min} to ${max}`);
  };
}

export function oneOf<const T extends string>(...allowed: T[]) {
  return (value: string): T => {
    const found = allowed.find((choice) => choice === value);
    if (found !== undefined) return found;
    throw new Error(`is "${value}", but must be one of ${allowed.join(', ')}`);
  };
}

export function words(value: string): string[] {
  return value.split(/[\s,]+/).filter((word) => word !== '');
}

export function publicUrl(value: string): string {
  if (value === '') return '';
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new Error(`is "${value}", but must be an address such as https://papers.example.org`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`is "${value}", but must begin with http:// or https://`);
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new Error(`is "${value}", but must be an address without a path`);
  }
  return url.origin;
}

export function databaseUrl(value: string): string {
  if (value === '' || /^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(value)) return value;
  throw new Error(
    `is "${value.replace(/:[^:@/]+@/, ':…@')}", but must be sqlite:/path/to/file or postgres://user:password@host/database`,
  );
}

export function timeZone(value: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    throw new Error(`is "${value}", but must be a time zone such as UTC or Europe/Berlin`);
  }
}

export function proxies(value: string): string[] {
  return words(value).map((word) => {
    const [address = '', prefix, ...rest] = word.split('/');
    const family = isIP(address);
    const bits = prefix === undefined ? 0 : Number(prefix);
    if (
      family === 0 ||
      rest.length > 0 ||
      !Number.isInteger(bits) ||
      bits > (family === 4 ? 32 : 128)
    ) {
      throw new Error(`has "${word}", but must list addresses or networks such as 10.0.0.0/8`);
    }
    return word;
  });
}

export function sourceUrl(value: string): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new Error(`is "${value}", but must be an address such as https://rss.arxiv.org/rss`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`is "${value}", but must begin with http:// or https://`);
  }
  return url.href.replace(/\/+$/, '');
}

export function hostsWithPort(value: string): string[] {
  return words(value).map((word) => {
    const url = URL.canParse(`http://${word}`) ? new URL(`http://${word}`) : undefined;
    const port = /:(\d+)$/.exec(word)?.[1];
    if (url?.pathname !== '/' || !/^[^/?#@\\]+$/.test(word) || port === undefined) {
      throw new Error(
        `has "${word}", but must list hosts with their ports such as preprints.internal:443`,
      );
    }
    return `${url.hostname}:${Number(port)}`;
  });
}

/** The message must not show it: it may hold a password. */
export function smtpUrl(value: string): string {
  if (value === '') return '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isSmtp = url?.protocol === 'smtp:' || url?.protocol === 'smtps:';
  if (!url || !isSmtp || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.search !== '') {
    throw new Error('must be an address such as smtps://user:password@mail.example.org');
  }
  // As a page shows one, with another host.
  if (decodeURI(url.password) === '…') {
    throw new Error('has … in the place of its password: write the password again');
  }
  try {
    decodeURIComponent(url.username + url.password);
  } catch {
    throw new Error('has a % in its user or password: write it as %25');
  }
  return value;
}

/** `Name <address>` or an address alone; the name is empty where there is none. */
export function sender(value: string): { name: string; address: string } | undefined {
  if (value === '') return undefined;
  const [, name = '', named, bare] = /^(?:([^<>]*)<([^<>]*)>|([^<>]*))$/.exec(value) ?? [];
  const address = (named ?? bare ?? '').trim();
  if (/^[^\s@,;:"()[\]\\]+@[^\s@,;:"()[\]\\]+$/.test(address)) {
    return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
  }
  throw new Error(`is "${value}", but must be such as Broadsheet <papers@example.org>`);
}

/** The longest that leaves room for a signed id behind it in the 64 signs that a local part may have. */
const MAX_RETURN_NAME = 20;

export function returnAddress(value: string): string {
  const [, name = ''] = /^([a-z0-9._-]+)@(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}$/i.exec(value) ?? [];
  if (value === '' || (name !== '' && name.length <= MAX_RETURN_NAME)) return value.toLowerCase();
  throw new Error(
    `is "${value}", but must be such as returns@papers.example.org, with at most ${MAX_RETURN_NAME} signs before the @`,
  );
}

/** The message must not show it: it may hold a password. */
export function imapUrl(value: string): string {
  if (value === '') return '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isImap = url?.protocol === 'imap:' || url?.protocol === 'imaps:';
  if (!url || !isImap || url.hostname === '' || url.username === '' || url.search !== '') {
    throw new Error('must be an address such as imaps://user:password@mail.example.org/INBOX');
  }
  try {
    decodeURIComponent(url.username + url.password + url.pathname);
  } catch {
    throw new Error('has a % in its user, password or folder: write it as %25');
  }
  return value;
}

/** A file, or the text of a key with its line breaks as they are or as \n. The message must not show it. */
export function keyOrFile(value: string): string {
  return value.startsWith('-----') ? value.replaceAll('\\n', '\n') : value;
}

export function selector(value: string): string {
  if (/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/i.test(value)) return value.toLowerCase();
  throw new Error(`is "${value}", but must be letters, digits and hyphens such as mail2026`);
}

export function nameServers(value: string): string[] {
  return words(value).map((word) => {
    const [, host = word] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/.exec(word)?.filter(Boolean) ?? [];
    if (isIP(host) !== 0) return word;
    throw new Error(`has "${word}", but must list addresses such as 9.9.9.9 or 127.0.0.1:5353`);
  });
}

/** The message must not show it. */
export function userAndPassword(value: string): string {
  if (value === '' || /^[!-9;-~]+:[!-~]+$/.test(value)) return value;
  throw new Error('must be a user and a password such as broadsheet:a-long-password');
}

export function embedderUrl(value: string): string {
  if (value === '') return '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error('must be an address such as http://localhost:11434/v1');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('must not hold a password: a key goes into BROADSHEET_EMBEDDER_KEY');
  }
  return url.href.replace(/\/+$/, '');
}

/** What may stand in a header. The message must not show it. */
export function secret(value: string): string {
  if (/^[!-~]*$/.test(value)) return value;
  throw new Error('has signs that no key has: copy it again');
}

export function lines(value: string): string {
  const plain = value.replaceAll('\\n', '\n');
  if (plain.length <= MAX_RULES) return plain;
  throw new Error(`has ${plain.length} signs, but may have ${MAX_RULES} at most`);
}

const MAX_RULES = 10_000;

/** Settings are trimmed: the space behind a prefix is put there. */
export function prefix(value: string): string {
  const plain = value.replaceAll('\\n', '\n');
  return plain === '' || plain.endsWith('\n') ? plain : `${plain} `;
}

export function searchUri(value: string): string {
  if (value === '' || /^s3:\/\/[^/\s]+/.test(value)) return value.replace(/\/+$/, '');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
    throw new Error(`is "${value}", but must be a folder or s3://bucket/folder`);
  }
  return path.resolve(value);
}

export function share(value: string): number | undefined {
  if (value === '') return undefined;
  const number = Number(value);
  if (/^[0-9.]+$/.test(value) && number >= 0 && number <= 1) return number;
  throw new Error(`is "${value}", but must be a number from 0 to 1`);
}

export function cronLine(value: string): string {
  try {
    new Cron(value, { paused: true });
    return value;
  } catch (error) {
    throw new Error(
      `is "${value}", but must be a cron line such as 15 0,7 * * 1-5 (${(error as Error).message})`,
    );
  }
}

export function domains(value: string): string[] {
  return words(value).map((word) => {
    const domain = word.toLowerCase().replace(/^@/, '');
    if (/^(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}$/.test(domain)) return domain;
    throw new Error(`has "${word}", but must list domains such as example.org`);
  });
}

export function issuerUrl(value: string): string {
  if (value === '') return '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href.replace(/\/+$/, '');
  throw new Error(
    `is "${value}", but must be an address such as https://login.example.org/realms/lab`,
  );
}

export function signingSecret(value: string): string {
  if (value === '' || value.length >= MIN_SECRET_LENGTH) return secret(value);
  throw new Error(
    `is shorter than ${MIN_SECRET_LENGTH} signs: make one with "openssl rand -hex 32"`,
  );
}

const MIN_SECRET_LENGTH = 32;

export function days(value: string): Day[] {
  return words(value).map((word) => {
    if (isDay(word)) return word;
    throw new Error(`has "${word}", but must list days such as 2026-12-25`);
  });
}

export function categories(value: string): string[] {
  return words(value).map((word) => {
    if (/^[a-z-]+(\.[A-Za-z-]+)?$/.test(word)) return word;
    throw new Error(`has "${word}", but must list arXiv categories such as cs.LG`);
  });
}
