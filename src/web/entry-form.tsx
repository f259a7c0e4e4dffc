// What editors may do to a paper's place on a list.
import type { Day } from '../base/calendar.ts';
import { MAX_INTRODUCTION_LENGTH } from '../days/edit-entry.ts';
import type { Entry } from '../days/entry-store.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { linksOf } from '../papers/set-links.ts';
import { may } from '../people/viewer.ts';
import type { Site } from './layout.tsx';
import { LinkFields } from './link-fields.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

export type EditedEntry = {
  day: Day;
  isPinned: boolean;
  isListed: boolean;
  introduction: string;
};

export type TypedLinks = { projectPage: string; githubRepo: string };
export type LinkProblems = Partial<Record<keyof TypedLinks, string>>;

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
        {words.submitting.entry.yours((text) => (
          <a href={`${pathOfPaper(paper.id)}/links`}>{text}</a>
        ))}
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
      <summary>{words.submitting.entry.edit}</summary>
      <EntryForm paper={paper} entry={edited} />
      <LinksForm paper={paper} />
    </details>
  );
}

export function EntryForm({
  paper,
  entry,
  problem,
}: {
  paper: Paper;
  entry: EditedEntry;
  /** Of the introduction. */
  problem?: string | undefined;
}) {
  const { day, isPinned, isListed, introduction } = entry;
  const texts = words.submitting.entry;
  // A page of an editor has the form of each of its papers.
  const field = `introduction-${paper.key}`;
  return (
    <form class="stacked" method="post" action={pathOfEntry(paper.id, day)}>
      <label for={field}>{texts.introduction(MAX_INTRODUCTION_LENGTH)}</label>
      <textarea id={field} name="introduction" rows={2} {...problemAttributes(field, problem)}>
        {`\n${introduction}`}
      </textarea>
      <FieldProblem id={field} problem={problem} />
      <p class="buttons">
        <button type="submit" class="primary" name="act" value="introduce">
          {texts.save}
        </button>
        <button type="submit" name="act" value={isPinned ? 'unpin' : 'pin'}>
          {isPinned ? texts.unpin : texts.pin}
        </button>
        <button
          type="submit"
          class={isListed ? 'danger' : ''}
          name="act"
          value={isListed ? 'unlist' : 'list'}
        >
          {isListed ? texts.unlist : texts.list}
        </button>
      </p>
    </form>
  );
}

export function LinksForm({
  paper,
  typed = linksOf(paper.links),
  problems = {},
}: {
  paper: Paper;
  typed?: TypedLinks | undefined;
  problems?: LinkProblems | undefined;
}) {
  return (
    <form class="stacked" method="post" action={`${pathOfPaper(paper.id)}/links`}>
      <LinkFields typed={typed} problems={problems} />
      <p class="buttons">
        <button type="submit">{words.submitting.links.save}</button>
      </p>
    </form>
  );
}
