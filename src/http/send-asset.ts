// Files for browsers, each packed once, when it is first asked for.
import type { Context } from 'hono';
import { type Asset, findAsset } from '../base/assets.ts';
import { AppError } from '../base/errors.ts';
import { type Bytes, chooseEncoding, type Encoding, isPackable, pack } from './encodings.ts';
import type { HttpEnv } from './requests.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';

const packed = new WeakMap<Asset, Map<Encoding, Promise<Bytes>>>();

/** Throws `not-found`. */
export async function sendAsset(c: Context<HttpEnv>): Promise<Response> {
  const asset = findAsset(c.req.path);
  if (!asset) throw new AppError('not-found', 'There is no such file.');
  const headers: Record<string, string> = {
    'content-type': asset.type,
    'cache-control': FOR_EVER,
    vary: 'accept-encoding',
  };
  const encoding = isPackable(asset.type, asset.body.length)
    ? chooseEncoding(c.req.header('accept-encoding') ?? '')
    : 'identity';
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  return c.body(await packedAs(asset, encoding), 200, headers);
}

function packedAs(asset: Asset, encoding: Encoding): Promise<Bytes> {
  const known = packed.get(asset) ?? new Map<Encoding, Promise<Bytes>>();
  packed.set(asset, known);
  const body =
    known.get(encoding) ?? pack(new Uint8Array(asset.body), encoding, { isThorough: true });
  known.set(encoding, body);
  return body;
}
