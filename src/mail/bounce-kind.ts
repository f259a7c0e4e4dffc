// Whether a mailbox is gone or only does not take mail now.

const STATUS = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;
/**
 * Refusals for good that say nothing against the address: a full mailbox, a message that is too large, a host in
 * trouble, a content or a sender that is not wanted (RFC 3463). Twice the same says more, so they are soft.
 */
const NOT_OF_THE_ADDRESS = /^(?:2\.2|2\.3|3\.\d+|6\.\d+|7\.\d+)$/;

/**
 * Of an enhanced status code (`5.1.1`) and the words that came with it, which may hold a better one. Without any
 * code it is soft.
 */
export function bounceKindOf(status: string, words = ''): 'hard' | 'soft' {
  const own = STATUS.exec(status);
  // `5.0.0` says no more than that it failed.
  const said = own && own[2] !== '0' ? own : (STATUS.exec(words) ?? own);
  if (!said) return /^\D{0,10}5\d\d\b/.test(words) ? 'hard' : 'soft';
  const [, kind, subject, detail] = said;
  if (kind !== '5') return 'soft';
  return NOT_OF_THE_ADDRESS.test(`${subject}.${detail}`) ? 'soft' : 'hard';
}
