// What editors may do to a paper's place on a list.
import type { Day } from '../base/calendar.ts';
import { MAX_INTRODUCTION_LENGTH } from '../days/edit-entry.ts';
import type { Entry } from '../days/entry-store.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { linksOf } from '../papers/set-links.ts';
import { may } from '../people/viewer.ts';
import type { Site } from './layout.tsx';
import { LinkFields } from './link-fields.tsx';

export type EditedEntry = {
  day: Day;
  isPinned: boolean;
  isListed: boolean;
  introduction: string;
};

export function pathOfEntry(paperId: string, day: Day): string {
  return `${pathOfPaper(paperId)}/entry/${day}`;
}

/** Below a paper on the own pages of an editor, and less of it on its submitter's; nothing anywhere else. */
export function EditEntry({
  site,
  paper,
  entry,
}: {
  site: Site;
  paper: Paper;
  entry: Entry | undefined;
}) {
  if (!entry || !site.viewer) return null;
  if (!may(site.viewer, 'edit', 'members')) {
    const isOwn = entry.person?.handle === site.viewer.person.handle;
    return isOwn ? (
      <p class="note">
        You submitted this: <a href={`${pathOfPaper(paper.id)}/links`}>set its links</a>
      </p>
    ) : null;
  }
  const edited = {
    day: entry.day,
    isPinned: entry.pinnedAt !== undefined,
    isListed: entry.unlistedAt === undefined,
    introduction: entry.introduction ?? '',
  };
  return (
    <details class="edit-entry">
      <summary>Edit</summary>
      <EntryForm paper={paper} entry={edited} />
      <LinksForm paper={paper} />
    </details>
  );
}

export function EntryForm({ paper, entry }: { paper: Paper; entry: EditedEntry }) {
  const { day, isPinned, isListed, introduction } = entry;
  return (
    <form class="stacked" method="post" action={pathOfEntry(paper.id, day)}>
      <label>
        <span>Why read this: plain text, at most {MAX_INTRODUCTION_LENGTH} characters</span>
        <textarea name="introduction" rows={2}>
          {`\n${introduction}`}
        </textarea>
      </label>
      <p class="buttons">
        <button type="submit" class="primary" name="act" value="introduce">
          Save
        </button>
        <button type="submit" name="act" value={isPinned ? 'unpin' : 'pin'}>
          {isPinned ? 'Unpin' : 'Pin to the top'}
        </button>
        <button
          type="submit"
          class={isListed ? 'danger' : ''}
          name="act"
          value={isListed ? 'unlist' : 'list'}
        >
          {isListed ? 'Take off the list' : 'Put back on the list'}
        </button>
      </p>
    </form>
  );
}

export function LinksForm({
  paper,
  typed = linksOf(paper.links),
}: {
  paper: Paper;
  typed?: { projectPage: string; githubRepo: string };
}) {
  return (
    <form class="stacked" method="post" action={`${pathOfPaper(paper.id)}/links`}>
      <LinkFields typed={typed} />
      <p class="buttons">
        <button type="submit">Save links</button>
      </p>
    </form>
  );
}
