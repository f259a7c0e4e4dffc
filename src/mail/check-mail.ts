// Whether mail of this instance has what large providers want to see: SPF, DKIM, DMARC, and names in both ways.
import { messageOf } from '../base/errors.ts';
import { isPublicAddress } from '../base/outside/public-address.ts';
import type { Config } from '../config.ts';
import { type DkimKey, publicKeyOf } from './dkim-keys.ts';
import type { DnsQuestions } from './dns-questions.ts';
import { dkimName, spfDomains } from './dns-records.ts';
import { evaluateSpf, isSpf } from './evaluate-spf.ts';
import { domainOf } from './sign-mail.ts';

export type Finding = {
  check: 'server' | 'sender' | 'DKIM' | 'SPF' | 'DMARC' | 'MX' | 'names';
  /** `wrong` must be mended, `better` may be, `unknown` could not be seen from here. */
  state: 'right' | 'better' | 'wrong' | 'unknown';
  detail: string;
};

export type MailFacts = {
  mail: Config['mail'];
  url: string | undefined;
  /** All that are there; the first signs. */
  keys: DkimKey[];
};

const LOOPBACK = /^(?:localhost|127\..*|::1)$/i;

/** Never throws: what cannot be looked up is a finding. */
export async function checkMail(dns: DnsQuestions, facts: MailFacts): Promise<Finding[]> {
  const { mail } = facts;
  const domain = domainOf(mail.from.address);
  const findings = [checkServer(mail), checkSender(domain)];
  if (!domain.includes('.')) return findings;
  const sending = await sendingAddresses(dns, facts).catch(() => []);
  const look = async (check: Finding['check'], work: () => Promise<Omit<Finding, 'check'>>) => {
    try {
      findings.push({ check, ...(await work()) });
    } catch (error) {
      findings.push({ check, state: 'unknown', detail: `${messageOf(error)}.` });
    }
  };
  const [key, ...others] = facts.keys;
  await look('DKIM', () => checkDkim(dns, domain, key));
  for (const other of others) await look('DKIM', () => checkOther(dns, domain, other));
  for (const name of spfDomains(mail)) await look('SPF', () => checkSpf(dns, name, sending));
  await look('DMARC', () => checkDmarc(dns, domain));
  await look('MX', () => checkMx(dns, mail));
  await look('names', () => checkNames(dns, sending));
  return findings;
}

function checkServer({ smtpUrl }: Config['mail']): Finding {
  if (smtpUrl !== '') {
    const { host } = new URL(smtpUrl);
    return { check: 'server', state: 'right', detail: `Mail goes through ${host}.` };
  }
  const detail =
    'No mail is sent: it is written to the folder outbox of the data folder. Set BROADSHEET_SMTP_URL.';
  return { check: 'server', state: 'wrong', detail };
}

function checkSender(domain: string): Finding {
  if (domain.includes('.')) {
    return { check: 'sender', state: 'right', detail: `Mail comes from ${domain}.` };
  }
  const detail = `Mail comes from ${domain}, which is no domain: set BROADSHEET_MAIL_FROM, or BROADSHEET_URL.`;
  return { check: 'sender', state: 'wrong', detail };
}

type Said = Omit<Finding, 'check'>;

async function checkDkim(
  dns: DnsQuestions,
  domain: string,
  key: DkimKey | undefined,
): Promise<Said> {
  if (!key) {
    const detail =
      'Mail is not signed: run "broadsheet mail dkim" and set the record that it prints, unless your mail server signs it.';
    return { state: 'wrong', detail };
  }
  const name = dkimName(key.selector, domain);
  const found = await publishedKey(dns, name);
  if (found === undefined) {
    return {
      state: 'wrong',
      detail: `${name} has no key: set the record of "broadsheet mail dkim".`,
    };
  }
  if (found !== publicKeyOf(key)) {
    const detail = `${name} has another key than the one that signs: set the record of "broadsheet mail dkim", and wait until the old one is forgotten.`;
    return { state: 'wrong', detail };
  }
  return { state: 'right', detail: `${name} has the key that mail is signed with.` };
}

async function checkOther(dns: DnsQuestions, domain: string, key: DkimKey): Promise<Said> {
  const name = dkimName(key.selector, domain);
  if ((await publishedKey(dns, name)) === publicKeyOf(key)) {
    const detail = `${name} has its key, too; to sign with it run "broadsheet mail dkim --selector ${key.selector}".`;
    return { state: 'right', detail };
  }
  return { state: 'better', detail: `${name} does not have its key, and does not sign.` };
}

async function publishedKey(dns: DnsQuestions, name: string): Promise<string | undefined> {
  for (const text of await dns.texts(name)) {
    const key = /(?:^|;)\s*p\s*=([^;]*)/i.exec(text)?.[1]?.replace(/\s/g, '');
    if (key) return key;
  }
  return undefined;
}

