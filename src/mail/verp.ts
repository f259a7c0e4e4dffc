// Variable envelope return paths: what comes back to an address says in the address what it is about.
// Mail programs fold the case of addresses, so tags are of lower case.

/** What RFC 5321 allows before the @. */
const MAX_LOCAL = 64;

/** `returns+tag@example.org`. Throws where that would be longer than an address may be. */
export function tagAddress(address: string, tag: string): string {
  const at = address.lastIndexOf('@');
  const local = `${address.slice(0, at)}+${tag}`;
  if (local.length > MAX_LOCAL) throw new Error(`${local} is too long for an address`);
  return local + address.slice(at);
}

/** The tag of an address that `tagAddress` made of that one; undefined for any other. */
export function findTag(address: string, tagged: string): string | undefined {
  const at = address.lastIndexOf('@');
  const folded = tagged.trim().toLowerCase();
  const before = `${address.slice(0, at)}+`.toLowerCase();
  const after = address.slice(at).toLowerCase();
  if (!folded.startsWith(before) || !folded.endsWith(after)) return undefined;
  const tag = folded.slice(before.length, folded.length - after.length);
  return tag === '' ? undefined : tag;
}
