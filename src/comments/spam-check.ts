// Simple signs of spam in a comment that somebody is about to write. What is doubtful is held for a
// moderator; what a person can mend at once is refused with the reason.
//
// | sign | then |
// |---|---|
// | less than 5 seconds after the person's last comment | refuse |
// | the same text by the same person within a day, of 20 characters or more, or in the same place | refuse |
// | the same text by somebody else within a day, of 40 characters or more | hold |
// | more than 3 links by a new account | hold |
//
// Short texts ("Thank you!") are said twice, and by many, without any harm.

export const REPEAT_WITHIN_MS = 86_400_000;
const MIN_PAUSE_MS = 5_000;
const MAX_LINKS_OF_NEW_ACCOUNT = 3;
const MIN_REPEATED_CHARS = 20;
const MIN_COPIED_CHARS = 40;

export type WritingFacts = {
  raw: string;
  isNewAccount: boolean;
  /** Since the person's last comment; undefined without one. */
  sinceLastMs: number | undefined;
  /** The person wrote this text within a day; `here`: as an answer to the same comment or paper. */
  isRepeated: 'here' | 'elsewhere' | undefined;
  /** Somebody else did. */
  isCopied: boolean;
};

export type SpamVerdict =
  | { result: 'ok' }
  | { result: 'hold'; reason: string }
  /** `retryAfterMs`: waiting is all it takes. */
  | { result: 'refuse'; reason: string; retryAfterMs?: number };

export function checkSpam(facts: WritingFacts): SpamVerdict {
  const { raw, sinceLastMs, isRepeated } = facts;
  if (isRepeated === 'here' || (isRepeated && raw.length >= MIN_REPEATED_CHARS)) {
    const reason = 'You wrote the same within a day: edit that comment, or say it differently.';
    return { result: 'refuse', reason };
  }
  if (sinceLastMs !== undefined && sinceLastMs < MIN_PAUSE_MS) {
    const retryAfterMs = MIN_PAUSE_MS - Math.max(0, sinceLastMs);
    const reason = 'That was quick: wait five seconds after your last comment, then send it again.';
    return { result: 'refuse', reason, retryAfterMs };
  }
  if (facts.isCopied && raw.length >= MIN_COPIED_CHARS) {
    return { result: 'hold', reason: 'Somebody else wrote the same within a day.' };
  }
  return checkLinks(facts);
}

/** The part that a change of a comment is checked for too. */
export function checkLinks({
  raw,
  isNewAccount,
}: Pick<WritingFacts, 'raw' | 'isNewAccount'>): SpamVerdict {
  if (!isNewAccount || countLinks(raw) <= MAX_LINKS_OF_NEW_ACCOUNT) return { result: 'ok' };
  return { result: 'hold', reason: 'Many links by a new account.' };
}

function countLinks(raw: string): number {
  return raw.match(/https?:\/\/|www\./gi)?.length ?? 0;
}