async function checkSpf(dns: DnsQuestions, domain: string, addresses: string[]): Promise<Said> {
  const records = (await dns.texts(domain)).filter(isSpf);
  const [record] = records;
  const print = '"broadsheet mail dkim" prints one';
  if (record === undefined)
    return { state: 'wrong', detail: `${domain} has no SPF record: ${print}.` };
  if (records.length > 1) {
    const detail = `${domain} has ${records.length} SPF records, so receivers take none: make one of them.`;
    return { state: 'wrong', detail };
  }
  const verdict = await evaluateSpf(dns, { domain, record, addresses });
  switch (verdict.is) {
    case 'pass':
      return { state: 'right', detail: `${domain} lets ${addresses.join(', ')} send.` };
    case 'broken':
      return {
        state: 'wrong',
        detail: `The SPF record of ${domain} does not work: ${verdict.why}.`,
      };
    case 'everyone':
      return {
        state: 'wrong',
        detail: `The SPF record of ${domain} lets everyone send: end it with ~all.`,
      };
    case 'other': {
      const whom = addresses.length > 0 ? addresses.join(', ') : 'your mail server';
      const detail = `${domain} has an SPF record, but it does not name ${whom}: that is right only if mail leaves from other addresses, such as those of a provider that it includes.`;
      return { state: 'better', detail };
    }
  }
}

/** Of the domain, or of one above it (RFC 7489 takes the registered one). */
async function checkDmarc(dns: DnsQuestions, domain: string): Promise<Said> {
  for (const name of upwards(domain)) {
    const records = (await dns.texts(`_dmarc.${name}`)).filter((text) => /^v=DMARC1\b/i.test(text));
    if (records.length > 1) {
      const detail = `_dmarc.${name} has ${records.length} DMARC records, so receivers take none: make one of them.`;
      return { state: 'wrong', detail };
    }
    const policy = /;\s*p\s*=\s*([a-z]+)/i.exec(records[0] ?? '')?.[1]?.toLowerCase();
    if (policy === undefined) continue;
    if (policy !== 'none') return { state: 'right', detail: `_dmarc.${name} says ${policy}.` };
    const detail = `_dmarc.${name} says none, which is enough to be received. Make it quarantine when all your mail passes.`;
    return { state: 'right', detail };
  }
  const detail = `_dmarc.${domain} has no DMARC record: "broadsheet mail dkim" prints one.`;
  return { state: 'wrong', detail };
}

function upwards(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

async function checkMx(dns: DnsQuestions, mail: Config['mail']): Promise<Said> {
  const domain = domainOf(mail.returnAddress || mail.from.address);
  const [host] = await dns.mailHosts(domain);
  if (host) return { state: 'right', detail: `${domain} takes mail at ${host}.` };
  if (mail.returnAddress === '') {
    const detail = `${domain} takes no mail, so bounces are lost: set BROADSHEET_MAIL_RETURN to an address that does.`;
    return { state: 'better', detail };
  }
  const detail = `${domain} takes no mail, so nothing arrives at ${mail.returnAddress}: set its MX record.`;
  return { state: 'wrong', detail };
}

/** Of the mail server; of the instance itself where that is on this machine. */
async function sendingAddresses(dns: DnsQuestions, { mail, url }: MailFacts): Promise<string[]> {
  const given = mail.smtpUrl === '' ? '' : new URL(mail.smtpUrl).hostname;
  const server = given.replace(/^\[(.*)\]$/, '$1');
  const host = server === '' || LOOPBACK.test(server) ? (url ? new URL(url).hostname : '') : server;
  return host === '' ? [] : (await dns.addresses(host)).filter(isPublicAddress);
}

/** Forward-confirmed reverse DNS. */
async function checkNames(dns: DnsQuestions, addresses: string[]): Promise<Said> {
  if (addresses.length === 0) {
    const detail =
      'From which address mail leaves cannot be seen from here; it needs a name that leads back to it.';
    return { state: 'unknown', detail };
  }
  const bad: string[] = [];
  for (const address of addresses) {
    if (!(await hasName(dns, address))) bad.push(address);
  }
  if (bad.length === 0) {
    return { state: 'right', detail: `${addresses.join(', ')} has a name that leads back to it.` };
  }
  const detail = `${bad.join(', ')} has no name that leads back to it: whoever gives you the address sets its PTR record.`;
  return { state: 'wrong', detail };
}

async function hasName(dns: DnsQuestions, address: string): Promise<boolean> {
  for (const name of (await dns.names(address)).slice(0, 5)) {
    if ((await dns.addresses(name)).includes(address)) return true;
  }
  return false;
}
