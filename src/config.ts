// Every setting once: its name, type, default and the line of documentation that
// `.env.example` and `docs/settings.md` are generated from; and which of them administrators may save.
import { isIP } from 'node:net';
import path from 'node:path';
import { Cron } from 'croner';
import { type Day, isDay } from './base/calendar.ts';
import { AppError } from './base/errors.ts';
import { LANGUAGE_TAGS } from './language/words.ts';

type Setting<T> = {
  /** What a value looks like, for the documentation. */
  type: string;
  /** As it would be written in the environment; empty means that it is unset. */
  default: string;
  doc: string;
  /** Throws an Error whose message completes "NAME …". */
  parse(text: string): T;
};

function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

const text = (value: string) => value;

function flag(value: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(value.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off', ''].includes(value.toLowerCase())) return false;
  throw new Error(`is "${value}", but must be true or false`);
}

function integer(min: number, max: number) {
  return (value: string): number => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    throw new Error(`is "${value}", but must be a whole number from ${min} to ${max}`);
  };
}

function oneOf<const T extends string>(...allowed: T[]) {
  return (value: string): T => {
    const found = allowed.find((choice) => choice === value);
    if (found !== undefined) return found;
    throw new Error(`is "${value}", but must be one of ${allowed.join(', ')}`);
  };
}

function words(value: string): string[] {
  return value.split(/[\s,]+/).filter((word) => word !== '');
}

function publicUrl(value: string): string {
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

function databaseUrl(value: string): string {
  if (value === '' || /^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(value)) return value;
  throw new Error(
    `is "${value.replace(/:[^:@/]+@/, ':…@')}", but must be sqlite:/path/to/file or postgres://user:password@host/database`,
  );
}

function timeZone(value: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    throw new Error(`is "${value}", but must be a time zone such as UTC or Europe/Berlin`);
  }
}

