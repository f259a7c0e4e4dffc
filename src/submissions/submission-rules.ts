// Who may put which paper on the day's list, and when: Hugging Face's rules, with its numbers as defaults.
import { addDays, type Day, weekdayOf } from '../base/calendar.ts';
import type { Config } from '../config.ts';

export type SubmissionRules = Config['submit'];

/** What is known before the paper is here. */
export type SubmitterFacts = {
  /** Editors are free of the rules. */
  isEditor: boolean;
  /** The day on which it was sent in. */
  sentOn: Day;
  /** Others that the person sent in that day, listed or waiting. */
  sentThatDay: number;
};

export type PaperFacts = {
  isEditor: boolean;
  sentOn: Day;
  /** The day whose list is open. */
  today: Day;
  publishedOn: Day;
  announcedOn: Day | undefined;
  isWithdrawn: boolean;
  /** Its entries, oldest first. */
  entries: { day: Day; isListed: boolean }[];
};

/** In one sentence why it cannot be, whatever the paper is. */
export function submitterProblem(
  facts: SubmitterFacts,
  rules: SubmissionRules,
): string | undefined {
  if (facts.isEditor) return undefined;
  const weekday = weekdayOf(facts.sentOn);
  if (!rules.onWeekends && (weekday === 0 || weekday === 6)) {
    return 'Papers are taken from Monday to Friday: submit it on Monday.';
  }
  if (facts.sentThatDay >= rules.perDay) {
    return rules.perDay === 0
      ? 'Only editors submit papers here.'
      : `You have submitted ${rules.perDay} of ${rules.perDay} papers today: submit this one tomorrow.`;
  }
  return undefined;
}

/** In one sentence why the paper cannot be listed. */
export function submissionProblem(facts: PaperFacts, rules: SubmissionRules): string | undefined {
  if (facts.isWithdrawn) return 'Its authors have withdrawn the paper.';
  const ofToday = facts.entries.find((entry) => entry.day === facts.today);
  const entry = ofToday ?? (facts.isEditor ? undefined : facts.entries[0]);
  if (entry) {
    if (entry.isListed) return `The paper is already on the list of ${entry.day}.`;
    return facts.isEditor
      ? `The paper was taken off the list of ${entry.day}: list it again there.`
      : `The paper was on the list of ${entry.day}, and an editor or moderator took it off.`;
  }
  if (facts.isEditor || rules.withinDays === 0) return undefined;
  const date = [facts.publishedOn, facts.announcedOn ?? facts.publishedOn].sort()[1] as Day;
  if (addDays(date, rules.withinDays) >= facts.sentOn) return undefined;
  return `The paper is of ${date}: papers may be submitted within ${rules.withinDays} ${rules.withinDays === 1 ? 'day' : 'days'}.`;
}
