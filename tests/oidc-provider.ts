// An OpenID Connect service of our own: it lets in whomever the test says, without asking.
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type OidcProvider = {
  issuer: string;
  /** Claims of whoever signs in next; `sub` at least. */
  claims: Record<string, unknown>;
};

const CLIENT = 'broadsheet';
const KEY_ID = 'key-1';

export async function startOidcProvider(): Promise<OidcProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, { claims: Record<string, unknown>; nonce: string | null }>();
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer);
    const json = (body: unknown) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json({
          issuer: provider.issuer,
          authorization_endpoint: `${provider.issuer}/authorize`,
          token_endpoint: `${provider.issuer}/token`,
          userinfo_endpoint: `${provider.issuer}/userinfo`,
          jwks_uri: `${provider.issuer}/jwks`,
          id_token_signing_alg_values_supported: ['RS256'],
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
        });
      case '/jwks':
        return json({
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }],
        });
      case '/authorize': {
        const code = `code-${codes.size}`;
        codes.set(code, { claims: provider.claims, nonce: url.searchParams.get('nonce') });
        const back = new URL(url.searchParams.get('redirect_uri') as string);
        back.searchParams.set('code', code);
        back.searchParams.set('state', url.searchParams.get('state') as string);
        response.writeHead(302, { location: back.href });
        return response.end();
      }
      case '/token': {
        let body = '';
        request.on('data', (part) => {
          body += part;
        });
        request.on('end', () => {
          const code = new URLSearchParams(body).get('code') ?? '';
          const found = codes.get(code);
          codes.delete(code);
          if (!found) {
            response.writeHead(400);
            return response.end('{"error":"invalid_grant"}');
          }
          const now = Math.floor(Date.now() / 1000);
          const payload = {
            iss: provider.issuer,
            aud: CLIENT,
            iat: now,
            exp: now + 300,
            ...(found.nonce ? { nonce: found.nonce } : {}),
            ...found.claims,
          };
          json({
            access_token: Buffer.from(JSON.stringify(found.claims)).toString('base64url'),
            token_type: 'Bearer',
            expires_in: 300,
            id_token: sign(payload, privateKey),
          });
        });
        return undefined;
      }
      case '/userinfo': {
        const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
        return json(JSON.parse(Buffer.from(token, 'base64url').toString()));
      }
      default:
        response.writeHead(404);
        return response.end();
    }
  });
  const provider: OidcProvider = { issuer: '', claims: { sub: 'nobody' } };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.close();
  });
  return provider;
}

function sign(payload: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })}.${part(payload)}`;
  return `${head}.${createSign('RSA-SHA256').update(head).sign(key).toString('base64url')}`;
}
