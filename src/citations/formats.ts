// The forms in which papers are cited, and the one way to write them.

import { renderBibtex } from './bibtex.ts';
import { citationKeys } from './citation-key.ts';
import { cslItemOf } from './csl-json.ts';
import type { Reference } from './reference.ts';
import { renderRis } from './ris.ts';
import { formatReferences } from './style/format-references.ts';
import { STYLES, type Style } from './style/styles.ts';

export const FORMATS = ['bibtex', 'ris', 'csl', 'text'] as const;
export type Format = (typeof FORMATS)[number];
/** `style` counts for `text` only. */
export type CitationForm = { format: Format; style: Style };

type FormatFacts = { name: string; extension: string; mediaType: string };

export const FORMAT_FACTS: Record<Format, FormatFacts> = {
  bibtex: { name: 'BibTeX', extension: 'bib', mediaType: 'application/x-bibtex' },
  ris: { name: 'RIS', extension: 'ris', mediaType: 'application/x-research-info-systems' },
  csl: {
    name: 'CSL-JSON',
    extension: 'json',
    mediaType: 'application/vnd.citationstyles.csl+json',
  },
  text: { name: 'Formatted text', extension: 'txt', mediaType: 'text/x-bibliography' },
};

/** As many papers as one export holds: formatting takes far longer than writing. */
export function maxCited({ format }: Pick<CitationForm, 'format'>): number {
  return format === 'text' ? 100 : 500;
}

export function findStyle(text: string): Style | undefined {
  return STYLES.find(({ id }) => id === text)?.id;
}

/** In the order given. */
export async function renderCitations(
  references: readonly Reference[],
  { format, style }: CitationForm,
): Promise<string> {
  const keys = citationKeys(references);
  switch (format) {
    case 'bibtex':
      return references.map((one, index) => renderBibtex(one, keys[index] as string)).join('\n');
    case 'ris':
      return references.map(renderRis).join('');
    case 'csl': {
      const items = references.map((one, index) => cslItemOf(one, keys[index] as string));
      return `${JSON.stringify(items, undefined, 2)}\n`;
    }
    case 'text': {
      const items = references.map((one, index) => cslItemOf(one, keys[index] as string));
      const lines = await formatReferences(items, style);
      const isNumbered = references.length > 1 && style === 'vancouver';
      return lines.map((line, index) => `${isNumbered ? `${index + 1}. ` : ''}${line}\n`).join('');
    }
  }
}

/** What an answer in this form says of itself. */
export function contentTypeOf({ format, style }: CitationForm): string {
  const parameter = format === 'text' ? `; style=${style}` : '';
  return `${FORMAT_FACTS[format].mediaType}${parameter}; charset=utf-8`;
}
