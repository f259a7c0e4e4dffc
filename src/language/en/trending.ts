import { counted } from './counted.ts';

// The page of trending papers.
export const trending = {
  title: 'Trending papers',
  description: 'The papers that are talked about most for their age and field.',
  heading: 'Trending',
  note: 'By votes and comments, which count less the older the paper and the busier its field. Old papers may be on it.',
  empty: 'No paper was listed or voted for yet.',
  nothing: 'No votes or comments yet',
  /** What there is, of which votes `weighing` count here, and how old it is. */
  why: ({
    votes,
    weighing,
    comments,
    ageDays,
  }: {
    votes: number;
    weighing: number;
    comments: number;
    ageDays: number;
  }) => {
    const weigh = weighing < votes ? ` (${weighing.toLocaleString('en')} weigh)` : '';
    const parts = [
      ...(votes > 0 ? [`${counted(votes, 'vote')}${weigh}`] : []),
      ...(comments > 0 ? [counted(comments, 'comment')] : []),
    ];
    return `${parts.join(' and ')} ${ageDays === 0 ? 'today' : `in ${counted(ageDays, 'day')}`}`;
  },
  placeInField: (place: number, field: string) => `#${place} in ${field}`,
  /** Votes of so many days, of which `fresh` are of today and yesterday. */
  rise: (votes: number, days: number, fresh: number) => {
    const since = fresh === votes ? 'all' : fresh.toLocaleString('en');
    return `+${votes.toLocaleString('en')} here in ${days} days, ${since} since yesterday`;
  },
  growth: (votes: number, days: number) =>
    `Votes here in the last ${days} days, added up: ${counted(votes, 'vote')}`,
};
