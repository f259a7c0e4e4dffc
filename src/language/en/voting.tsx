import type { Child } from 'hono/jsx';
import type { Link } from './link.ts';
import { numeral } from './numeral.ts';

// Who brought a paper and who votes for it.
export const voting = {
  byline: (editors: string[], community: string, submit: Link) => (
    <>
      by {editors.length > 0 && `${editors.join(', ')} and `}the {community} community ·{' '}
      {submit('Submit a paper')}
    </>
  ),
  submittedBy: (name: Child) => <>Submitted by {name}</>,
  /** After the number. */
  votes: ' votes; vote for this paper',
  elsewhere: (places: { votes: number; origin: string }[]) =>
    `Vote. Of the votes: ${places.map(({ votes, origin }) => `${numeral(votes)} at ${origin}`).join(', ')}`,
  origins: { huggingface: 'Hugging Face' } as Record<string, string>,
  upvotedBy: 'Upvoted by',
  privately: (count: number) =>
    `${count === 1 ? '1 person' : `${numeral(count)} people`}, privately.`,
  more: (count: number, privateCount: number) =>
    `and ${numeral(count)} more${privateCount > 0 ? `, ${numeral(privateCount)} of them privately` : ''}.`,
  noChoice: 'The form lacks whether to vote: go back and press again.',
};
