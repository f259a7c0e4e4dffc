// What a registry of DOIs says of one, as CSL-JSON:
// https://docs.citationstyles.org/en/stable/specification.html, https://citation.crosscite.org/docs.html
import { z } from 'zod';
import type { Instant } from '../../base/calendar.ts';
import { AppError } from '../../base/errors.ts';
import { truncateText } from '../../base/text.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { findPaperId, isArxivId } from '../../papers/paper-id.ts';
import { MAX_ABSTRACT, MAX_TITLE, recordOfLine } from '../paper-lines.ts';
import { journalReference } from './journal-reference.ts';
import { abstractText, markupText } from './markup-text.ts';
import { dateOfParts, firstDate } from './publication-date.ts';

export type CslPaper = {
  record: PaperRecord;
  /** The same work at arXiv, where the registry knows it. */
  arxivId: string | undefined;
  /** Where the publisher keeps the paper. */
  homeHost: string | undefined;
};

/** Registries leave out what they do not know, or write it in a form of their own: that is no reason to refuse the rest. */
const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);
const text = optional(z.string());
const texts = optional(z.union([z.string(), z.array(z.string()).transform((list) => list[0])]));
const date = optional(
  z
    .object({ 'date-parts': z.array(z.array(z.coerce.number())) })
    .transform((value) => value['date-parts'][0]),
);
const related = z.array(z.object({ id: z.string() }));

/** Others speak of text mining only. */
const LICENCE = /^https?:\/\/creativecommons\.org\/[\w./-]{1,200}$/;

const NAME = z.object({
  given: text,
  family: text,
  suffix: text,
  'dropping-particle': text,
  'non-dropping-particle': text,
  literal: text,
  name: text,
  affiliation: optional(z.array(z.object({ name: z.string() }))),
});
const CSL = z.object({
  title: texts,
  subtitle: texts,
  author: optional(z.array(NAME)),
  abstract: text,
  issued: date,
  'published-online': date,
  'published-print': date,
  posted: date,
  created: date,
  'container-title': texts,
  volume: optional(z.coerce.string()),
  issue: optional(z.coerce.string()),
  page: text,
  license: optional(z.array(z.object({ URL: z.string() }))),
  resource: optional(z.object({ primary: z.object({ URL: z.string() }) })),
  relation: optional(
    z.object({
      'has-preprint': optional(related),
      'is-same-as': optional(related),
      'is-identical-to': optional(related),
      'is-version-of': optional(related),
    }),
  ),
});

/** Throws `invalid` when it is not CSL-JSON or names no title. */
export function readCsl(json: unknown, doi: string, now: Instant): CslPaper {
  const parsed = CSL.safeParse(json);
  const csl = parsed.data;
  const title = csl && truncateText(titleOf(csl), MAX_TITLE);
  if (!csl || !title) {
    throw new AppError(
      'invalid',
      `The registry of ${doi} names no title for it: paste the address of the paper's page.`,
    );
  }
  const published = [csl.issued, csl['published-online'], csl.posted, csl['published-print']];
  const submittedAt =
    firstDate(
      published.map((parts) => parts && dateOfParts(parts)),
      now,
    ) ?? firstDate([csl.created && dateOfParts(csl.created)], now);
  const abstract = truncateText(abstractText(csl.abstract ?? ''), MAX_ABSTRACT);
  const licence = csl.license?.find(({ URL }) => LICENCE.test(URL))?.URL;
  const journalRef = journalReference({
    title: markupText(csl['container-title'] ?? ''),
    volume: csl.volume,
    issue: csl.issue,
    pages: csl.page,
    year: submittedAt?.slice(0, 4),
  });
  const record = recordOfLine({
    id: `doi:${doi}`,
    doi,
    title,
    authors: authorsOf(csl),
    ...(abstract ? { abstract } : {}),
    ...(submittedAt ? { submittedAt } : {}),
    ...(journalRef ? { journal_ref: journalRef } : {}),
    ...(licence ? { licence } : {}),
  });
  const home = csl.resource?.primary.URL;
  return {
    record,
    arxivId: arxivIdOf(csl),
    homeHost: home && URL.canParse(home) ? new URL(home).hostname : undefined,
  };
}

function titleOf(csl: z.infer<typeof CSL>): string {
  const title = markupText(csl.title ?? '');
  const subtitle = markupText(csl.subtitle ?? '');
  if (title === '' || subtitle === '' || title.includes(subtitle)) return title;
  return `${title}: ${subtitle}`;
}

function authorsOf(csl: z.infer<typeof CSL>): { name: string; affiliations?: string[] }[] {
  return (csl.author ?? []).map((author) => {
    const parts = [
      author.given,
      author['dropping-particle'],
      author['non-dropping-particle'],
      author.family,
      author.suffix,
    ];
    const affiliations = author.affiliation?.map(({ name }) => markupText(name)) ?? [];
    return {
      name: author.literal ?? author.name ?? parts.filter(Boolean).join(' '),
      ...(affiliations.length > 0 ? { affiliations } : {}),
    };
  });
}

function arxivIdOf({ relation }: z.infer<typeof CSL>): string | undefined {
  const works = Object.values(relation ?? {}).flatMap((list) => list ?? []);
  return works.map(({ id }) => findPaperId(id)?.id ?? '').find(isArxivId);
}
