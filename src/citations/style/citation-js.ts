// Citation.js, which takes a second to load and to make ready: only what formats a reference may import this.
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-csl';
import type { CslItem } from '../csl-json.ts';
import { STYLES, type Style } from './styles.ts';

/** One reference on one line, without a number. */
export function formatReference(item: CslItem, style: Style): string {
  const template = STYLES.find(({ id }) => id === style)?.template;
  if (!template) throw new Error(`no CSL file for ${style}`);
  const options = { template, lang: 'en-US', format: 'text' };
  const text = new Cite([item]).format('bibliography', options);
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^1\.\s+/, '');
}
