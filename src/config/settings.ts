// Every setting once: its name, type, default and the line of documentation that
// `.env.example` and `docs/settings.md` are generated from; and which of them administrators may save.
import path from 'node:path';
import { LANGUAGE_TAGS } from '../language/words.ts';
import {
  categories,
  cronLine,
  databaseUrl,
  days,
  domains,
  embedderUrl,
  flag,
  hostsWithPort,
  imapUrl,
  integer,
  issuerUrl,
  keyOrFile,
  lines,
  nameServers,
  oneOf,
  prefix,
  proxies,
  publicUrl,
  returnAddress,
  searchUri,
  secret,
  selector,
  sender,
  share,
  signingSecret,
  smtpUrl,
  sourceUrl,
  text,
  timeZone,
  userAndPassword,
  words,
} from './values.ts';

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
