// What every mail to readers must hold to, whatever is in it.
import { Parser } from 'htmlparser2';
import { SaxesParser } from 'saxes';
import { expect } from 'vitest';
import type { Issue } from '../src/digests/compose-issue.ts';
import { widthOf } from '../src/digests/mail/wrap-text.ts';

const ALLOWED = /^(?:html|head|meta|title|style|body|div|p|h1|h2|a|b|bdi)$/;
/** They load something, or run it. */
const LOADING = /^(?:src|srcset|background|poster|data|action|on.*)$/;
/** Bytes. */
const GMAIL_CUTS_AT = 102_000;
const TEXT_WIDTH = 72;

export type HtmlPart = {
  links: string[];
  text: string;
  tags: Set<string>;
  attributes: Set<string>;
  styles: string[];
};

/** The HTML is well-formed, asks nobody for anything and has absolute links only; the text fits a terminal. */
export function expectMailable({ subject, html, text }: Issue): HtmlPart {
  expect(subject).not.toMatch(/[\r\n]/);
  expect(Buffer.byteLength(html)).toBeLessThan(GMAIL_CUTS_AT);
  expectWellFormed(html);
  const part = readHtml(html);
  expect([...part.tags].filter((tag) => !ALLOWED.test(tag))).toEqual([]);
  expect([...part.attributes].filter((name) => LOADING.test(name))).toEqual([]);
  expect(part.styles.filter((style) => /@import|url\(|expression/i.test(style))).toEqual([]);
  expect(part.links.filter((link) => !/^https?:\/\/[^/\s]+/.test(link))).toEqual([]);
  const long = text
    .split('\n')
    .filter((line) => widthOf(line) > TEXT_WIDTH && !/https?:/.test(line));
  expect(long).toEqual([]);
  expect(text).not.toMatch(/[\r\t]/);
  return part;
}

/** As XML, which is stricter than any mail program. */
function expectWellFormed(html: string): void {
  const problems: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => problems.push(error.message));
  parser.write(html).close();
  expect(problems).toEqual([]);
}

function readHtml(html: string): HtmlPart {
  const part: HtmlPart = {
    links: [],
    text: '',
    tags: new Set(),
    attributes: new Set(),
    styles: [html.slice(html.indexOf('<style>'), html.indexOf('</style>'))],
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      part.tags.add(name);
      for (const attribute of Object.keys(attributes)) part.attributes.add(attribute);
      if (attributes.href !== undefined) part.links.push(attributes.href);
      if (attributes.style !== undefined) part.styles.push(attributes.style);
    },
    ontext(text) {
      part.text += text;
    },
  });
  parser.end(html);
  return part;
}
