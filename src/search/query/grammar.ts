import type { words } from '../../language/words.ts';

export type GrammarRule = {
  /** Under which the catalogue says how it is written and what it finds. */
  key: keyof typeof words.searchHelp.rules;
  /** A whole query that works. */
  example: string;
};

/** What `parseQuery` understands, for people. */
export const GRAMMAR: readonly GrammarRule[] = [
  { key: 'words', example: 'diffusion models for protein design' },
  { key: 'phrase', example: '"state space model"' },
  { key: 'without', example: 'agents -survey' },
  { key: 'title', example: 'title:"world model"' },
  { key: 'author', example: 'author:"Yoshua Bengio"' },
  { key: 'category', example: 'reasoning cat:cs.CL -cat:cs.CV' },
  { key: 'year', example: 'image generation year:2020..2023' },
  { key: 'dates', example: 'agents after:2025-10 before:2025-11' },
  { key: 'links', example: 'robotics has:code' },
  { key: 'votes', example: 'reinforcement learning votes:>10' },
  { key: 'directly', example: '1706.03762' },
];
