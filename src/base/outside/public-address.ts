// Which addresses belong to the public Internet (IANA's special-purpose registries, RFC 6890), and so
// may be asked for on behalf of anyone. One list a family: a list of both would take IPv4 addresses
// for their IPv4-mapped forms.
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 networks that are not public. */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  // Between a provider and its customers.
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Link-local, with the metadata services of clouds.
  '169.254.0.0/16',
  '172.16.0.0/12',
  // Azure's host: a public address that answers inside its machines only.
  '168.63.129.16/32',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Addresses are given out from here only; loopback, mapped, NAT64, local and multicast ones lie outside. */
const GLOBAL_V6 = '2000::/3';

/** What within it is not public, or embeds an IPv4 address that a relay may reach. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const specialV4 = blockList('ipv4', SPECIAL_V4);
const globalV6 = blockList('ipv6', [GLOBAL_V6]);
const specialV6 = blockList('ipv6', SPECIAL_V6);

/** False for what is not an address at all. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !specialV4.check(address, 'ipv4');
  // A zone (fe80::1%eth0) names a link of this machine.
  if (!isIPv6(address) || address.includes('%')) return false;
  return globalV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
}

function blockList(family: 'ipv4' | 'ipv6', networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
