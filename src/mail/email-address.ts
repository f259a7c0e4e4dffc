/**
 * An address as it is compared: without white space around it and in lower case. No host is known that tells
 * `Ada@` from `ada@`.
 */
export function foldAddress(email: string): string {
  return email.trim().toLowerCase();
}

/**
 * An address as it is written to: without white space around it, its domain in lower case. What stands before the @
 * is its host's affair.
 */
export function normalAddress(email: string): string {
  const trimmed = email.trim();
  const at = trimmed.lastIndexOf('@');
  return at < 0 ? trimmed : trimmed.slice(0, at) + trimmed.slice(at).toLowerCase();
}
