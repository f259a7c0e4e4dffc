import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AppError } from '../base/errors.ts';

/** Answers of the DNS; each is empty where there is no such record. Throws `unavailable`. */
export interface DnsQuestions {
  /** The strings of each record put together. */
  texts(name: string): Promise<string[]>;
  mailHosts(name: string): Promise<string[]>;
  /** Of both families. */
  addresses(host: string): Promise<string[]>;
  names(address: string): Promise<string[]>;
}

const TIMEOUT_MS = 3_000;
const TRIES = 2;

/** Of the given servers, or of those of the system. */
export function openDns(servers: string[], timeoutMs = TIMEOUT_MS): DnsQuestions {
  const resolver = new Resolver({ timeout: timeoutMs, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  const ask = <T>(work: Promise<T[]>) => work.catch(explain);
  return {
    texts: async (name) =>
      (await ask(resolver.resolveTxt(name))).map((strings) => strings.join('')),
    async mailHosts(name) {
      const found = await ask(resolver.resolveMx(name));
      return found.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
    },
    async addresses(host) {
      if (isIP(host) !== 0) return [host];
      return [...(await ask(resolver.resolve4(host))), ...(await ask(resolver.resolve6(host)))];
    },
    names: (address) => ask(resolver.reverse(address)),
  };
}

const NONE = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

function explain(error: { code?: string }): never[] {
  const { code = '' } = error;
  if (NONE.has(code)) return [];
  throw new AppError(
    'unavailable',
    `no name server answers (${code}): look at the network, or set BROADSHEET_DNS_SERVERS`,
  );
}
