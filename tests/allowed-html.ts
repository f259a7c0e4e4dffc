// Whether a comment's HTML holds only what may be in it, as the parser of the sanitiser reads it.
import { createRequire } from 'node:module';
import { ALLOWED } from '../src/comments/markdown/sanitise.ts';

type Handlers = {
  onopentag?: (name: string, attributes: Record<string, string>) => void;
  ontext?: (text: string) => unknown;
  oncomment?: (text: string) => unknown;
  oncdatastart?: () => unknown;
  onprocessinginstruction?: (name: string) => unknown;
};
type Htmlparser2 = { Parser: new (handlers: Handlers) => { end(html: string): void } };

const HERE = 'https://here.example';

/** The one that the sanitiser uses. */
const { Parser } = createRequire(createRequire(import.meta.url).resolve('sanitize-html'))(
  'htmlparser2',
) as Htmlparser2;

/** What is in the HTML and should not be: tags, attributes, classes, addresses; empty when it is good. */
export function findForbidden(html: string): string[] {
  const found: string[] = [];
  new Parser({
    onopentag(name, attributes) {
      found.push(...findForbiddenInTag(name, attributes));
    },
    oncomment: (text) => found.push(`<!--${text}-->`),
    oncdatastart: () => found.push('<![CDATA['),
    onprocessinginstruction: (name) => found.push(`<${name}>`),
  }).end(html);
  return found;
}

export function findForbiddenInTag(name: string, attributes: Record<string, string>): string[] {
  if (!ALLOWED.tags.includes(name)) return [`<${name}>`];
  const allowed = ALLOWED.attributes[name] ?? [];
  const classes = ALLOWED.classes[name] ?? [];
  const found = Object.entries(attributes).filter(([attribute, value]) => {
    if (attribute === 'class') return !classes.includes(value);
    return !allowed.includes(attribute) || (attribute === 'href' && !leadsSomewhereSafe(value));
  });
  const leadsOut = name === 'a' && /^\w+:/.test(attributes.href ?? '');
  if (leadsOut && attributes.rel !== 'nofollow ugc noopener') found.push(['rel', 'missing']);
  return found.map(([attribute, value]) => `<${name} ${attribute}="${value}">`);
}

/** As a browser reads the address, which takes `\\` for a slash and drops line ends. */
function leadsSomewhereSafe(href: string): boolean {
  const url = URL.parse(href, HERE);
  if (url?.origin === HERE) return href.startsWith('/');
  return ['http:', 'https:', 'mailto:'].includes(url?.protocol ?? '') && /^\w+:/.test(href);
}

export function textOfHtml(html: string): string {
  const parts: string[] = [];
  new Parser({ ontext: (part) => parts.push(part) }).end(html);
  return parts.join('');
}
