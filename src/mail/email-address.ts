/**
 * An address as it is compared and kept: without white space around it, its domain in lower case. What stands
 * before the @ is its host's affair.
 */
export function normalAddress(email: string): string {
  const trimmed = email.trim();
  const at = trimmed.lastIndexOf('@');
  return at < 0 ? trimmed : trimmed.slice(0, at) + trimmed.slice(at).toLowerCase();
}
