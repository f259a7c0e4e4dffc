// Whose request it is, when reverse proxies stand between.
import { BlockList, isIP } from 'node:net';

/**
 * Returns a function from the address of the connection and the X-Forwarded-For header to the
 * client's address: the last hop that is no trusted proxy.
 */
export function clientAddressReader(
  trustedProxies: string[],
): (remote: string, forwardedFor: string | undefined) => string {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = '', prefix] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string) => {
    const family = isIP(address);
    return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
  return (remote, forwardedFor) => {
    const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
    let client = plain(remote);
    while (isTrusted(client)) {
      const before = hops.pop();
      if (!before || isIP(before) === 0) break;
      client = before;
    }
    return client;
  };
}

/** IPv4 addresses come as `::ffff:1.2.3.4` on a socket that listens on both. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
