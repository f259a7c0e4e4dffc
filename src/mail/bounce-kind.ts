// What a refused or returned mail says of its mailbox.

const STATUS = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;

/** Of an enhanced status code without its class (RFC 3463, 3). */
type Said = 'gone' | 'full' | 'nothing' | 'unclear';

/** No such address, or one that was given up or moved away. X.1.7 and X.1.8 are about the sender's. */
const GONE = /^(?:1\.(?![78]$)\d+|2\.1)$/;
const FULL = /^2\.2$/;
/** A message that is too large, a host in trouble, a content or a sender that is not wanted. */
const NOT_OF_THE_MAILBOX = /^(?:1\.[78]|2\.3|3\.\d+|6\.\d+|7\.\d+)$/;

function saidBy(subject: string, detail: string): Said {
  const code = `${subject}.${detail}`;
  if (GONE.test(code)) return 'gone';
  if (FULL.test(code)) return 'full';
  return NOT_OF_THE_MAILBOX.test(code) ? 'nothing' : 'unclear';
}

/**
 * Whether a bounced mailbox is gone or only does not take mail now, of an enhanced status code (`5.1.1`) and the words
 * that came with it, which may hold a better one. What says nothing against the mailbox is soft: twice the same says more.
 * So is what comes without any code.
 */
export function bounceKindOf(status: string, words = ''): 'hard' | 'soft' {
  const own = STATUS.exec(status);
  // `5.0.0` says no more than that it failed.
  const said = own && own[2] !== '0' ? own : (STATUS.exec(words) ?? own);
  if (!said) return /^\D{0,10}5\d\d\b/.test(words) ? 'hard' : 'soft';
  const [, kind, subject = '', detail = ''] = said;
  if (kind !== '5') return 'soft';
  const about = saidBy(subject, detail);
  return about === 'gone' || about === 'unclear' ? 'hard' : 'soft';
}

/**
 * Of an address that the mail server refuses for good while it is handed over; undefined where that counts against
 * nobody. It is mostly a server of our own side: what it does not say of the mailbox, such as a refused relay (5.7.1),
 * is about us.
 */
export function refusalKindOf(status: string | undefined): 'hard' | 'soft' | undefined {
  const said = status === undefined ? undefined : STATUS.exec(status);
  if (!said) return 'hard';
  const [, , subject = '', detail = ''] = said;
  const about = saidBy(subject, detail);
  if (about === 'gone') return 'hard';
  return about === 'full' ? 'soft' : undefined;
}
