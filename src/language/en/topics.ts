// What digests, alerts and channels are about.
export const topics = {
  trending: 'Trending papers',
  list: 'The day’s list',
  search: {
    words: (query: string) => `“${query}” by words`,
    meaning: (query: string) => `“${query}” by meaning`,
    either: (query: string) => `“${query}” by words or meaning`,
  },
};
