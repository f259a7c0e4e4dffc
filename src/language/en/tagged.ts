// The pages of a name and a category.
export const tagged = {
  noteOfAuthor: 'Papers under this name, newest first; people may share a name.',
  noteOfCategory: (category: string) => `Papers in ${category}, newest first.`,
  alert: 'Alert me of new papers under this name',
  papers: 'Papers',
  newest: 'Newest',
  older: 'Older papers',
};
