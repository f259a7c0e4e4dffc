/** Blanks and control characters, which browsers drop out of an address: `/<tab>/host` is another host. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const UNSAFE = /[\u0000-\u0020\\]/;

/** Whether a link may lead there: the web, mail, or a path of this instance. */
export function isAllowedHref(href: string): boolean {
  if (UNSAFE.test(href)) return false;
  return isOwnPath(href) || (/^(?:https?:\/\/|mailto:.)/i.test(href) && URL.canParse(href));
}

export function isOwnPath(href: string): boolean {
  return /^\/(?!\/)/.test(href);
}
