// What a process is told: the settings (src/config/settings.ts), read into one value.
import path from 'node:path';
import type { Day } from './base/calendar.ts';
import { AppError } from './base/errors.ts';
import { type SavedSettings, SETTINGS, type SettingName } from './config/settings.ts';

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
