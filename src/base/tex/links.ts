const ESCAPED = /\\([_%&#~${}.\-/:?=])(?:\{\})?/g;
const TILDE = /\\(?:textasciitilde|sim)(?:\{\}|(?![A-Za-z]))|\{\\textasciitilde\}|\$\s*\\sim\s*\$/g;
const INVISIBLE = /\\(?:allowbreak|-|\/|@|,|!|linebreak|slash)(?![A-Za-z])/g;
const WEB_ADDRESS = /^https?:\/\/[^\s/?#"'<>\\]+[^\s"<>\\]*$/i;
const BARE_HOST = /^(?:[a-z\d-]+\.)+[a-z]{2,}(?:\/|$)/i;

/** What the author typed as an address, in the form a browser takes; undefined unless http(s). */
export function parseTarget(typed: string): string | undefined {
  const address = unescapeAddress(typed)
    .replace(/[\s{}]+/g, '')
    .replace(/^<|>$/g, '');
  if (WEB_ADDRESS.test(address)) return address;
  return BARE_HOST.test(address) ? `https://${address}` : undefined;
}

export function unescapeAddress(typed: string): string {
  return typed
    .replace(TILDE, '~')
    .replace(INVISIBLE, (found) => (found === '\\slash' ? '/' : ''))
    .replace(ESCAPED, '$1');
}

const ADDRESS_CHARACTERS =
  /(?:[\p{L}\p{N}\-._~:/?#[\]@!&'()*+,;=%]|\\[_%&#~$-](?:\{\})?|\\textasciitilde(?:\{\})?|\{\\textasciitilde\}|\$\\sim\$){1,2000}/uy;

type BareAddress = { href: string; end: number };

/** The bare address that starts at `start`, without the punctuation of the sentence around it. */
export function findBareAddress(source: string, start: number): BareAddress | undefined {
  ADDRESS_CHARACTERS.lastIndex = start;
  const found = ADDRESS_CHARACTERS.exec(source)?.[0];
  if (found === undefined) return undefined;
  const typed = trimSentence(found);
  const href = unescapeAddress(typed);
  if (!WEB_ADDRESS.test(href)) return undefined;
  return { href, end: start + typed.length };
}

function trimSentence(typed: string): string {
  let extraRound = count(typed, ')') - count(typed, '(');
  let extraSquare = count(typed, ']') - count(typed, '[');
  let end = typed.length;
  for (; end > 0; end -= 1) {
    const last = typed[end - 1] as string;
    if (last === ')' && extraRound > 0) extraRound -= 1;
    else if (last === ']' && extraSquare > 0) extraSquare -= 1;
    else if (!/[.,;:!?'*]/.test(last) && !typed.startsWith('--', end - 2)) break;
  }
  return typed.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
