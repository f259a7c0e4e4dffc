// What an administrator sets in the DNS so that mail arrives.
import type { Config } from '../config.ts';
import { type DkimKey, publicKeyOf } from './dkim-keys.ts';
import { domainOf } from './sign-mail.ts';

export type DnsRecord = {
  name: string;
  type: 'TXT' | 'MX';
  /** A TXT record in strings of 255 signs at most, as the DNS has them. */
  value: string[];
  why: string;
};

/** Providers that send from addresses of their own, and what lets them do so. */
const INCLUDES: [host: RegExp, include: string][] = [
  [/(?:^|\.)amazonaws\.com$/, 'amazonses.com'],
  [/(?:^|\.)postmarkapp\.com$/, 'spf.mtasv.net'],
  [/(?:^|\.)mailgun\.org$/, 'mailgun.org'],
  [/(?:^|\.)sendgrid\.net$/, 'sendgrid.net'],
  [/(?:^|\.)(?:gmail|google)\.com$/, '_spf.google.com'],
  [/(?:^|\.)office365\.com$/, 'spf.protection.outlook.com'],
];

const MAX_STRING = 255;

export function dkimName(selector: string, domain: string): string {
  return `${selector}._domainkey.${domain}`;
}

export function dkimRecord(key: DkimKey, domain: string): DnsRecord {
  return {
    name: dkimName(key.selector, domain),
    type: 'TXT',
    value: inStrings(`v=DKIM1; k=rsa; p=${publicKeyOf(key)}`),
    why: 'DKIM: by this, others see that mail is yours and was not changed on its way',
  };
}

/** Where bounces go is whose SPF counts; both domains want one. */
export function spfDomains({ from, returnAddress }: Config['mail']): string[] {
  const domains = [domainOf(returnAddress || from.address), domainOf(from.address)];
  return [...new Set(domains)];
}

/** Suggestions, apart from the key: what is there already must be kept, and there is one SPF a name. */
export function suggestRecords(mail: Config['mail'], contact: string): DnsRecord[] {
  const domain = domainOf(mail.from.address);
  const spf = spfDomains(mail).map(
    (name): DnsRecord => ({
      name,
      type: 'TXT',
      value: [`v=spf1 ${senderOf(mail.smtpUrl)} ~all`],
      why: 'SPF: which servers may send mail of this domain. If there is one already, put the middle part into it',
    }),
  );
  const reports = /^[^\s@,;]+@[^\s@,;]+$/.test(contact) ? `; rua=mailto:${contact}` : '';
  const dmarc: DnsRecord = {
    name: `_dmarc.${domain}`,
    type: 'TXT',
    value: [`v=DMARC1; p=none${reports}`],
    why: 'DMARC: large providers want one. When all your mail passes, make it p=quarantine',
  };
  return [...spf, dmarc, ...returnRecords(mail)];
}

function returnRecords({ returnAddress }: Config['mail']): DnsRecord[] {
  if (returnAddress === '') return [];
  return [
    {
      name: domainOf(returnAddress),
      type: 'MX',
      value: ['10 <the server that keeps this mailbox>.'],
      why: `where ${returnAddress} and ${returnAddress.replace('@', '+anything@')} arrive`,
    },
  ];
}

function senderOf(smtpUrl: string): string {
  const host = smtpUrl === '' ? '' : new URL(smtpUrl).hostname;
  const include = INCLUDES.find(([pattern]) => pattern.test(host))?.[1];
  if (include) return `include:${include}`;
  if (host.includes('.') && /[a-z]/.test(host)) return `a:${host}`;
  return 'ip4:<the address that mail is sent from>';
}

function inStrings(text: string): string[] {
  const strings: string[] = [];
  for (let start = 0; start < text.length; start += MAX_STRING) {
    strings.push(text.slice(start, start + MAX_STRING));
  }
  return strings;
}

/** A line of a zone file. */
export function renderRecord({ name, type, value }: DnsRecord): string {
  const strings = type === 'TXT' ? value.map((text) => `"${text}"`).join(' ') : value.join(' ');
  return `${name}. IN ${type} ${type === 'TXT' && value.length > 1 ? `( ${strings} )` : strings}`;
}
