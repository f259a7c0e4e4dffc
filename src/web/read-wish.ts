import type { Config } from '../config.ts';
import { MAX_TOPICS, type TypedWish, usualWish } from '../digests/parse-wish.ts';
import type { Fields } from './read-form.ts';

/** What the form of a digest sent. A form with an address only, as above the lists, wishes for what is usual. */
export function readWish(
  fields: Fields,
  config: Pick<Config, 'timeZone' | 'digestHour'>,
): TypedWish {
  const usual = usualWish(config);
  const zone = fields.text('time-zone') || usual.timeZone;
  if (!fields.has('cadence')) return { ...usual, timeZone: zone };
  const ways = fields.texts('by');
  return {
    name: fields.text('name'),
    cadence: fields.text('cadence'),
    topics: fields.texts('topic'),
    categories: fields.text('categories'),
    authors: fields.text('authors'),
    searches: fields
      .texts('query')
      .slice(0, MAX_TOPICS + 1)
      .map((query, place) => ({ query, by: ways[place] ?? 'either' })),
    papers: fields.text('papers'),
    hour: fields.text('hour'),
    timeZone: zone,
    language: fields.text('language') || usual.language,
  };
}
