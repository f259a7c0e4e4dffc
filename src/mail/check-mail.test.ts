import { expect, test } from 'vitest';
import { startDnsServer, type Zone } from '../../tests/dns-server.ts';
import { temporaryFolder } from '../../tests/test-database.ts';
import { parseConfig } from '../config.ts';
import { checkMail, type Finding } from './check-mail.ts';
import { type DkimKey, makeDkimKey } from './dkim-keys.ts';
import { openDns } from './dns-questions.ts';
import { dkimRecord, suggestRecords } from './dns-records.ts';
import { evaluateSpf } from './evaluate-spf.ts';

const SETTINGS = {
  BROADSHEET_URL: 'https://papers.example.org',
  BROADSHEET_SMTP_URL: 'smtps://user:secret@mail.example.org',
  BROADSHEET_MAIL_FROM: 'Broadsheet <papers@papers.example.org>',
  BROADSHEET_MAIL_RETURN: 'returns@returns.example.org',
};
const HOST = '93.184.216.34';

let key: DkimKey;

/** Everything as it should be, by what `broadsheet mail dkim` prints. */
function goodZone(): { zone: Zone; keys: DkimKey[] } {
  const config = parseConfig({ BROADSHEET_DATA: temporaryFolder(), ...SETTINGS });
  key ??= makeDkimKey(config, 'one');
  const zone: Zone = {
    'mail.example.org': { A: [HOST] },
    '34.216.184.93.in-addr.arpa': { PTR: ['mail.example.org'] },
  };
  for (const record of [
    dkimRecord(key, 'papers.example.org'),
    ...suggestRecords(config.mail, 'admin@example.org'),
  ]) {
    zone[record.name] = {
      ...zone[record.name],
      [record.type]: record.type === 'MX' ? ['mail.example.org'] : [record.value],
    };
  }
  return { zone, keys: [key] };
}

async function check(
  zone: Zone,
  keys: DkimKey[],
  settings: Record<string, string> = {},
): Promise<Finding[]> {
  const config = parseConfig({ ...SETTINGS, ...settings });
  const server = await startDnsServer(zone);
  return checkMail(openDns([server], 2_000), { mail: config.mail, url: config.url, keys });
}

const bad = (findings: Finding[]) =>
  findings.filter(({ state }) => state !== 'right').map(({ check, state }) => `${check} ${state}`);

test('whoever sets the records that are printed has mail that is right', async () => {
  const { zone, keys } = goodZone();
  const findings = await check(zone, keys);
  expect(bad(findings)).toEqual([]);
  expect(findings.map((finding) => finding.check)).toEqual([
    'server',
    'sender',
    'DKIM',
    'SPF',
    'SPF',
    'DMARC',
    'MX',
    'names',
  ]);
  const text = findings.map(({ detail }) => detail).join('\n');
  expect(text).toContain(`returns.example.org lets ${HOST} send.`);
  expect(text).toContain('returns.example.org takes mail at mail.example.org.');
  expect(text).not.toContain('secret');
});

test('a long key is split into strings of 255 signs', () => {
  const { value } = dkimRecord(goodZone().keys[0] as DkimKey, 'papers.example.org');
  expect(value.map((text) => text.length)).toEqual([255, expect.any(Number)]);
  expect(value.join('')).toMatch(/^v=DKIM1; k=rsa; p=[A-Za-z0-9+/]{380,}=*$/);
});

test.each<[string, (zone: Zone) => void, string[], RegExp]>([
  [
    'no key',
    (zone) => delete zone['one._domainkey.papers.example.org'],
    ['DKIM wrong'],
    /one\._domainkey\.papers\.example\.org has no key/,
  ],
  [
    'another key',
    (zone) => {
      zone['one._domainkey.papers.example.org'] = { TXT: [['v=DKIM1; p=MIIB']] };
    },
    ['DKIM wrong'],
    /another key than the one that signs/,
  ],
  [
    'two SPF records',
    (zone) => zone['papers.example.org']?.TXT?.push(['v=spf1 -all']),
    ['SPF wrong'],
    /has 2 SPF records/,
  ],
  [
    'an SPF record for everyone',
    (zone) => {
      zone['papers.example.org'] = { TXT: [['v=spf1 a:mail.example.org +all']] };
    },
    ['SPF wrong'],
    /lets everyone send/,
  ],
  [
    'an SPF record that names others',
    (zone) => {
      zone['papers.example.org'] = { TXT: [['v=spf1 ip4:192.0.2.0/24 -all']] };
    },
    ['SPF better'],
    /does not name 93\.184\.216\.34/,
  ],
  [
    'no DMARC record',
    (zone) => delete zone['_dmarc.papers.example.org'],
    ['DMARC wrong'],
    /no DMARC record/,
  ],
  [
    'no MX record',
    (zone) => {
      zone['returns.example.org'] = { TXT: zone['returns.example.org']?.TXT ?? [] };
    },
    ['MX wrong'],
    /nothing arrives at returns@returns\.example\.org/,
  ],
  [
    'a name that leads elsewhere',
    (zone) => {
      zone['34.216.184.93.in-addr.arpa'] = { PTR: ['host-34.example.net'] };
      zone['host-34.example.net'] = { A: ['93.184.216.35'] };
    },
    ['names wrong'],
    /has no name that leads back to it/,
  ],
])('%s is found, with what to do', async (_, change, expected, words) => {
  const { zone, keys } = goodZone();
  change(zone);
  const findings = await check(zone, keys);
  expect(bad(findings)).toEqual(expected);
  expect(findings.find(({ state }) => state !== 'right')?.detail).toMatch(words);
});

