import { oneLine, truncateText } from '../../base/text.ts';

export type Publication = {
  /** Of the journal or the proceedings. */
  title: string | undefined;
  volume?: string | undefined;
  issue?: string | undefined;
  pages?: string | undefined;
  year?: string | undefined;
};

const MAX_LENGTH = 500;

/** `Nature 521(7553), 436–444, 2015`; undefined without a title. */
export function journalReference(publication: Publication): string | undefined {
  const title = oneLine(publication.title ?? '');
  if (title === '') return undefined;
  const { volume, issue, year } = publication;
  const number = `${volume ?? ''}${issue ? `(${issue})` : ''}`;
  const pages = publication.pages?.replace(/\s*[-–]+\s*/, '–');
  const parts = [
    number ? `${title} ${number}` : title,
    pages,
    title.includes(year ?? '') ? '' : year,
  ];
  return truncateText(oneLine(parts.filter(Boolean).join(', ')), MAX_LENGTH);
}
