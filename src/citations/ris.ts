// RIS, as https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
// describes it: lines of a tag, two blanks, a hyphen and a blank, ended by CR LF.
import { oneLine } from '../base/text.ts';
import { invertedName } from './cited-author.ts';
import type { CitedDate, Reference } from './reference.ts';

const TYPES = { journal: 'JOUR', proceedings: 'CPAPER' };

/** One record, with the empty line behind it that some programs look for. */
export function renderRis(reference: Reference): string {
  const { archive, date, publication } = reference;
  const [firstPage, lastPage] = publication?.pages?.split('–') ?? [];
  const fields: [string, string | undefined][] = [
    ['TY', publication ? TYPES[publication.kind] : 'UNPB'],
    ...reference.authors.map((author): [string, string] => ['AU', invertedName(author)]),
    ['TI', reference.title],
    ['T2', publication?.title],
    ['VL', publication?.volume],
    ['IS', publication?.issue],
    ['SP', firstPage],
    ['EP', lastPage],
    ['PY', date && String(date.year)],
    ['DA', date && slashed(date)],
    ['PB', publication ? undefined : archive?.name],
    ['AN', archive && `${archive.name}:${archive.key}`],
    ['DO', reference.doi],
    ['UR', reference.url],
    ['L1', reference.pdfUrl],
    ['AB', reference.abstract],
    ['ID', reference.id],
  ];
  const lines = fields.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}`] : []));
  return [...lines, 'ER  - ', '', ''].join('\r\n');
}

/** `2017/06/12/`; the parts that are not known stay empty. */
function slashed({ year, month, day }: CitedDate): string {
  const digits = (part: number | undefined) => (part ? String(part).padStart(2, '0') : '');
  return `${year}/${digits(month)}/${digits(day)}/`;
}
