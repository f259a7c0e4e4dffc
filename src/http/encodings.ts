// The ways of sending fewer bytes that browsers understand (RFC 9110, section 12.5.3).
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';
export type Bytes = Uint8Array<ArrayBuffer>;

/** Beyond it a page of a day takes longer to pack than to make. */
const QUICK_BROTLI = 4;
/** For what is packed once and sent for as long as the program runs. */
const THOROUGH_BROTLI = 11;
const MIN_BYTES = 1_024;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Whether it is worth packing: text, and enough of it. */
export function isPackable(type: string, bytes: number): boolean {
  return bytes >= MIN_BYTES && /^text\/|json|xml|svg|bibtex|research-info/.test(type);
}

/** The best that an Accept-Encoding header allows. */
export function chooseEncoding(accepted: string): Encoding {
  const refused = (name: string) =>
    new RegExp(`\\b${name}\\s*;\\s*q=0(?:\\.0*)?(?:,|$)`).test(accepted);
  if (/\bbr\b/.test(accepted) && !refused('br')) return 'br';
  if (/\bgzip\b/.test(accepted) && !refused('gzip')) return 'gzip';
  return 'identity';
}

export async function pack(
  plain: Bytes,
  encoding: Encoding,
  { isThorough = false } = {},
): Promise<Bytes> {
  if (encoding === 'identity') return plain;
  if (encoding === 'gzip') return (await compressGzip(plain)) as Bytes;
  const quality = isThorough ? THOROUGH_BROTLI : QUICK_BROTLI;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  return (await compressBrotli(plain, { params })) as Bytes;
}
