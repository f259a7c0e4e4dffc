// What a receiver does with a DKIM signature: RFC 6376 with relaxed/relaxed and RSA, apart from the DNS.
import { createHash, createPublicKey, createVerify } from 'node:crypto';

export type Verdict = { isGenuine: boolean; domain: string; selector: string; signed: string[] };

type Header = { name: string; raw: string };

/** `publicKey` is the base64 text of `p=`. Throws where there is no signature that could be read. */
export function verifyDkim(message: Buffer, publicKey: string): Verdict {
  const text = message.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const headers = parseHeaders(text.slice(0, end + 2));
  const own = headers.find(({ name }) => name === 'dkim-signature');
  if (!own) throw new Error('there is no signature');
  const tags = parseTags(own.raw.slice(own.raw.indexOf(':') + 1));
  const tag = (name: string) => tags.get(name) ?? '';
  if (tag('v') !== '1' || tag('a') !== 'rsa-sha256' || tag('c') !== 'relaxed/relaxed') {
    throw new Error(`not a signature of that kind: ${own.raw}`);
  }
  const signed = tag('h')
    .split(':')
    .map((name) => name.trim().toLowerCase());
  const lines = pick(headers, signed).map((header) => `${relaxed(header.raw)}\r\n`);
  const unsigned = relaxed(own.raw.replace(/([;\s]b=)[^;]*/, '$1'));
  const bodyHash = createHash('sha256')
    .update(relaxedBody(text.slice(end + 4)), 'latin1')
    .digest('base64');
  const key = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  const isSigned = createVerify('RSA-SHA256')
    .update(lines.join('') + unsigned, 'latin1')
    .verify(key, tag('b').replace(/\s/g, ''), 'base64');
  const isGenuine = isSigned && bodyHash === tag('bh').replace(/\s/g, '');
  return { isGenuine, domain: tag('d'), selector: tag('s'), signed };
}

function parseHeaders(block: string): Header[] {
  return block
    .split(/\r\n(?![ \t])/)
    .filter((raw) => raw !== '')
    .map((raw) => ({ name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase(), raw }));
}

/** From the bottom up, as 5.4.2 says; a name more often than there are headers stands for none. */
function pick(headers: Header[], names: string[]): Header[] {
  const left = [...headers].reverse();
  return names.flatMap((name) => {
    const at = left.findIndex((header) => header.name === name);
    return at < 0 ? [] : left.splice(at, 1);
  });
}

function parseTags(text: string): Map<string, string> {
  const parts = text.split(';').map((part) => /^\s*([a-z0-9_]+)\s*=([\s\S]*)$/i.exec(part));
  return new Map(
    parts.flatMap((part) => (part ? [[part[1] as string, (part[2] as string).trim()]] : [])),
  );
}

function relaxed(raw: string): string {
  const at = raw.indexOf(':');
  const value = raw
    .slice(at + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ');
  return `${raw.slice(0, at).trim().toLowerCase()}:${value.trim()}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
