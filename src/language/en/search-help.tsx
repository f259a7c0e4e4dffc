import type { Child } from 'hono/jsx';

type Example = (query: string) => Child;

// How to search.
export const searchHelp = {
  title: 'How to search',
  description: 'What you can write into the search box, and how what is found is ordered.',
  about:
    'Write what you are looking for, as you would say it to a colleague. That is all you need; the rest of this page is for when you want to be exact.',
  grammar: 'What you can write',
  write: 'Write',
  toFind: 'to find',
  /** Of each rule of the grammar the ways to write it, and what it finds in a sentence or two. */
  rules: {
    words: {
      write: ['words'],
      finds:
        'What you are looking for, in your own words. Papers that mean the same are found too, whatever their words.',
    },
    phrase: {
      write: ['"a phrase"'],
      finds: 'These words, next to each other, in the title or the abstract.',
    },
    without: {
      write: ['-word', '-"a phrase"'],
      finds:
        'Leaves out papers with that in the title or the abstract. No space behind the hyphen.',
    },
    title: { write: ['title:word', 'title:"a phrase"', 'ti:…'], finds: 'In the title.' },
    author: {
      write: ['author:name', 'author:"full name"', 'au:…'],
      finds:
        'By this author; case and accents do not matter. With a hyphen before it: not by this one.',
    },
    category: {
      write: ['cat:cs.LG', 'cat:cs'],
      finds:
        'In this arXiv category, or in any of an archive. Of several, one is enough; with a hyphen before it, papers in it are left out.',
    },
    year: {
      write: ['year:2024', 'year:2020..2023'],
      finds: 'First published in that year, or in one of those years.',
    },
    dates: {
      write: ['after:2025-10-29', 'before:2025-11'],
      finds:
        'First published on that day or later; before that day. Without a day or a month, the first one is meant.',
    },
    links: {
      write: ['has:code'],
      finds: 'With a link to code; also project, model, dataset and space.',
    },
    votes: {
      write: ['votes:>10', 'votes:10..50'],
      finds: 'With so many votes; also <, <= and >=. A number alone is the least there must be.',
    },
    directly: {
      write: ['2510.12345', '10.1000/182', 'https://…'],
      finds:
        'An arXiv number, a DOI, the address of a paper or an author’s whole name goes straight there.',
    },
  },
  /** What does not fit into a table, a sentence each. */
  notes: (maxOperatedWords: number, maxLength: number) => [
    'Everything that you write counts together: a paper must fit every filter.',
    'Prefixes may be in capitals; between prefix and value there is no space.',
    'AND and OR between words do nothing, AND NOT excludes; a NOT alone is a word like any other.',
    'Formulas in TeX are read as their plain text, so a title can be pasted from anywhere.',
    'A date that does not exist, a prefix that is not in the table or a quotation mark that is never closed is no error: it is searched as words.',
    `In more than ${maxOperatedWords} words quotes and hyphens are no operators, so that a passage can be pasted.`,
    `Only the first ${maxLength.toLocaleString('en')} characters are read.`,
  ],
  order: 'In which order',
  twoWays:
    'Papers are looked for in two ways at once: by the words in their titles and abstracts, and by meaning. The two lists are merged, so what both find comes first; and if what you wrote is nearly a title, that paper leads.',
  otherOrders: (example: Example) => (
    <>
      You can also have the newest first, or those with the most votes. Then a paper must have every
      one of your words, unless none has. With filters alone, such as{' '}
      {example('cat:cs.RO has:code')}, the newest come first.
    </>
  ),
  near: 'What “near in meaning” is',
  aboutNear: (example: Example) => (
    <>
      A model turns every title and abstract, and what you write, into a point, so that texts about
      the same thing lie close together, whatever their words. Near papers are those whose points
      are close. That can find “teaching networks with few labels” when you write{' '}
      {example('semi-supervised learning')}, and now and then something that only sounds alike.
      Numbers, names and rare terms are found by their words.
    </>
  ),
  limits: 'Limits',
  aboutLimits:
    'Only titles, abstracts, authors and what the filters above name are searched, not the full texts. Long lists end after a few hundred papers: add a word or a filter to see others. Should the search itself be down, papers are found by their titles and authors only, and the page says so.',
};
