// BibTeX, as https://tug.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf describes it, with the fields that
// arXiv gives (https://info.arxiv.org/help/hypertex/bibstyles). Letters are UTF-8.
import { escapeLatex, renderTexLatex } from '../base/tex/tex.ts';
import { oneLine } from '../base/text.ts';
import type { CitedAuthor } from './cited-author.ts';
import { protectCapitals } from './protect-capitals.ts';
import type { Publication } from './publication.ts';
import type { Reference } from './reference.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ENTRY_TYPES = { journal: 'article', proceedings: 'inproceedings' };

/** One entry, with a line end behind it. */
export function renderBibtex(reference: Reference, key: string): string {
  const { publication, archive, date } = reference;
  const type = publication ? ENTRY_TYPES[publication.kind] : 'misc';
  const fields: [string, string | undefined][] = [
    ['title', inBraces(protectCapitals(renderTexLatex(reference.titleTex)))],
    ['author', inBraces(reference.authors.map(authorTex).join(' and '))],
    ['year', inBraces(String(date?.year ?? ''))],
    ['month', date?.month && MONTHS[date.month - 1]],
    ...publicationFields(publication),
    ['eprint', inBraces(verbatim(archive?.key ?? ''))],
    ['archivePrefix', inBraces(archive?.name ?? '')],
    ['primaryClass', inBraces(reference.primaryCategory ?? '')],
    ['doi', inBraces(reference.hasPublishersDoi ? verbatim(reference.doi ?? '') : '')],
    ['url', inBraces(verbatim(reference.url))],
  ].map(([name, value]) => [name as string, value || undefined]);
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = ${value}`] : []));
  return `@${type}{${key},\n${lines.join(',\n')}\n}\n`;
}

function publicationFields(publication: Publication | undefined): [string, string | undefined][] {
  if (!publication) return [];
  const { kind, title, volume, issue, pages } = publication;
  return [
    [kind === 'journal' ? 'journal' : 'booktitle', inBraces(escapeLatex(title))],
    ['volume', inBraces(escapeLatex(volume ?? ''))],
    ['number', inBraces(escapeLatex(issue ?? ''))],
    ['pages', inBraces(escapeLatex(pages?.replaceAll('–', '--') ?? ''))],
  ];
}

/** `van der Berg, Jan`, `King, Jr., Martin Luther`, `{LIGO Collaboration}` */
function authorTex(author: CitedAuthor): string {
  if (author.kind === 'group') return `{${escapeLatex(oneLine(author.name))}}`;
  const family = nameTex(author.family);
  // Parsers take a small word behind a hyphen for a particle.
  const whole = /-\p{Ll}/u.test(family) ? `{${family}}` : family;
  const parts = [
    author.particle ? `${nameTex(author.particle)} ${whole}` : whole,
    nameTex(author.suffix),
    nameTex(author.given),
  ];
  return parts.filter(Boolean).join(', ');
}

/** BibTeX would take a comma or an "and" for its own. */
function nameTex(part: string): string {
  const tex = escapeLatex(oneLine(part));
  return /,|(?:^|\s)and(?:\s|$)/i.test(tex) ? `{${tex}}` : tex;
}

function inBraces(value: string): string | undefined {
  return value === '' ? undefined : `{${value}}`;
}

/** Addresses and identities are read letter by letter; only what would end the field is written otherwise. */
function verbatim(text: string): string {
  return text.replace(/[{}\\\s]/g, (sign) => encodeURIComponent(sign));
}
