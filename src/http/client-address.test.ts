import { expect, test } from 'vitest';
import { clientAddressReader } from './client-address.ts';

test('forwarded addresses count only behind trusted proxies', () => {
  const read = clientAddressReader(['10.0.0.0/8', '::1']);
  expect(read('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
  expect(read('10.1.2.3', '198.51.100.1')).toBe('198.51.100.1');
  expect(read('10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9')).toBe('198.51.100.1');
  expect(read('::ffff:10.1.2.3', '198.51.100.1')).toBe('198.51.100.1');
  expect(read('::1', 'nonsense')).toBe('::1');
  expect(read('10.1.2.3', undefined)).toBe('10.1.2.3');
});
