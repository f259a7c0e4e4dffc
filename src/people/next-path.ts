/** A path of this instance to go on with, or the fallback: nothing that would lead to another host. */
export function nextPath(text: string | undefined, fallback = '/'): string {
  if (!text?.startsWith('/') || /[\\\s]/.test(text) || text.length > 2_000) return fallback;
  const base = 'http://instance.invalid';
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url?.origin !== base || text.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
