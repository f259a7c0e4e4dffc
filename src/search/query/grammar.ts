import { MAX_OPERATED_WORDS, MAX_QUERY_LENGTH } from './parse-query.ts';

export type GrammarRule = {
  /** What one types, each way of it. */
  write: string[];
  /** A sentence or two of plain text. */
  means: string;
  /** A whole query that works. */
  example: string;
};

/** What `parseQuery` understands, for people. */
export const GRAMMAR: readonly GrammarRule[] = [
  {
    write: ['words'],
    means:
      'What you are looking for, in your own words. Papers that mean the same are found too, whatever their words.',
    example: 'diffusion models for protein design',
  },
  {
    write: ['"a phrase"'],
    means: 'These words, next to each other, in the title or the abstract.',
    example: '"state space model"',
  },
  {
    write: ['-word', '-"a phrase"'],
    means: 'Leaves out papers with that in the title or the abstract. No space behind the hyphen.',
    example: 'agents -survey',
  },
  {
    write: ['title:word', 'title:"a phrase"', 'ti:…'],
    means: 'In the title.',
    example: 'title:"world model"',
  },
  {
    write: ['author:name', 'author:"full name"', 'au:…'],
    means:
      'By this author; case and accents do not matter. With a hyphen before it: not by this one.',
    example: 'author:"Yoshua Bengio"',
  },
  {
    write: ['cat:cs.LG', 'cat:cs'],
    means:
      'In this arXiv category, or in any of an archive. Of several, one is enough; with a hyphen before it, papers in it are left out.',
    example: 'reasoning cat:cs.CL -cat:cs.CV',
  },
  {
    write: ['year:2024', 'year:2020..2023'],
    means: 'First published in that year, or in one of those years.',
    example: 'image generation year:2020..2023',
  },
  {
    write: ['after:2025-10-29', 'before:2025-11'],
    means:
      'First published on that day or later; before that day. Without a day or a month, the first one is meant.',
    example: 'agents after:2025-10 before:2025-11',
  },
  {
    write: ['has:code'],
    means: 'With a link to code; also project, model, dataset and space.',
    example: 'robotics has:code',
  },
  {
    write: ['votes:>10', 'votes:10..50'],
    means: 'With so many votes; also <, <= and >=. A number alone is the least there must be.',
    example: 'reinforcement learning votes:>10',
  },
  {
    write: ['2510.12345', '10.1000/182', 'https://…'],
    means:
      'An arXiv number, a DOI, the address of a paper or an author’s whole name goes straight there.',
    example: '1706.03762',
  },
];

/** What does not fit into a table, a sentence each. */
export const GRAMMAR_NOTES: readonly string[] = [
  'Everything that you write counts together: a paper must fit every filter.',
  'Prefixes may be in capitals; between prefix and value there is no space.',
  'AND and OR between words do nothing, AND NOT excludes; a NOT alone is a word like any other.',
  'Formulas in TeX are read as their plain text, so a title can be pasted from anywhere.',
  'A date that does not exist, a prefix that is not in the table or a quotation mark that is never closed is no error: it is searched as words.',
  `In more than ${MAX_OPERATED_WORDS} words quotes and hyphens are no operators, so that a passage can be pasted.`,
  `Only the first ${MAX_QUERY_LENGTH.toLocaleString('en')} characters are read.`,
];
