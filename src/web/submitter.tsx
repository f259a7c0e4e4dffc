import type { Entry } from '../days/entry-store.ts';
import { words } from '../language/words.ts';

/** Who put the paper on the list: a person of this instance, or the name that the list's origin shows. */
export function Submitter({ entry }: { entry: Entry | undefined }) {
  const { submittedBy } = words.voting;
  if (entry?.person) {
    return (
      <span>{submittedBy(<a href={`/people/${entry.person.handle}`}>{entry.person.name}</a>)}</span>
    );
  }
  const name = entry?.submittedBy?.fullname ?? entry?.submitter;
  return typeof name === 'string' ? <span>{submittedBy(name)}</span> : null;
}
