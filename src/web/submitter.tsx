import type { Entry } from '../days/entry-store.ts';

/** Who put the paper on the list: a person of this instance, or the name that the list's origin shows. */
export function Submitter({ entry }: { entry: Entry | undefined }) {
  if (entry?.person) {
    return (
      <span>
        Submitted by <a href={`/people/${entry.person.handle}`}>{entry.person.name}</a>
      </span>
    );
  }
  const name = entry?.submittedBy?.fullname ?? entry?.submitter;
  return typeof name === 'string' ? <span>Submitted by {name}</span> : null;
}
