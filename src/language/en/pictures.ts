import { counted } from './counted.ts';

type Unit = 'week' | 'month' | 'year';

// What pictures say in words.
export const pictures = {
  numbers: 'The numbers',
  unit: { week: 'Week', month: 'Month', year: 'Year' },
  papers: 'Papers',
  votes: 'Votes',
  weekOf: (monday: string) => `week of ${monday}`,
  timeline: (totals: { papers: number; votes: number }, from: string, to: string) => {
    const when = from === to ? `in ${from}` : `from ${from} to ${to}`;
    const votes = totals.votes === 0 ? '' : ` with ${counted(totals.votes, 'vote')}`;
    return `${counted(totals.papers, 'paper')}${votes} ${when}.`;
  },
  scale: {
    papers: (most: number, unit: Unit) => `${counted(most, 'paper')} a ${unit}`,
    votes: (most: number, unit: Unit) => `${counted(most, 'vote')} for the papers of a ${unit}`,
  },
  panel: {
    papers: (most: number, when: string, unit: Unit) =>
      `Papers a ${unit} as bars; most in ${when}: ${counted(most, 'paper')}.`,
    votes: (most: number, when: string, unit: Unit) =>
      `Votes for the papers of each ${unit} as a line; most for ${when}: ${counted(most, 'vote')}.`,
  },
  votesHere: (votes: number, from: string, to: string) =>
    `${counted(votes, 'vote')} here, ${from} to ${to}`,
  growthOfVotes: (votes: number, from: string, to: string) =>
    `Votes here, added up day by day from ${from} to ${to}: ${counted(votes, 'vote')}`,
};
