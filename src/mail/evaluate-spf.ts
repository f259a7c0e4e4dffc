// Whether an SPF record lets addresses send: as much of RFC 7208 as records of senders use. Macros, `exists` and
// `ptr` are not followed.
import { BlockList, isIP } from 'node:net';
import type { DnsQuestions } from './dns-questions.ts';

export type SpfVerdict =
  /** `pass`: all of the addresses may send; `other`: not all are named. */
  { is: 'pass' | 'other' | 'everyone' } | { is: 'broken'; why: string };

/** So many may be looked up, or the record counts for nothing. */
const MAX_LOOKUPS = 10;

type State = { lookups: number; allowed: BlockList; isOpen: boolean };

/** The record is given; what it includes is looked up. Throws `unavailable`. */
export async function evaluateSpf(
  dns: DnsQuestions,
  { domain, record, addresses }: { domain: string; record: string; addresses: string[] },
): Promise<SpfVerdict> {
  const state: State = { lookups: 0, allowed: new BlockList(), isOpen: false };
  const why = await gather(dns, domain, record, state);
  if (why !== undefined) return { is: 'broken', why };
  if (state.isOpen) return { is: 'everyone' };
  const isNamed = (address: string) =>
    state.allowed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return { is: addresses.length > 0 && addresses.every(isNamed) ? 'pass' : 'other' };
}

export function isSpf(record: string): boolean {
  return /^v=spf1(?: |$)/i.test(record);
}

/** What is wrong with it, or undefined. */
async function gather(
  dns: DnsQuestions,
  domain: string,
  record: string,
  state: State,
): Promise<string | undefined> {
  for (const term of record.split(/\s+/).slice(1)) {
    const [, sign = '+', name = '', value = '', bits] =
      /^([+?~-]?)([a-z0-9]+)(?:[:=]([^/]*))?(?:\/(\d+))?/i
        .exec(term)
        ?.map((part) => part || undefined) ?? [];
    const mechanism = name.toLowerCase();
    if (mechanism === 'all') {
      if (sign === '+') state.isOpen = true;
      return undefined;
    }
    if (sign !== '+') continue;
    if (mechanism === 'ip4' || mechanism === 'ip6') {
      if (!allow(state.allowed, term.slice(term.indexOf(':') + 1))) return `${term} is no network`;
      continue;
    }
    if (!['a', 'mx', 'include', 'redirect', 'exists', 'ptr'].includes(mechanism)) continue;
    if (++state.lookups > MAX_LOOKUPS) {
      return `it takes more than ${MAX_LOOKUPS} look-ups, so receivers ignore it`;
    }
    const target = value || domain;
    if (mechanism === 'include' || mechanism === 'redirect') {
      const [next] = (await dns.texts(target)).filter(isSpf);
      if (next === undefined) return `${target}, which it names, has no SPF record`;
      const wasOpen = state.isOpen;
      const why = await gather(dns, target, next, state);
      if (why !== undefined) return why;
      // What an included record says of all others is its own affair.
      if (mechanism === 'include') state.isOpen = wasOpen;
    } else if (mechanism === 'a' || mechanism === 'mx') {
      const hosts = mechanism === 'a' ? [target] : (await dns.mailHosts(target)).slice(0, 10);
      for (const host of hosts) {
        for (const address of await dns.addresses(host)) {
          const own = isIP(address) === 4 && bits ? `${address}/${bits}` : address;
          allow(state.allowed, own);
        }
      }
    }
  }
  return undefined;
}

function allow(list: BlockList, network: string): boolean {
  const [address = '', prefix] = network.split('/');
  const version = isIP(address);
  const max = version === 6 ? 128 : 32;
  const bits = prefix === undefined ? max : Number(prefix);
  if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > max) return false;
  list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4');
  return true;
}
