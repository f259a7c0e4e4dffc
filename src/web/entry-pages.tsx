import { raw } from 'hono/html';
import { renderTexHtml, renderTexText } from '../base/tex/tex.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { longDay } from './dates.ts';
import { type EditedEntry, EntryForm, LinksForm, pathOfEntry } from './entry-form.tsx';
import type { Site } from './layout.tsx';
import { FormPage, Problem } from './sign-in-pages.tsx';

export function EntryPage({
  site,
  paper,
  entry,
  problem,
}: {
  site: Site;
  paper: Paper;
  entry: EditedEntry;
  problem?: string;
}) {
  const title = `Edit the entry of ${renderTexText(paper.title)}`;
  return (
    <FormPage site={site} head={{ title, path: pathOfEntry(paper.id, entry.day) }}>
      <h1>Edit an entry</h1>
      <PaperLine paper={paper} />
      <p class="note">
        {entry.isListed ? 'On' : 'Taken off'} the list of{' '}
        <a href={`/papers/date/${entry.day}?mine`}>{longDay(entry.day)}</a>
        {entry.isPinned && ', pinned'}.
      </p>
      <Problem message={problem} />
      <EntryForm paper={paper} entry={entry} />
    </FormPage>
  );
}

export function LinksPage({
  site,
  paper,
  typed,
  problem,
}: {
  site: Site;
  paper: Paper;
  typed?: { projectPage: string; githubRepo: string };
  problem?: string;
}) {
  const head = {
    title: `Links of ${renderTexText(paper.title)}`,
    path: `${pathOfPaper(paper.id)}/links`,
  };
  return (
    <FormPage site={site} head={head}>
      <h1>Links of a paper</h1>
      <PaperLine paper={paper} />
      <p class="note">They stand before what sources and the abstract name. Empty: none.</p>
      <Problem message={problem} />
      <LinksForm paper={paper} {...(typed ? { typed } : {})} />
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