test('a policy of the domain above counts, and the address of the instance where the mail server is here', async () => {
  const { zone, keys } = goodZone();
  zone['_dmarc.example.org'] = { TXT: [['v=DMARC1; p=quarantine']] };
  delete zone['_dmarc.papers.example.org'];
  zone['papers.example.org'] = { A: [HOST], TXT: [['v=spf1 a -all']] };
  zone['returns.example.org'] = {
    TXT: [['v=spf1 a:papers.example.org ~all']],
    MX: ['mail.example.org'],
  };
  const findings = await check(zone, keys, { BROADSHEET_SMTP_URL: 'smtp://localhost' });
  expect(bad(findings)).toEqual([]);
  expect(findings.find((one) => one.check === 'DMARC')?.detail).toContain(
    '_dmarc.example.org says quarantine',
  );
});

test('without a server, a key and a domain that is what is told', async () => {
  const settings = { BROADSHEET_SMTP_URL: '', BROADSHEET_MAIL_FROM: '', BROADSHEET_URL: '' };
  expect(bad(await check({}, [], settings))).toEqual(['server wrong', 'sender wrong']);
  const { zone } = goodZone();
  expect(bad(await check(zone, []))).toEqual(['DKIM wrong']);
});

test('without a name server nothing is said to be wrong that was not seen', async () => {
  const { mail, url } = parseConfig(SETTINGS);
  // Nobody listens there.
  const dns = openDns(['127.0.0.1:9'], 200);
  const findings = await checkMail(dns, { mail, url, keys: goodZone().keys });
  const looked = findings.filter(({ check }) => !['server', 'sender', 'names'].includes(check));
  for (const { state, detail } of looked) {
    expect(state).toBe('unknown');
    expect(detail).toMatch(/no name server answers \(E[A-Z]+\).*BROADSHEET_DNS_SERVERS/);
  }
});

test.each([
  ['v=spf1 ip4:93.184.216.0/24 -all', 'pass'],
  ['v=spf1 ip4:93.184.217.0/24 -all', 'other'],
  ['v=spf1 -ip4:93.184.216.34 ~all', 'other'],
  ['v=spf1 ip6:2001:db8::/32 mx -all', 'pass'],
  ['v=spf1 include:good.example.org -all', 'pass'],
  ['v=spf1 include:open.example.org -all', 'other'],
  ['v=spf1 redirect=good.example.org', 'pass'],
  ['v=spf1 redirect=open.example.org', 'everyone'],
  ['v=spf1 a:mail.example.org/24 -all', 'pass'],
  ['v=spf1 include:nothing.example.org -all', 'broken'],
  ['v=spf1 ip4:nonsense -all', 'broken'],
  ['v=spf1 include:loop.example.org -all', 'broken'],
  ['v=spf1 all', 'everyone'],
])('%s is %s', async (record, verdict) => {
  const server = await startDnsServer({
    'example.org': { MX: ['mail.example.org'] },
    'mail.example.org': { A: [HOST], AAAA: ['2001:db8::1'] },
    'good.example.org': { TXT: [['v=spf1 ip4:93.184.', '216.34 ~all']] },
    'open.example.org': { TXT: [['v=spf1 +all']] },
    'loop.example.org': { TXT: [['v=spf1 include:loop.example.org -all']] },
  });
  const asked = { domain: 'example.org', record, addresses: [HOST] };
  expect((await evaluateSpf(openDns([server], 2_000), asked)).is).toBe(verdict);
});
