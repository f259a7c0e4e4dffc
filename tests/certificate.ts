// A certificate that nobody vouches for, made by openssl when a test first wants it.
import { execFileSync } from 'node:child_process';

export type Certificate = { key: string; cert: string };

let made: Certificate | undefined;

export function selfSignedCertificate(): Certificate {
  made ??= makeCertificate(['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']);
  return made;
}

/** Of another kind of key, or for other days, as openssl takes them. */
export function makeCertificate(options: string[]): Certificate {
  const request = ['req', '-x509', ...options];
  const rest = ['-nodes', '-days', '2', '-subj', '/CN=test.example', '-keyout', '-', '-out', '-'];
  const pem = execFileSync('openssl', [...request, ...rest], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const part = (name: string) =>
    new RegExp(`-----BEGIN ${name}-----[\\s\\S]*?-----END ${name}-----`).exec(pem)?.[0] as string;
  return { key: part('PRIVATE KEY'), cert: part('CERTIFICATE') };
}
