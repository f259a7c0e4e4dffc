// Where a paper was published, out of the line that its authors or its publisher wrote.
import { renderTexText } from '../base/tex/tex.ts';
import { oneLine } from '../base/text.ts';

export type Publication = {
  kind: 'journal' | 'proceedings';
  /** Of the journal or the proceedings; the whole line where no more can be told. */
  title: string;
  volume: string | undefined;
  issue: string | undefined;
  pages: string | undefined;
  year: number | undefined;
};

const PROCEEDINGS =
  /\b(?:proceedings|proc\.|conference|conf\.|workshop|symposium|CVPR|ICCV|ECCV|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|ACL|EMNLP|NAACL|EACL|COLING|INTERSPEECH|ICASSP|KDD|SIGIR|ICRA|IROS|MICCAI|BMVC|WACV|AISTATS|UAI|COLT|CoRL)\b|^in:?\s/i;
const YEAR_AT_END = /[\s,;:]*(?:\(((?:19|20)\d\d)\)|(?<=[\s,;])((?:19|20)\d\d))\.?$/;
/** `Nature 521(7553), 436–444`, `J. Phys. A vol. 5, no. 2, pp. 1-9` */
const VOLUME =
  /^(.*?\p{L}[.)]?),?\s+(?:vol(?:ume)?\.?\s*)?([A-Z]?\d{1,5})(?:\s*\(([\w–-]+)\)|,?\s+(?:no|issue|num(?:ber)?)\.?\s*([\w–-]+))?(?:\s*[,:]\s*(?:(?:pp?|pages?|art(?:icle)?)\.?\s*)?([A-Z]?\d[\w.]*(?:\s*[-–]+\s*[A-Z]?\d[\w.]*)?))?$/u;

/** `line` may be TeX, as `Phys. Rev. D 76, 013009 (2007)`. */
export function publicationOf(line: string): Publication | undefined {
  const text = oneLine(renderTexText(line)).replace(/[.,;]+$/, '');
  if (!/\p{L}/u.test(text)) return undefined;
  const atEnd = YEAR_AT_END.exec(text);
  const rest = atEnd ? text.slice(0, atEnd.index) : text;
  const year = atEnd ? Number(atEnd[1] ?? atEnd[2]) : undefined;
  const kind = PROCEEDINGS.test(text) ? 'proceedings' : 'journal';
  const found = VOLUME.exec(rest);
  const title = (found?.[1] ?? rest).replace(/^in:?\s+/i, '') || text;
  const issue = found?.[3] ?? found?.[4];
  const pages = found?.[5]?.replace(/\s*[-–]+\s*/, '–');
  return { kind, title, volume: found?.[2], issue, pages, year };
}
