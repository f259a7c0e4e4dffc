import { expect, test } from 'vitest';
import type { Day } from '../base/calendar.ts';
import {
  type PaperFacts,
  type SubmitterFacts,
  submissionProblem,
  submitterProblem,
} from './submission-rules.ts';

const RULES = { withinDays: 14, perDay: 5, onWeekends: false };
const WEDNESDAY = '2025-10-29' as Day;
const SATURDAY = '2025-11-01' as Day;
const SUNDAY = '2025-11-02' as Day;

const SENT: SubmitterFacts = { isEditor: false, sentOn: WEDNESDAY, sentThatDay: 0 };
const PAPER: PaperFacts = {
  isEditor: false,
  sentOn: WEDNESDAY,
  today: WEDNESDAY,
  publishedOn: '2025-10-28' as Day,
  announcedOn: undefined,
  isWithdrawn: false,
  entries: [],
};
const entry = (day: string, isListed = true) => ({ day: day as Day, isListed });

test.each<[string, Partial<SubmitterFacts>, Partial<typeof RULES>, RegExp | undefined]>([
  ['a weekday', {}, {}, undefined],
  ['a Saturday', { sentOn: SATURDAY }, {}, /submit it on Monday/],
  ['a Sunday', { sentOn: SUNDAY }, {}, /submit it on Monday/],
  ['a Sunday where weekends are open', { sentOn: SUNDAY }, { onWeekends: true }, undefined],
  ['the fifth of a day', { sentThatDay: 4 }, {}, undefined],
  ['the sixth of a day', { sentThatDay: 5 }, {}, /5 of 5 papers today: submit this one tomorrow/],
  ['any where the cap is nought', {}, { perDay: 0 }, /Only editors/],
  [
    'an editor on a Sunday, the sixth',
    { isEditor: true, sentOn: SUNDAY, sentThatDay: 9 },
    {},
    undefined,
  ],
])('what is sent in: %s', (_, facts, rules, problem) => {
  const found = submitterProblem({ ...SENT, ...facts }, { ...RULES, ...rules });
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});

test.each<[string, Partial<PaperFacts>, Partial<typeof RULES>, RegExp | undefined]>([
  ['new', {}, {}, undefined],
  ['fourteen days old', { publishedOn: '2025-10-15' as Day }, {}, undefined],
  [
    'fifteen days old',
    { publishedOn: '2025-10-14' as Day },
    {},
    /is of 2025-10-14: .* within 14 days/,
  ],
  [
    'old, but announced within the days',
    { publishedOn: '2025-09-01' as Day, announcedOn: '2025-10-20' as Day },
    {},
    undefined,
  ],
  ['old, of any age', { publishedOn: '1999-01-01' as Day }, { withinDays: 0 }, undefined],
  ['old, for an editor', { publishedOn: '1999-01-01' as Day, isEditor: true }, {}, undefined],
  [
    'sent in time and fetched later',
    { publishedOn: '2025-10-15' as Day, today: '2025-10-31' as Day },
    {},
    undefined,
  ],
  ['withdrawn', { isWithdrawn: true }, {}, /withdrawn/],
  ['withdrawn, for an editor', { isWithdrawn: true, isEditor: true }, {}, /withdrawn/],
  ['on today’s list', { entries: [entry('2025-10-29')] }, {}, /on the list of 2025-10-29/],
  ['on a former list', { entries: [entry('2025-10-28')] }, {}, /on the list of 2025-10-28/],
  ['taken off a list', { entries: [entry('2025-10-28', false)] }, {}, /took it off/],
  [
    'on a former list, for an editor',
    { isEditor: true, entries: [entry('2025-10-28')] },
    {},
    undefined,
  ],
  [
    'on today’s list, for an editor',
    { isEditor: true, entries: [entry('2025-10-29')] },
    {},
    /on the list of 2025-10-29/,
  ],
  [
    'taken off today’s list, for an editor',
    { isEditor: true, entries: [entry('2025-10-29', false)] },
    {},
    /list it again there/,
  ],
])('a paper that is %s', (_, facts, rules, problem) => {
  const found = submissionProblem({ ...PAPER, ...facts }, { ...RULES, ...rules });
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});
