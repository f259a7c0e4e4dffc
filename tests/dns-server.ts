// A name server (RFC 1035) with the records that a test gives it, and nothing else.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export type Zone = Record<
  string,
  { TXT?: string[][]; MX?: string[]; A?: string[]; AAAA?: string[]; PTR?: string[] }
>;

const TYPES: Record<number, keyof Zone[string]> = {
  1: 'A',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
};

/** Resolves to `address:port`. The zone may be changed later. */
export async function startDnsServer(zone: Zone): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { address, port }) =>
    socket.send(answer(query, zone), port, address),
  );
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => {
    socket.close();
  });
  return `127.0.0.1:${socket.address().port}`;
}

function answer(query: Buffer, zone: Zone): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at++] as number; length > 0; length = query[at++] as number) {
    labels.push(query.toString('latin1', at, at + length));
    at += length;
  }
  const type = query.readUInt16BE(at);
  const question = query.subarray(12, at + 4);
  const found = zone[labels.join('.').toLowerCase()];
  const kind = TYPES[type];
  const data = (kind && found?.[kind])?.map((value) => encode(kind, value)) ?? [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  // An answer, recursion available; 3 says that there is no such name.
  header.writeUInt16BE(0x8180 | (found ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(data.length, 6);
  const records = data.map((bytes) => {
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0xc00c, 0);
    head.writeUInt16BE(type, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt32BE(60, 6);
    head.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([head, bytes]);
  });
  return Buffer.concat([header, question, ...records]);
}

function encode(kind: keyof Zone[string], value: string | string[]): Buffer {
  if (Array.isArray(value)) return Buffer.concat(value.map(shortText));
  if (kind === 'MX') return Buffer.concat([Buffer.from([0, 10]), nameOf(value)]);
  if (kind === 'PTR') return nameOf(value);
  if (kind === 'A') return Buffer.from(value.split('.').map(Number));
  const [head = '', tail = ''] = value.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const middle = Array(8 - groups(head).length - groups(tail).length).fill('0');
  const all = [...groups(head), ...middle, ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function nameOf(name: string): Buffer {
  return Buffer.concat([...name.split('.').map(shortText), Buffer.from([0])]);
}

function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}
