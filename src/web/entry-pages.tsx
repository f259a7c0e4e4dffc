import { raw } from 'hono/html';
import { renderTexHtml, renderTexText } from '../base/tex/tex.ts';
import { longDay } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import {
  type EditedEntry,
  EntryForm,
  type LinkProblems,
  LinksForm,
  pathOfEntry,
  type TypedLinks,
} from './entry-form.tsx';
import type { Site } from './layout.tsx';
import { FormPage, Problem } from './sign-in-pages.tsx';

export function EntryPage({
  site,
  paper,
  entry,
  problem,
  introductionProblem,
}: {
  site: Site;
  paper: Paper;
  entry: EditedEntry;
  /** Of no field. */
  problem?: string | undefined;
  introductionProblem?: string | undefined;
}) {
  const texts = words.submitting.entry;
  const title = texts.title(renderTexText(paper.title));
  return (
    <FormPage site={site} head={{ title, path: pathOfEntry(paper.id, entry.day) }}>
      <h1>{texts.heading}</h1>
      <PaperLine paper={paper} />
      <p class="note">
        {texts.place(
          <a href={`/papers/date/${entry.day}?mine`}>{longDay(entry.day)}</a>,
          entry.isListed,
          entry.isPinned,
        )}
      </p>
      <Problem message={problem} />
      <EntryForm paper={paper} entry={entry} problem={introductionProblem} />
    </FormPage>
  );
}

export function LinksPage({
  site,
  paper,
  typed,
  problem,
  problems,
}: {
  site: Site;
  paper: Paper;
  typed?: TypedLinks;
  /** Of no field. */
  problem?: string;
  problems?: LinkProblems;
}) {
  const { links } = words.submitting;
  const head = {
    title: links.title(renderTexText(paper.title)),
    path: `${pathOfPaper(paper.id)}/links`,
  };
  return (
    <FormPage site={site} head={head}>
      <h1>{links.heading}</h1>
      <PaperLine paper={paper} />
      <p class="note">{links.note}</p>
      <Problem message={problem} />
      <LinksForm paper={paper} typed={typed} problems={problems} />
    </FormPage>
  );
}

export function PaperLine({ paper }: { paper: Paper }) {
  return (
    <p class="paper-line">
      <a href={pathOfPaper(paper.id)}>
        {raw(renderTexHtml(paper.title, { breaks: false, links: false }))}
      </a>
    </p>
  );
}
