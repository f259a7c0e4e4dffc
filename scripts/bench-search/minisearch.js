// MiniSearch with its own settings (https://lucaong.github.io/minisearch/): any of the words, no stems.
import MiniSearch from 'minisearch';
import { RESULTS, SUGGESTIONS } from './engine.js';

let index;

export const minisearch = {
  name: 'minisearch',
  isInMemory: true,
  maxPapers: 100_000,
  async build(_folder, batches) {
    index = new MiniSearch({
      fields: ['title', 'abstract'],
      storeFields: ['categories', 'published'],
    });
    for await (const batch of batches) index.addAll(batch);
    return {};
  },
  async open() {
    const search = (text, options) =>
      index
        .search(text, options)
        .slice(0, RESULTS)
        .map(({ id }) => id);
    return {
      short: ({ text }) => search(text),
      title: ({ text }) => search(text),
      filtered: ({ text, category, after }) =>
        search(text, {
          filter: ({ categories, published }) =>
            published >= after && categories.includes(category),
        }),
      suggestion: ({ text }) =>
        index.autoSuggest(text, { fields: ['title'] }).slice(0, SUGGESTIONS),
      close() {},
    };
  },
};
