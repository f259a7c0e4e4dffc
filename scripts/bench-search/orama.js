// Orama with its own settings (https://docs.orama.com): any of the words, no stems.
import { create, insertMultiple, search } from '@orama/orama';
import { RESULTS, SUGGESTIONS } from './engine.js';

let index;

export const orama = {
  name: 'orama',
  isInMemory: true,
  maxPapers: 100_000,
  async build(_folder, batches) {
    index = create({
      schema: { title: 'string', abstract: 'string', categories: 'enum[]', day: 'number' },
    });
    for await (const batch of batches)
      await insertMultiple(index, batch.map(documentOf), batch.length);
    return {};
  },
  async open() {
    const ask = async (params) => {
      const { hits } = await search(index, { limit: RESULTS, ...params });
      return hits.map(({ id }) => id);
    };
    const properties = ['title', 'abstract'];
    return {
      short: ({ text }) => ask({ term: text, properties }),
      title: ({ text }) => ask({ term: text, properties }),
      filtered: ({ text, category, after }) =>
        ask({
          term: text,
          properties,
          where: { categories: { containsAny: [category] }, day: { gte: dayNumber(after) } },
        }),
      suggestion: ({ text }) => ask({ term: text, properties: ['title'], limit: SUGGESTIONS }),
      close() {},
    };
  },
};

function documentOf({ id, title, abstract, categories, published }) {
  return { id, title, abstract, categories, day: dayNumber(published) };
}

function dayNumber(day) {
  return Number(day.slice(0, 10).replaceAll('-', ''));
}
