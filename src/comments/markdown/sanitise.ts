// The last word on a comment's HTML. The parser lets no tags in; this holds even if it errs.
import sanitizeHtml from 'sanitize-html';
import { isAllowedHref, isOwnPath } from './allowed-href.ts';

/** Of elements; deeper ones leave their text. A browser stops at 512, and other readers sooner. */
const MAX_DEPTH = 200;

const TEXT_ATTRIBUTES: Record<string, string[]> = {
  a: ['href', 'title', 'rel'],
  ol: ['start'],
};
const TEXT_CLASSES: Record<string, string[]> = {
  a: ['mention', 'paper-ref'],
  code: ['tex'],
  td: ['align-left', 'align-center', 'align-right'],
  th: ['align-left', 'align-center', 'align-right'],
};
const TEXT_TAGS = [
  ...['p', 'br', 'hr', 'blockquote', 'ul', 'ol', 'li', 'h4', 'h5', 'h6', 'pre'],
  ...['a', 'em', 'strong', 's', 'code', 'sup', 'sub'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
/** What KaTeX writes, without what can hold HTML, load, link or act. */
const MATH_ATTRIBUTES: Record<string, string[]> = {
  math: ['display'],
  menclose: ['notation'],
  mfrac: ['linethickness'],
  mi: ['mathvariant'],
  mn: ['mathvariant'],
  mo: [
    ...['accent', 'fence', 'largeop', 'lspace', 'mathvariant', 'maxsize', 'minsize'],
    ...['rspace', 'separator', 'stretchy'],
  ],
  mover: ['accent'],
  mpadded: ['depth', 'height', 'lspace', 'voffset', 'width'],
  mspace: ['depth', 'height', 'linebreak', 'width'],
  mstyle: ['displaystyle', 'mathsize', 'scriptlevel'],
  mtable: ['columnalign', 'columnlines', 'columnspacing', 'rowlines', 'rowspacing', 'width'],
  mtd: ['width'],
  mtext: ['mathvariant'],
  munder: ['accentunder'],
  munderover: ['accent', 'accentunder'],
};
const MATH_TAGS = [
  ...['math', 'menclose', 'mfrac', 'mi', 'mn', 'mo', 'mover', 'mpadded', 'mphantom', 'mroot'],
  ...['mrow', 'mspace', 'msqrt', 'mstyle', 'msub', 'msubsup', 'msup', 'mtable', 'mtd', 'mtext'],
  ...['mtr', 'munder', 'munderover'],
];

/** What may be in a comment's HTML: tags, their attributes, and the classes of those that have any. */
export const ALLOWED = {
  tags: [...TEXT_TAGS, ...MATH_TAGS],
  attributes: { ...TEXT_ATTRIBUTES, ...MATH_ATTRIBUTES } as Record<string, string[]>,
  classes: TEXT_CLASSES,
};

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: ALLOWED.tags,
  allowedAttributes: ALLOWED.attributes,
  allowedClasses: ALLOWED.classes,
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  allowedStyles: {},
  nestingLimit: MAX_DEPTH,
  transformTags: { a: checkLink },
};

export function sanitise(html: string): string {
  return sanitizeHtml(html, OPTIONS);
}

function checkLink(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { rel: _rel, ...rest } = attribs;
  const href = rest.href ?? '';
  if (!isAllowedHref(href)) delete rest.href;
  else if (!isOwnPath(href)) rest.rel = 'nofollow ugc noopener';
  return { tagName, attribs: rest };
}