function proxies(value: string): string[] {
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

function sourceUrl(value: string): string {
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

function hostsWithPort(value: string): string[] {
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
function smtpUrl(value: string): string {
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
function sender(value: string): { name: string; address: string } | undefined {
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

function returnAddress(value: string): string {
  const [, name = ''] = /^([a-z0-9._-]+)@(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}$/i.exec(value) ?? [];
  if (value === '' || (name !== '' && name.length <= MAX_RETURN_NAME)) return value.toLowerCase();
  throw new Error(
    `is "${value}", but must be such as returns@papers.example.org, with at most ${MAX_RETURN_NAME} signs before the @`,
  );
}

/** The message must not show it: it may hold a password. */
function imapUrl(value: string): string {
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
function keyOrFile(value: string): string {
  return value.startsWith('-----') ? value.replaceAll('\\n', '\n') : value;
}

function selector(value: string): string {
  if (/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/i.test(value)) return value.toLowerCase();
  throw new Error(`is "${value}", but must be letters, digits and hyphens such as mail2026`);
}

function nameServers(value: string): string[] {
  return words(value).map((word) => {
    const [, host = word] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/.exec(word)?.filter(Boolean) ?? [];
    if (isIP(host) !== 0) return word;
    throw new Error(`has "${word}", but must list addresses such as 9.9.9.9 or 127.0.0.1:5353`);
  });
}

/** The message must not show it. */
function userAndPassword(value: string): string {
  if (value === '' || /^[!-9;-~]+:[!-~]+$/.test(value)) return value;
  throw new Error('must be a user and a password such as broadsheet:a-long-password');
}

function embedderUrl(value: string): string {
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
function secret(value: string): string {
  if (/^[!-~]*$/.test(value)) return value;
  throw new Error('has signs that no key has: copy it again');
}

function lines(value: string): string {
  const plain = value.replaceAll('\\n', '\n');
  if (plain.length <= MAX_RULES) return plain;
  throw new Error(`has ${plain.length} signs, but may have ${MAX_RULES} at most`);
}

const MAX_RULES = 10_000;

/** Settings are trimmed: the space behind a prefix is put there. */
function prefix(value: string): string {
  const plain = value.replaceAll('\\n', '\n');
  return plain === '' || plain.endsWith('\n') ? plain : `${plain} `;
}

function searchUri(value: string): string {
  if (value === '' || /^s3:\/\/[^/\s]+/.test(value)) return value.replace(/\/+$/, '');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
    throw new Error(`is "${value}", but must be a folder or s3://bucket/folder`);
  }
  return path.resolve(value);
}

function share(value: string): number | undefined {
  if (value === '') return undefined;
  const number = Number(value);
  if (/^[0-9.]+$/.test(value) && number >= 0 && number <= 1) return number;
  throw new Error(`is "${value}", but must be a number from 0 to 1`);
}

function cronLine(value: string): string {
  try {
    new Cron(value, { paused: true });
    return value;
  } catch (error) {
    throw new Error(
      `is "${value}", but must be a cron line such as 15 0,7 * * 1-5 (${(error as Error).message})`,
    );
  }
}

function domains(value: string): string[] {
  return words(value).map((word) => {
    const domain = word.toLowerCase().replace(/^@/, '');
    if (/^(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}$/.test(domain)) return domain;
    throw new Error(`has "${word}", but must list domains such as example.org`);
  });
}

function issuerUrl(value: string): string {
  if (value === '') return '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href.replace(/\/+$/, '');
  throw new Error(
    `is "${value}", but must be an address such as https://login.example.org/realms/lab`,
  );
}

function signingSecret(value: string): string {
  if (value === '' || value.length >= MIN_SECRET_LENGTH) return secret(value);
  throw new Error(
    `is shorter than ${MIN_SECRET_LENGTH} signs: make one with "openssl rand -hex 32"`,
  );
}

const MIN_SECRET_LENGTH = 32;

function days(value: string): Day[] {
  return words(value).map((word) => {
    if (isDay(word)) return word;
    throw new Error(`has "${word}", but must list days such as 2026-12-25`);
  });
}

function categories(value: string): string[] {
  return words(value).map((word) => {
    if (/^[a-z-]+(\.[A-Za-z-]+)?$/.test(word)) return word;
    throw new Error(`has "${word}", but must list arXiv categories such as cs.LG`);
  });
}

export const SETTINGS = {
  BROADSHEET_DATA: setting({
    type: 'folder',
    default: 'data',
    doc: 'Where everything that Broadsheet keeps is: the embedded database, rejected records.',
    parse: (value) => path.resolve(value),
  }),
  BROADSHEET_DATABASE_URL: setting({
    type: 'sqlite:FILE or postgres://…',
    default: '',
    doc: 'The database. Unset: the file broadsheet.db in the data folder.',
    parse: databaseUrl,
  }),
  BROADSHEET_HOST: setting({
    type: 'address',
    default: '127.0.0.1',
    doc: 'The address to listen on. The default answers on this machine only; 0.0.0.0 answers on every network.',
    parse: text,
  }),
  BROADSHEET_PORT: setting({
    type: 'number',
    default: '3000',
    doc: 'The port to listen on; 0 takes a free one.',
    parse: integer(0, 65_535),
  }),
  BROADSHEET_URL: setting({
    type: 'URL',
    default: '',
    doc: 'The public address, used for every absolute link; the Host header is never used. Unset: http://localhost with the port.',
    parse: publicUrl,
  }),
  BROADSHEET_TRUSTED_PROXIES: setting({
    type: 'addresses',
    default: '',
    doc: "Reverse proxies whose X-Forwarded-For is believed when a visitor's address is logged: addresses or networks, separated by commas.",
    parse: proxies,
  }),
  BROADSHEET_NAME: setting({
    type: 'text',
    default: 'Broadsheet',
    doc: 'The name of this instance, shown at the head of every page.',
    parse: text,
  }),
  BROADSHEET_LANGUAGE: setting({
    type: LANGUAGE_TAGS.join(' or '),
    default: 'en',
    doc: 'The language of pages and mails; each is a file of src/language.',
    parse: oneOf(...LANGUAGE_TAGS),
  }),
  BROADSHEET_CATEGORIES: setting({
    type: 'categories',
    default: 'cs.AI cs.CL cs.CV cs.LG',
    doc: "The arXiv categories whose announcements fill a day's “All new”.",
    parse: categories,
  }),
  BROADSHEET_TIME_ZONE: setting({
    type: 'time zone',
    default: 'UTC',
    doc: 'The time zone in which a day begins and ends.',
    parse: timeZone,
  }),
  BROADSHEET_DEMO: setting({
    type: 'true or false',
    default: 'true',
    doc: 'Whether a start with an empty database loads the demo edition of October 2025.',
    parse: flag,
  }),
  BROADSHEET_HF_MARKUP: setting({
    type: 'true or false',
    default: 'false',
    doc: 'Whether pages also carry the data-props that scrapers of huggingface.co/papers read; it makes pages several times larger.',
    parse: flag,
  }),
  BROADSHEET_READ_OFFLINE: setting({
    type: 'true or false',
    default: 'true',
    doc: 'Whether browsers keep the public pages that were read last and show them again where there is no network. Set to false, browsers that have kept pages forget them at their next visit.',
    parse: flag,
  }),
  BROADSHEET_CONTACT: setting({
    type: 'text',
    default: '',
    doc: 'An e-mail or web address that outgoing requests name, so that a source can reach the person in charge.',
    parse: text,
  }),
  BROADSHEET_OFFLINE: setting({
    type: 'true or false',
    default: 'false',
    doc: 'Keeps Broadsheet from asking arXiv or anyone else by itself; commands that import from an address still do.',
    parse: flag,
  }),
  BROADSHEET_WORK_SLOTS: setting({
    type: 'number',
    default: '4',
    doc: 'How many jobs a `work` process does at once. With four, a long harvest never keeps a paper that a reader asked for waiting.',
    parse: integer(1, 64),
  }),
  BROADSHEET_SOURCE_TIMEOUT_S: setting({
    type: 'number',
    default: '90',
    doc: 'Seconds that one answer of an outside service may take in all.',
    parse: integer(1, 3_600),
  }),
  BROADSHEET_PRIVATE_HOSTS: setting({
    type: 'hosts with ports',
    default: '',
    doc: 'Hosts that may be asked when a person pastes their address although they are not public: of papers, or of chat servers to post to, such as preprints.internal:443, separated by spaces. Everything else that is pasted must be at a public address and port 80 or 443.',
    parse: hostsWithPort,
  }),
  BROADSHEET_TELEGRAM_URL: setting({
    type: 'URL',
    default: 'https://api.telegram.org',
    doc: 'Where posts to Telegram go, or a Bot API server of your own, which may be private.',
    parse: sourceUrl,
  }),
  BROADSHEET_DOI_URL: setting({
    type: 'URL',
    default: 'https://doi.org',
    doc: 'Where DOIs are asked for what they name, or a mirror of it, which may be private.',
    parse: sourceUrl,
  }),
  BROADSHEET_ARXIV_OAI_URL: setting({
    type: 'URL',
    default: 'https://oaipmh.arxiv.org/oai',
    doc: "arXiv's OAI-PMH service, or a mirror of it.",
    parse: sourceUrl,
  }),
  BROADSHEET_ARXIV_RSS_URL: setting({
    type: 'URL',
    default: 'https://rss.arxiv.org/rss',
    doc: "arXiv's announcement feeds, without the category.",
    parse: sourceUrl,
  }),
  BROADSHEET_ARXIV_API_URL: setting({
    type: 'URL',
    default: 'https://export.arxiv.org/api/query',
    doc: "arXiv's API for looking up papers.",
    parse: sourceUrl,
  }),
  BROADSHEET_ARXIV_PAUSE_MS: setting({
    type: 'number',
    default: '3000',
    doc: 'Milliseconds from one request to arXiv to the next, over all processes. arXiv asks for 3000; less is for a mirror of your own.',
    parse: integer(0, 600_000),
  }),
  BROADSHEET_ARXIV_POLL_AT: setting({
    type: 'cron line',
    default: '15 0,1,3,7,12,18 * * 1-5',
    doc: "When the day's announcement feeds are read, in New York's time; they are made anew at midnight there.",
    parse: cronLine,
  }),
  BROADSHEET_ARXIV_HARVEST_AT: setting({
    type: 'cron line',
    default: '45 22 * * *',
    doc: "When the changes of arXiv's metadata are harvested, in New York's time; they are ready at 22:30 there.",
    parse: cronLine,
  }),
  BROADSHEET_ARXIV_HOLIDAYS: setting({
    type: 'days',
    default: '',
    doc: 'Further weekdays on which arXiv announces nothing, as the days that its feed would bear.',
    parse: days,
  }),
  BROADSHEET_EMBEDDER: setting({
    type: 'builtin, transformers or http',
    default: 'builtin',
    doc: 'What finds papers by meaning. builtin: a small model that comes along. transformers: a model of huggingface.co that runs here; it says what to install. http: a service such as Ollama, TEI, vLLM or OpenAI.',
    parse: oneOf('builtin', 'transformers', 'http'),
  }),
  BROADSHEET_EMBEDDER_MODEL: setting({
    type: 'name, file or folder',
    default: '',
    doc: "builtin: a model file of your own. transformers: a model's name on huggingface.co or a folder; unset: ibm-granite/granite-embedding-small-english-r2. http: the name that the service gives it.",
    parse: text,
  }),
  BROADSHEET_EMBEDDER_URL: setting({
    type: 'URL',
    default: '',
    doc: 'http: where /embeddings stands, such as http://localhost:11434/v1. It is asked even when BROADSHEET_OFFLINE is true.',
    parse: embedderUrl,
  }),
  BROADSHEET_EMBEDDER_KEY: setting({
    type: 'text',
    default: '',
    doc: 'http: the key that the service wants, if any.',
    parse: secret,
  }),
  BROADSHEET_EMBEDDER_QUERY_PREFIX: setting({
    type: 'text',
    default: '',
    doc: "What the model wants before a query, such as query:, without the space behind it; \\n is a new line. Unset: what the model's own files say.",
    parse: prefix,
  }),
  BROADSHEET_EMBEDDER_DOCUMENT_PREFIX: setting({
    type: 'text',
    default: '',
    doc: 'The same before a paper, such as passage:.',
    parse: prefix,
  }),
  BROADSHEET_EMBEDDER_DIMENSIONS: setting({
    type: 'number',
    default: '0',
    doc: 'http: asks for vectors of this length, for models that can shorten them; 0 takes them as they come.',
    parse: integer(0, 8_192),
  }),
  BROADSHEET_EMBEDDER_TIMEOUT_S: setting({
    type: 'number',
    default: '60',
    doc: 'http: seconds that one answer may take.',
    parse: integer(1, 3_600),
  }),
  BROADSHEET_SEARCH_URI: setting({
    type: 'folder or s3://…',
    default: '',
    doc: 'Where the search index is. Unset: the folder search in the data folder. An object store, with its credentials in the usual AWS_… variables, lets several machines share one index.',
    parse: searchUri,
  }),
  BROADSHEET_SEARCH_TIMEOUT_MS: setting({
    type: 'number',
    default: '1000',
    doc: 'Milliseconds after which a search answers with what it has: by words alone when the meaning is late.',
    parse: integer(50, 60_000),
  }),
  BROADSHEET_SEARCH_MEANING_WEIGHT: setting({
    type: 'number from 0 to 1',
    default: '',
    doc: 'How much the meaning counts against the words; 0 searches by words only. Unset: 0.5 for builtin, 0.6 for the others.',
    parse: share,
  }),
  BROADSHEET_SEARCH_NEAR_FROM: setting({
    type: 'number from 0 to 1',
    default: '',
    doc: 'From which cosine on a paper counts as near in meaning, where alerts, feeds and digests ask for it. Unset: 0.35 for builtin, 0.8 for the others; `broadsheet eval FOLDER --nearness` measures it.',
    parse: share,
  }),
  BROADSHEET_SECRET: setting({
    type: 'text',
    default: '',
    doc: 'What sessions and links are signed with, at least 32 signs. Unset: made at the first start and kept in the data folder; processes with data folders of their own must share one.',
    parse: signingSecret,
  }),
  BROADSHEET_COMMUNITY: setting({
    type: 'text',
    default: 'research',
    doc: "The community's name as it stands in “by … and the research community”.",
    parse: text,
  }),
  BROADSHEET_RULES: setting({
    type: 'Markdown',
    default: '',
    doc: "The community's rules, shown at /about; \\n is a new line. Unset: rules that suit most communities.",
    parse: lines,
  }),
  BROADSHEET_READING: setting({
    type: 'everyone or members',
    default: 'everyone',
    doc: 'Who may read. members: nothing but the sign-in page is shown to visitors without an account.',
    parse: oneOf('everyone', 'members'),
  }),
  BROADSHEET_JOINING: setting({
    type: 'open, domain, invitation or closed',
    default: 'open',
    doc: 'Who may make an account. domain: whoever has an address in BROADSHEET_JOINING_DOMAINS, or an invitation. invitation: whom a member has invited. closed: nobody.',
    parse: oneOf('open', 'domain', 'invitation', 'closed'),
  }),
  BROADSHEET_JOINING_DOMAINS: setting({
    type: 'domains',
    default: '',
    doc: 'The e-mail domains whose people may join with BROADSHEET_JOINING=domain, separated by commas; example.org does not include sub.example.org.',
    parse: domains,
  }),
  BROADSHEET_NEW_ROLE: setting({
    type: 'member or reader',
    default: 'member',
    doc: 'The role of new accounts; /about/roles says what each may do.',
    parse: oneOf('member', 'reader'),
  }),
  BROADSHEET_NEW_ACCOUNT_HOURS: setting({
    type: 'number',
    default: '24',
    doc: 'For so many hours an account is new: its votes are shown but weigh nothing in rankings, and it may write less often. 0 makes no difference.',
    parse: integer(0, 8_760),
  }),
  BROADSHEET_APPROVAL: setting({
    type: 'none or first',
    default: 'none',
    doc: 'first: the first comment of an account waits for a moderator.',
    parse: oneOf('none', 'first'),
  }),
  BROADSHEET_SUBMIT_WITHIN_DAYS: setting({
    type: 'number',
    default: '14',
    doc: "How old a paper may be, in days, to be submitted to the day's list; editors are free of this and the next two. 0: any age.",
    parse: integer(0, 36_500),
  }),
  BROADSHEET_SUBMIT_PER_DAY: setting({
    type: 'number',
    default: '5',
    doc: 'How many papers one member may submit a day.',
    parse: integer(0, 1_000),
  }),
  BROADSHEET_SUBMIT_WEEKENDS: setting({
    type: 'true or false',
    default: 'false',
    doc: 'Whether members may submit on Saturdays and Sundays.',
    parse: flag,
  }),
  BROADSHEET_GITHUB_ID: setting({
    type: 'text',
    default: '',
    doc: 'Sign-in with GitHub: the client id of an OAuth app whose callback is <address>/api/auth/callback/github.',
    parse: text,
  }),
  BROADSHEET_GITHUB_SECRET: setting({
    type: 'text',
    default: '',
    doc: 'Its client secret.',
    parse: secret,
  }),
  BROADSHEET_GOOGLE_ID: setting({
    type: 'text',
    default: '',
    doc: 'Sign-in with Google: the client id; the callback is <address>/api/auth/callback/google.',
    parse: text,
  }),
  BROADSHEET_GOOGLE_SECRET: setting({
    type: 'text',
    default: '',
    doc: 'Its client secret.',
    parse: secret,
  }),
  BROADSHEET_HUGGINGFACE_ID: setting({
    type: 'text',
    default: '',
    doc: 'Sign-in with Hugging Face: the client id; the callback is <address>/api/auth/callback/huggingface.',
    parse: text,
  }),
  BROADSHEET_HUGGINGFACE_SECRET: setting({
    type: 'text',
    default: '',
    doc: 'Its client secret.',
    parse: secret,
  }),
  BROADSHEET_ORCID_ID: setting({
    type: 'text',
    default: '',
    doc: 'Sign-in with ORCID: the client id; the callback is <address>/api/auth/callback/orcid.',
    parse: text,
  }),
  BROADSHEET_ORCID_SECRET: setting({
    type: 'text',
    default: '',
    doc: 'Its client secret.',
    parse: secret,
  }),
  BROADSHEET_ORCID_ISSUER: setting({
    type: 'URL',
    default: 'https://orcid.org',
    doc: 'Where ORCID is; https://sandbox.orcid.org is for trying it out.',
    parse: issuerUrl,
  }),
  BROADSHEET_OIDC_ISSUER: setting({
    type: 'URL',
    default: '',
    doc: 'Sign-in with any OpenID Connect service (Keycloak, Entra ID, Authentik, …): its issuer; the callback is <address>/api/auth/callback/oidc.',
    parse: issuerUrl,
  }),
  BROADSHEET_OIDC_ID: setting({
    type: 'text',
    default: '',
    doc: 'Its client id.',
    parse: text,
  }),
  BROADSHEET_OIDC_SECRET: setting({
    type: 'text',
    default: '',
    doc: 'Its client secret.',
    parse: secret,
  }),
  BROADSHEET_OIDC_NAME: setting({
    type: 'text',
    default: 'your organisation',
    doc: 'What the button calls it: “Continue with …”.',
    parse: text,
  }),
  BROADSHEET_SMTP_URL: setting({
    type: 'smtp:// or smtps:// URL',
    default: '',
    doc: 'The server that mail goes through, such as smtps://user:password@mail.example.org; the port is 465, and 587 for smtp://, unless it is given. smtp:// with a password wants STARTTLS, except from this machine itself. Unset: mail is not sent but written to files in the folder outbox of the data folder.',
    parse: smtpUrl,
  }),
  BROADSHEET_MAIL_CONNECTIONS: setting({
    type: 'number',
    default: '2',
    doc: 'How many connections to the mail server a process has at most; issues are sent over all of them at once.',
    parse: integer(1, 50),
  }),
  BROADSHEET_MAIL_PER_DOMAIN: setting({
    type: 'number',
    default: '600',
    doc: 'How many issues a minute go to the addresses of one domain, over all processes; the others do not wait for them. 0: as many as there are.',
    parse: integer(0, 1_000_000),
  }),
  BROADSHEET_MAIL_FROM: setting({
    type: 'name and address',
    default: '',
    doc: "Whom mail comes from, such as Broadsheet <papers@example.org>. Unset: the instance's name, and broadsheet@ with the host of BROADSHEET_URL.",
    parse: sender,
  }),
  BROADSHEET_MAIL_RETURN: setting({
    type: 'address',
    default: '',
    doc: 'Where bounces and mailed unsubscribes come back to, such as returns@papers.example.org: its mailbox must take returns+anything@, and "broadsheet mail receive" must get what arrives (docs/mail.md). Unset: bounces go to the sender, and are not counted.',
    parse: returnAddress,
  }),
  BROADSHEET_DIGEST_HOUR: setting({
    type: 'number',
    default: '8',
    doc: 'At which hour of the day digests go out, in their readers’ time zone, unless a reader chooses another.',
    parse: integer(0, 23),
  }),
  BROADSHEET_IMAP_URL: setting({
    type: 'imap:// or imaps:// URL',
    default: '',
    doc: 'A mailbox that the mail to BROADSHEET_MAIL_RETURN arrives in, such as imaps://user:password@mail.example.org/INBOX, looked into every five minutes. imap:// wants STARTTLS, except from this machine itself.',
    parse: imapUrl,
  }),
  BROADSHEET_DKIM_KEY: setting({
    type: 'file or text',
    default: '',
    doc: 'The private key that mail is signed with, as PEM, or the file that holds it; for several machines that share one. Unset: the key that "broadsheet mail dkim" made in the data folder, if there is one.',
    parse: keyOrFile,
  }),
  BROADSHEET_DKIM_SELECTOR: setting({
    type: 'name',
    default: '',
    doc: 'The selector of BROADSHEET_DKIM_KEY: under which name its public half stands in the DNS.',
    parse: selector,
  }),
  BROADSHEET_DNS_SERVERS: setting({
    type: 'addresses',
    default: '',
    doc: 'The name servers that "broadsheet mail check" asks. Unset: those of the system.',
    parse: nameServers,
  }),
  BROADSHEET_SES_TOPICS: setting({
    type: 'list',
    default: '',
    doc: 'The ARNs of the SNS topics by which Amazon SES tells of bounces and complaints, at <address>/mail/events/ses. Unset: none is listened to.',
    parse: words,
  }),
  BROADSHEET_POSTMARK_AUTH: setting({
    type: 'user:password',
    default: '',
    doc: 'User and password with which Postmark calls <address>/mail/events/postmark. Unset: it is not listened to.',
    parse: userAndPassword,
  }),
  BROADSHEET_MAILGUN_KEY: setting({
    type: 'text',
    default: '',
    doc: 'The HTTP webhook signing key of Mailgun, which calls <address>/mail/events/mailgun. Unset: it is not listened to.',
    parse: secret,
  }),
  BROADSHEET_LOG_LEVEL: setting({
    type: 'auto, debug, info, warn or error',
    default: 'auto',
    doc: 'How much is logged, as JSON lines on standard error. auto: warn on a terminal, info elsewhere.',
    parse: oneOf('auto', 'debug', 'info', 'warn', 'error'),
  }),
  BROADSHEET_PAGE_CACHE_MB: setting({
    type: 'number',
    default: '64',
    doc: 'Memory for rendered pages, in MiB; 0 renders every page anew.',
    parse: integer(0, 65_536),
  }),
} as const;

/** A key of SETTINGS. */
export type SettingName = keyof typeof SETTINGS;

/** How a page asks for a setting; the choices of a list are those that its definition takes. */
export type FieldKind =
  | 'line'
  | 'lines'
  | 'secret'
  | 'categories'
  | 'hour'
  | 'time zone'
  | { choices: readonly string[] };

type Saved = { part: 'instance' | 'papers' | 'people' | 'mail' | 'schedule'; field: FieldKind };

/**
 * What administrators may change while the instance runs: saved in the database, unless the environment
 * says it. In the parts and the order of their page, whose words are in `src/language`. Never what a
 * process needs before it has a database, and nothing that differs between the machines of an instance.
 */
export const SAVED_SETTINGS = {
  BROADSHEET_NAME: { part: 'instance', field: 'line' },
  BROADSHEET_COMMUNITY: { part: 'instance', field: 'line' },
  BROADSHEET_CONTACT: { part: 'instance', field: 'line' },
  BROADSHEET_CATEGORIES: { part: 'papers', field: 'categories' },
  BROADSHEET_DEMO: { part: 'papers', field: { choices: ['true', 'false'] } },
  BROADSHEET_READING: { part: 'people', field: { choices: ['everyone', 'members'] } },
  BROADSHEET_JOINING: {
    part: 'people',
    field: { choices: ['open', 'domain', 'invitation', 'closed'] },
  },
  BROADSHEET_JOINING_DOMAINS: { part: 'people', field: 'line' },
  BROADSHEET_NEW_ROLE: { part: 'people', field: { choices: ['member', 'reader'] } },
  BROADSHEET_APPROVAL: { part: 'people', field: { choices: ['none', 'first'] } },
  BROADSHEET_RULES: { part: 'people', field: 'lines' },
  BROADSHEET_SMTP_URL: { part: 'mail', field: 'secret' },
  BROADSHEET_MAIL_FROM: { part: 'mail', field: 'line' },
  BROADSHEET_TIME_ZONE: { part: 'schedule', field: 'time zone' },
  BROADSHEET_DIGEST_HOUR: { part: 'schedule', field: 'hour' },
  BROADSHEET_ARXIV_POLL_AT: { part: 'schedule', field: 'line' },
} as const satisfies Partial<Record<SettingName, Saved>>;

export type SavedSettingName = keyof typeof SAVED_SETTINGS;
export const SAVED_SETTING_NAMES = Object.keys(SAVED_SETTINGS) as SavedSettingName[];
/** As they would be written in the environment; those that are not there have their default. */
export type SavedSettings = Partial<Record<SavedSettingName, string>>;

export function isSavedSettingName(name: string): name is SavedSettingName {
  return name in SAVED_SETTINGS;
}

type ValueOf<N extends SettingName> = ReturnType<(typeof SETTINGS)[N]['parse']>;

export type Config = {
  dataDir: string;
  databaseUrl: string;
  host: string;
  port: number;
  /** Origin without a trailing slash; undefined until the port is known when it was set to 0. */
  url: string | undefined;
  trustedProxies: string[];
  name: string;
  language: string;
  categories: string[];
  timeZone: string;
  loadsDemo: boolean;
  hasHfMarkup: boolean;
  readsOffline: boolean;
  contact: string;
  isOffline: boolean;
  workSlots: number;
  sourceTimeoutMs: number;
  /** `host:port` pairs. */
  privateHosts: string[];
  telegramUrl: string;
  doiUrl: string;
  arxiv: {
    oaiUrl: string;
    rssUrl: string;
    apiUrl: string;
    pauseMs: number;
    pollAt: string;
    harvestAt: string;
    holidays: Day[];
  };
  embedder: {
    kind: ValueOf<'BROADSHEET_EMBEDDER'>;
    /** Empty takes the default of the kind. */
    model: string;
    url: string;
    /** Never to be shown. */
    key: string;
    queryPrefix: string;
    documentPrefix: string;
    /** 0 takes vectors as they come. */
    dimensions: number;
    timeoutMs: number;
  };
  search: {
    /** An absolute folder or an s3:// address. */
    uri: string;
    timeoutMs: number;
    /** 0 to 1. */
    meaningWeight: number;
    /** A cosine. */
    nearFrom: number;
  };
  people: {
    /** Empty: kept in the data folder. Never to be shown. */
    secret: string;
    community: string;
    /** Markdown; empty where the instance has none of its own. */
    rules: string;
    reading: ValueOf<'BROADSHEET_READING'>;
    joining: ValueOf<'BROADSHEET_JOINING'>;
    joiningDomains: string[];
    newRole: ValueOf<'BROADSHEET_NEW_ROLE'>;
    newAccountHours: number;
    approval: ValueOf<'BROADSHEET_APPROVAL'>;
    /** Services to sign in with, of which both id and secret are set. */
    providers: SignInProvider[];
  };
  /** 0 to 23, of digests whose readers chose none. */
  digestHour: number;
  submit: {
    /** 0: of any age. */
    withinDays: number;
    perDay: number;
    onWeekends: boolean;
  };
  mail: {
    /** Never to be shown; empty where there is no server. */
    smtpUrl: string;
    connections: number;
    /** Issues a minute; 0: no limit. */
    perDomain: number;
    from: { name: string; address: string };
    /** Empty where none is set. */
    returnAddress: string;
    /** Never to be shown; empty where none is set. */
    imapUrl: string;
    dkim: {
      /** PEM or a file. Never to be shown; empty where it is in the data folder, if anywhere. */
      key: string;
      selector: string;
    };
    /** Empty asks the system's. */
    nameServers: string[];
    /** Who may tell of bounces by calling; each empty where it may not. Keys are never to be shown. */
    providers: { sesTopics: string[]; postmarkAuth: string; mailgunKey: string };
  };
  logLevel: ValueOf<'BROADSHEET_LOG_LEVEL'>;
  pageCacheBytes: number;
  /** The settings that the environment gives, as they are written there. Never to be shown. */
  environment: Partial<Record<SettingName, string>>;
  /** Variables that begin with BROADSHEET_ and name no setting. */
  unknown: string[];
};

export type SignInProvider = {
  id: 'github' | 'google' | 'huggingface' | 'orcid' | 'oidc';
  name: string;
  clientId: string;
  clientSecret: string;
  /** Of `oidc` and `orcid` only. */
  issuer?: string;
};

/** Wrong settings; the message lists every problem, one a line. The command line ends with exit code 2. */
export class ConfigError extends AppError {
  readonly problems: string[];

  constructor(problems: string[]) {
    super('invalid', `The settings need attention:\n${problems.map((p) => `  ${p}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the settings out of an environment and, where it does not say them, out of what administrators
 * saved. Throws `ConfigError` with all problems at once.
 */
export function parseConfig(
  env: Record<string, string | undefined>,
  saved: SavedSettings = {},
): Config {
  const problems: string[] = [];
  const given: Record<string, string | undefined> = { ...saved };
  for (const [name, value] of Object.entries(env)) if (value !== undefined) given[name] = value;
  function read<N extends SettingName>(name: N): ValueOf<N> {
    const definition = SETTINGS[name];
    const text = given[name];
    try {
      return definition.parse(text === undefined ? definition.default : text.trim()) as ValueOf<N>;
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}.`);
      return definition.parse(definition.default) as ValueOf<N>;
    }
  }
  const dataDir = read('BROADSHEET_DATA');
  const port = read('BROADSHEET_PORT');
  const url = read('BROADSHEET_URL') || (port === 0 ? undefined : `http://localhost:${port}`);
  const name = read('BROADSHEET_NAME');
  const embedder = read('BROADSHEET_EMBEDDER');
  const issuers: Partial<Record<SignInProvider['id'], string>> = {
    oidc: read('BROADSHEET_OIDC_ISSUER'),
    orcid: read('BROADSHEET_ORCID_ISSUER'),
  };
  const config: Config = {
    dataDir,
    databaseUrl: read('BROADSHEET_DATABASE_URL') || `sqlite:${path.join(dataDir, 'broadsheet.db')}`,
    host: read('BROADSHEET_HOST'),
    port,
    url,
    trustedProxies: read('BROADSHEET_TRUSTED_PROXIES'),
    name,
    language: read('BROADSHEET_LANGUAGE'),
    categories: read('BROADSHEET_CATEGORIES'),
    timeZone: read('BROADSHEET_TIME_ZONE'),
    loadsDemo: read('BROADSHEET_DEMO'),
    hasHfMarkup: read('BROADSHEET_HF_MARKUP'),
    readsOffline: read('BROADSHEET_READ_OFFLINE'),
    contact: read('BROADSHEET_CONTACT'),
    isOffline: read('BROADSHEET_OFFLINE'),
    workSlots: read('BROADSHEET_WORK_SLOTS'),
    sourceTimeoutMs: read('BROADSHEET_SOURCE_TIMEOUT_S') * 1_000,
    privateHosts: read('BROADSHEET_PRIVATE_HOSTS'),
    telegramUrl: read('BROADSHEET_TELEGRAM_URL'),
    doiUrl: read('BROADSHEET_DOI_URL'),
    arxiv: {
      oaiUrl: read('BROADSHEET_ARXIV_OAI_URL'),
      rssUrl: read('BROADSHEET_ARXIV_RSS_URL'),
      apiUrl: read('BROADSHEET_ARXIV_API_URL'),
      pauseMs: read('BROADSHEET_ARXIV_PAUSE_MS'),
      pollAt: read('BROADSHEET_ARXIV_POLL_AT'),
      harvestAt: read('BROADSHEET_ARXIV_HARVEST_AT'),
      holidays: read('BROADSHEET_ARXIV_HOLIDAYS'),
    },
    embedder: {
      kind: embedder,
      model: read('BROADSHEET_EMBEDDER_MODEL'),
      url: read('BROADSHEET_EMBEDDER_URL'),
      key: read('BROADSHEET_EMBEDDER_KEY'),
      queryPrefix: read('BROADSHEET_EMBEDDER_QUERY_PREFIX'),
      documentPrefix: read('BROADSHEET_EMBEDDER_DOCUMENT_PREFIX'),
      dimensions: read('BROADSHEET_EMBEDDER_DIMENSIONS'),
      timeoutMs: read('BROADSHEET_EMBEDDER_TIMEOUT_S') * 1_000,
    },
    search: {
      uri: read('BROADSHEET_SEARCH_URI') || path.join(dataDir, 'search'),
      timeoutMs: read('BROADSHEET_SEARCH_TIMEOUT_MS'),
      meaningWeight: read('BROADSHEET_SEARCH_MEANING_WEIGHT') ?? MEANING_WEIGHT[embedder],
      nearFrom: read('BROADSHEET_SEARCH_NEAR_FROM') ?? NEAR_FROM[embedder],
    },
    people: {
      secret: read('BROADSHEET_SECRET'),
      community: read('BROADSHEET_COMMUNITY'),
      rules: read('BROADSHEET_RULES'),
      reading: read('BROADSHEET_READING'),
      joining: read('BROADSHEET_JOINING'),
      joiningDomains: read('BROADSHEET_JOINING_DOMAINS'),
      newRole: read('BROADSHEET_NEW_ROLE'),
      newAccountHours: read('BROADSHEET_NEW_ACCOUNT_HOURS'),
      approval: read('BROADSHEET_APPROVAL'),
      providers: (
        [
          ['github', 'GitHub', 'BROADSHEET_GITHUB'],
          ['google', 'Google', 'BROADSHEET_GOOGLE'],
          ['huggingface', 'Hugging Face', 'BROADSHEET_HUGGINGFACE'],
          ['orcid', 'ORCID', 'BROADSHEET_ORCID'],
          ['oidc', read('BROADSHEET_OIDC_NAME'), 'BROADSHEET_OIDC'],
        ] as const
      ).flatMap(([id, name, prefix]): SignInProvider[] => {
        const clientId = read(`${prefix}_ID`);
        const clientSecret = read(`${prefix}_SECRET`);
        const issuer = issuers[id];
        const given = [clientId, clientSecret, ...(id === 'oidc' ? [issuer] : [])];
        if (given.every((value) => value === '')) return [];
        if (given.some((value) => value === '')) {
          const names = `${prefix}_ID and ${prefix}_SECRET`;
          problems.push(
            id !== 'oidc'
              ? `${names} belong together: set both or none.`
              : `BROADSHEET_OIDC_ISSUER, ${names} belong together: set all or none.`,
          );
          return [];
        }
        return [{ id, name, clientId, clientSecret, ...(issuer ? { issuer } : {}) }];
      }),
    },
    digestHour: read('BROADSHEET_DIGEST_HOUR'),
    submit: {
      withinDays: read('BROADSHEET_SUBMIT_WITHIN_DAYS'),
      perDay: read('BROADSHEET_SUBMIT_PER_DAY'),
      onWeekends: read('BROADSHEET_SUBMIT_WEEKENDS'),
    },
    mail: {
      smtpUrl: read('BROADSHEET_SMTP_URL'),
      connections: read('BROADSHEET_MAIL_CONNECTIONS'),
      perDomain: read('BROADSHEET_MAIL_PER_DOMAIN'),
      from: read('BROADSHEET_MAIL_FROM') ?? {
        name,
        address: `broadsheet@${url === undefined ? 'localhost' : new URL(url).hostname}`,
      },
      returnAddress: read('BROADSHEET_MAIL_RETURN'),
      imapUrl: read('BROADSHEET_IMAP_URL'),
      dkim: { key: read('BROADSHEET_DKIM_KEY'), selector: read('BROADSHEET_DKIM_SELECTOR') },
      nameServers: read('BROADSHEET_DNS_SERVERS'),
      providers: {
        sesTopics: read('BROADSHEET_SES_TOPICS'),
        postmarkAuth: read('BROADSHEET_POSTMARK_AUTH'),
        mailgunKey: read('BROADSHEET_MAILGUN_KEY'),
      },
    },
    logLevel: read('BROADSHEET_LOG_LEVEL'),
    pageCacheBytes: read('BROADSHEET_PAGE_CACHE_MB') * 1024 * 1024,
    environment: Object.fromEntries(
      Object.entries(env).filter(([name, value]) => name in SETTINGS && value !== undefined),
    ),
    unknown: Object.keys(env).filter(
      (name) =>
        name.startsWith('BROADSHEET_') &&
        !name.startsWith('BROADSHEET_TEST_') &&
        !(name in SETTINGS),
    ),
  };
  const { pauseMs, oaiUrl, rssUrl, apiUrl } = config.arxiv;
  if (pauseMs < ARXIV_PAUSE_MS && [oaiUrl, rssUrl, apiUrl].some(isArxivHost)) {
    problems.push(
      `BROADSHEET_ARXIV_PAUSE_MS is ${pauseMs}, but arXiv asks for at least ${ARXIV_PAUSE_MS}; less is for a mirror of your own.`,
    );
  }
  if (config.embedder.kind === 'http') {
    for (const name of ['BROADSHEET_EMBEDDER_URL', 'BROADSHEET_EMBEDDER_MODEL'] as const) {
      const isGiven = (given[name]?.trim() ?? '') !== '';
      if (!isGiven) problems.push(`${name} is missing: BROADSHEET_EMBEDDER=http needs it.`);
    }
  }
  const { dkim } = config.mail;
  if ((dkim.key === '') !== (dkim.selector === '')) {
    problems.push(
      'BROADSHEET_DKIM_KEY and BROADSHEET_DKIM_SELECTOR belong together: set both or none.',
    );
  }
  if (config.people.joining === 'domain' && config.people.joiningDomains.length === 0) {
    problems.push('BROADSHEET_JOINING_DOMAINS is missing: BROADSHEET_JOINING=domain needs it.');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** For builtin measured with `broadsheet eval`; larger models deserve more (docs/decisions.md). */
const MEANING_WEIGHT = { builtin: 0.5, transformers: 0.6, http: 0.6 };

/** For builtin measured with `broadsheet eval --nearness` (docs/search.md); a guess for the others. */
const NEAR_FROM = { builtin: 0.35, transformers: 0.8, http: 0.8 };

/** https://info.arxiv.org/help/api/tou.html */
const ARXIV_PAUSE_MS = 3_000;

function isArxivHost(address: string): boolean {
  return /(?:^|\.)arxiv\.org$/i.test(new URL(address).hostname);
}

/** `.env.example`, generated. */
export function renderEnvExample(): string {
  const lines = [
    '# Copy this file to .env and change what you need; every line shows the default.',
    '# Variables of the environment win over this file.',
  ];
  for (const [name, definition] of Object.entries(SETTINGS)) {
    lines.push('', `# ${definition.doc} (${definition.type})`, `# ${name}=${definition.default}`);
  }
  return `${lines.join('\n')}\n`;
}

/** `docs/settings.md`, generated. */
export function renderSettingsPage(): string {
  const cell = (value: string) => value.replaceAll('|', '\\|');
  const lines = [
    '# Settings',
    '',
    'Broadsheet reads its settings from the environment and from a file `.env` in the folder it is',
    'started in; the environment wins. All problems are listed at once, and the program ends with',
    'exit code 2. This page is generated from `src/config.ts` by `npm run docs`.',
    '',
    'Those with a star can also be saved while the instance runs, at `/admin/first-run` or by',
    '`broadsheet settings NAME VALUE`. What the environment says wins over what is saved.',
    '',
    '| Setting | Value | Default | What it does |',
    '|---|---|---|---|',
  ];
  for (const [name, definition] of Object.entries(SETTINGS)) {
    const value = definition.default === '' ? 'unset' : `\`${cell(definition.default)}\``;
    const star = isSavedSettingName(name) ? ' *' : '';
    lines.push(
      `| \`${name}\`${star} | ${cell(definition.type)} | ${value} | ${cell(definition.doc)} |`,
    );
  }
  return `${lines.join('\n')}\n`;
}
