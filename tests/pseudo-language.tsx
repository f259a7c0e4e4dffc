// A language in which every text of the catalogue stands in ⟦ ⟧, so that a text of a page that does not come out of
// the catalogue is seen.
import type { Child } from 'hono/jsx';
import { Parser } from 'htmlparser2';
import { onTestFinished } from 'vitest';
import * as en from '../src/language/en/en.ts';
import { chooseLanguage, words } from '../src/language/words.ts';

/** Dates are written as in German, so that one that is always written in English is seen as well. */
const TAG = 'de';
/** Names and signs that are the same in every language. */
const NAMES = [
  ...[
    'Broadsheet',
    'arXiv',
    'Hugging Face',
    'API',
    'BibTeX',
    'RIS',
    'JSON Feed',
    'JSON',
    'Markdown',
    'RSS',
  ],
  ...['Atom', 'OPML', 'DOI', 'ORCID', 'UTC', 'GitHub'],
];
/** What is in these is typed, is code, or is not read. */
const NO_LANGUAGE = new Set(['script', 'style', 'code', 'pre', 'math', 'textarea']);
const READ_ATTRIBUTES = ['aria-label', 'aria-description', 'placeholder', 'title', 'alt', 'label'];
const READ_META = new Set(['description', 'og:title', 'og:description']);
/** Addresses, handles and categories. */
const SIGNS = /https?:\/\/\S*|\S+@\S+|(?<!\S)@[\w-]+|\b[a-z-]+\.[A-Z]{2}\b/g;

/** Until the test has finished. */
export function speakPseudoLanguage(): void {
  onTestFinished(() => chooseLanguage('en'));
  Object.assign(words, marked(en), { tag: TAG, direction: en.direction });
}

/** The same catalogue with every text in brackets, and what its functions give. */
function marked(value: unknown): unknown {
  if (typeof value === 'string') return `⟦${value}⟧`;
  if (typeof value === 'function') {
    return (...given: unknown[]) => marked((value as (...given: unknown[]) => unknown)(...given));
  }
  if (Array.isArray(value)) return value.map(marked);
  if (isPlain(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked(one)]));
  }
  return typeof value === 'object' && value !== null ? <>⟦{value as Child}⟧</> : value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/**
 * The texts of a page, and of its parts that are read aloud, that are not of the catalogue. `data`: names, titles
 * and whatever else people wrote.
 */
export function foreignTexts(html: string, data: string[] = []): string[] {
  const found = new Set<string>();
  const known = [...data, ...NAMES, ...namesOfDates()].sort(
    (one, other) => other.length - one.length,
  );
  const take = (text: string) => {
    const rest = known.reduce((left, name) => withoutWord(left, name), text.replace(SIGNS, ''));
    if (/\p{L}/u.test(rest)) found.add(text.trim().replace(/\s+/g, ' '));
  };
  // Whether a text is inside may have been said by one before it.
  let depth = 0;
  let silent = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      const isForeign = name !== 'html' && attributes.lang !== undefined;
      const isSilent = NO_LANGUAGE.has(name) || attributes.translate === 'no' || isForeign;
      if (silent > 0 || isSilent) silent += 1;
      for (const attribute of READ_ATTRIBUTES) {
        const text = attributes[attribute];
        if (text !== undefined && (silent === 0 || !isForeign)) take(outside(text, 0).text);
      }
      if (name === 'meta' && READ_META.has(attributes.name ?? attributes.property ?? '')) {
        take(outside(attributes.content ?? '', 0).text);
      }
    },
    ontext(text) {
      const part = outside(text, depth);
      depth = part.depth;
      if (silent === 0) take(part.text);
    },
    onclosetag() {
      if (silent > 0) silent -= 1;
    },
  });
  parser.end(html);
  return [...found];
}

/** What of a text is in no brackets, when so many are open before it. */
function outside(text: string, before: number): { text: string; depth: number } {
  let depth = before;
  let rest = '';
  for (const sign of text) {
    if (sign === '⟦') depth += 1;
    else if (sign === '⟧') depth -= 1;
    else if (depth === 0) rest += sign;
  }
  return { text: rest, depth };
}

function withoutWord(text: string, name: string): string {
  const whole = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${whole}(?![\\p{L}\\p{N}])`, 'gu'), '');
}

/** Of months and weekdays, as they are written in dates. */
function namesOfDates(): string[] {
  const days = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 1)));
  const formats = (['long', 'short'] as const).flatMap((month) =>
    (['long', 'short'] as const).map(
      (weekday) =>
        new Intl.DateTimeFormat(TAG, { month, weekday, day: 'numeric', timeZone: 'UTC' }),
    ),
  );
  return formats.flatMap((format) =>
    days.flatMap((day) =>
      format
        .formatToParts(day)
        .filter(({ type }) => type === 'month' || type === 'weekday')
        .map(({ value }) => value),
    ),
  );
}
