// What a page says of itself, read in one pass and without a tree: pages are anybody's, and one of a
// million open tags must not cost more than its length.
import { Parser } from 'htmlparser2';

export type HtmlFacts = {
  /** `meta` elements in their order; names in lower case. */
  metas: { name: string; content: string }[];
  /** `link rel=canonical`, as it stands there. */
  canonical: string | undefined;
  /** JSON-LD that is JSON. */
  jsonLd: unknown[];
  /** The text of the first element that calls itself the abstract, a line a paragraph. */
  abstract: string | undefined;
};

const MAX_DEPTH = 500;
const MAX_METAS = 20_000;
const MAX_JSON_LD = 20;
const MAX_ABSTRACT = 50_000;
const MIN_ABSTRACT = 40;
const HOLDERS = ['div', 'section', 'article', 'blockquote', 'p'];
const BREAKS = ['p', 'div', 'br', 'li', 'section', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** Reads as far as the page can be read. */
export function readHtml(html: string): HtmlFacts {
  const facts: HtmlFacts = { metas: [], canonical: undefined, jsonLd: [], abstract: undefined };
  let depth = 0;
  let script: string | undefined;
  let hidden = 0;
  let abstract: { text: string; depth: number } | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth++;
      if (depth > MAX_DEPTH) parser.pause();
      if (name === 'meta' && facts.metas.length < MAX_METAS) {
        const key = attributes.name ?? attributes.property ?? attributes.itemprop;
        const { content } = attributes;
        if (key && content) facts.metas.push({ name: key.trim().toLowerCase(), content });
      } else if (name === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(attributes.rel ?? '')) {
        facts.canonical ??= attributes.href;
      } else if (name === 'script' || name === 'style') {
        hidden++;
        if (/^application\/ld\+json\b/i.test(attributes.type ?? '')) script = '';
      } else if (!abstract && facts.abstract === undefined && isAbstract(name, attributes)) {
        abstract = { text: '', depth };
      }
      if (abstract && BREAKS.includes(name)) abstract.text += '\n\n';
    },
    ontext(text) {
      if (script !== undefined) script += text;
      else if (abstract && hidden === 0) abstract.text += text;
    },
    onclosetag(name) {
      if (name === 'script' || name === 'style') {
        hidden--;
        if (script !== undefined && facts.jsonLd.length < MAX_JSON_LD) addJson(facts, script);
        script = undefined;
      }
      if (abstract && BREAKS.includes(name)) abstract.text += '\n\n';
      if (abstract && (depth === abstract.depth || abstract.text.length > MAX_ABSTRACT)) {
        const text = abstract.text.trim();
        if (text.length >= MIN_ABSTRACT && text.length <= MAX_ABSTRACT) facts.abstract = text;
        abstract = undefined;
      }
      depth--;
    },
  });
  parser.write(html);
  // Ending closes what was left open, at a cost that grows with the square of its depth.
  if (depth <= MAX_DEPTH) parser.end();
  return facts;
}

function isAbstract(name: string, { id, class: names }: Record<string, string>): boolean {
  if (!HOLDERS.includes(name)) return false;
  return id?.toLowerCase() === 'abstract' || /(?:^|\s)(?:acl-)?abstract(?:\s|$)/i.test(names ?? '');
}

function addJson(facts: HtmlFacts, script: string): void {
  try {
    facts.jsonLd.push(JSON.parse(script));
  } catch {
    // Many pages' JSON-LD is broken; they say the same in other places.
  }
}

/** The text of a page, in the encoding that its header, its first bytes or itself name, else UTF-8. */
export function decodeHtml(body: Buffer, contentType: string): string {
  const head = body.subarray(0, 1_024).toString('latin1');
  const label =
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ??
    (/^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)/.test(head) ? bomLabel(head) : undefined) ??
    /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
  try {
    return new TextDecoder(label ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function bomLabel(head: string): string {
  if (head.startsWith('\xfe\xff')) return 'utf-16be';
  return head.startsWith('\xff\xfe') ? 'utf-16le' : 'utf-8';
}
