import { raw } from 'hono/html';
import { renderTexHtml } from '../base/tex/tex.ts';
import type { Config } from '../config.ts';
import type { Paper } from '../papers/paper-row.ts';
import { MAX_MEDIA_URLS, type Typed } from '../submissions/parse-draft.ts';
import type { Submission } from '../submissions/submission.ts';
import { counted, shortDate } from './dates.ts';
import { PaperLine } from './entry-pages.tsx';
import type { Site } from './layout.tsx';
import { LinkFields } from './link-fields.tsx';
import { FormPage, Problem } from './sign-in-pages.tsx';

/** What is known of the paper that a link to the form names. */
export type Preview = {
  paper: Paper | undefined;
  /** Why it could not be listed. */
  problem: string | undefined;
};

export type SubmitView = {
  typed: Typed;
  problem?: string | undefined;
  preview?: Preview | undefined;
  rules: Config['submit'];
  isEditor: boolean;
  /** The newest of one's own. */
  own: { submission: Submission; paper: Paper | undefined }[];
};

export function SubmitPage({ site, view }: { site: Site; view: SubmitView }) {
  const { typed, preview } = view;
  return (
    <FormPage site={site} head={{ title: 'Submit a paper', path: '/papers/submit' }}>
      <h1>Submit a paper</h1>
      <p class="note">
        It goes on today’s list, for everyone to vote on. {rulesInWords(view)}{' '}
        {view.isEditor && <a href={`/papers/date/${site.today}?mine`}>Edit today’s list</a>}
      </p>
      <Problem message={view.problem} />
      {preview && !view.problem && <PreviewNote preview={preview} />}
      <form class="stacked" method="post" action="/papers/submit">
        <label>
          <span>arXiv number, DOI or address of the paper</span>
          <input
            type="text"
            name="reference"
            value={typed.reference}
            required
            maxlength={2000}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            placeholder="2502.01441"
          />
        </label>
        <label>
          <span>Comment (becomes the first one)</span>
          <textarea name="comment" rows={4}>
            {`\n${typed.comment}`}
          </textarea>
        </label>
        <LinkFields typed={typed} />
        <label>
          <span>Pictures or videos: addresses, one a line, at most {MAX_MEDIA_URLS}</span>
          <textarea name="media" rows={2} class="addresses">
            {`\n${typed.mediaUrls.join('\n')}`}
          </textarea>
        </label>
        <p class="buttons">
          <button type="submit" class="primary">
            Submit
          </button>
        </p>
      </form>
      <Bookmarklet url={site.url} />
      {view.own.length > 0 && (
        <section aria-labelledby="own">
          <h2 id="own">Your submissions</h2>
          <ul class="submissions">
            {view.own.map(({ submission, paper }) => (
              <li>
                <a href={`/papers/submit/${submission.id}`}>
                  {paper ? raw(titleHtml(paper)) : submission.reference}
                </a>
                <small>
                  {stateInWords(submission)} · {shortDate(submission.createdAt, site.today)}
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </FormPage>
  );
}

function rulesInWords({ rules, isEditor }: SubmitView): string {
  if (isEditor) return 'Editors may submit papers of any age, on any day.';
  const age = rules.withinDays > 0 ? `, none older than ${counted(rules.withinDays, 'day')}` : '';
  const days = rules.onWeekends ? '' : ', from Monday to Friday';
  return `You may submit ${counted(rules.perDay, 'paper')} a day${days}${age}; each paper once.`;
}

function PreviewNote({ preview }: { preview: Preview }) {
  const { paper, problem } = preview;
  return (
    <div class="preview-note" role="status">
      {paper && <PaperLine paper={paper} />}
      <p class="note">
        {problem ??
          (paper
            ? 'This paper is here, and can be submitted.'
            : 'This paper is not here yet: it will be fetched when you submit it.')}
      </p>
    </div>
  );
}

function Bookmarklet({ url }: { url: string }) {
  const target = JSON.stringify(`${url}/papers/submit?url=`);
  const code = `javascript:location.href=${target}+encodeURIComponent(location.href)`;
  return (
    <details class="bookmarklet">
      <summary>Submit from any page</summary>
      <p class="note">
        Make a bookmark with this as its address. Opened on the page of a paper, it leads to this
        form with the paper filled in.
      </p>
      <textarea readonly rows={3} class="addresses" aria-label="Address of the bookmark">
        {code}
      </textarea>
    </details>
  );
}

function titleHtml(paper: Paper): string {
  return renderTexHtml(paper.title, { breaks: false, links: false });
}

function stateInWords({ state, day, problem }: Submission): string {
  if (state === 'waiting') return 'Being fetched';
  if (state === 'refused') return 'Not listed';
  return problem === undefined ? `On the list of ${day}` : `On the list of ${day}, without comment`;
}

/** Where one sees what became of a submission. */
export function SubmissionPage({
  site,
  submission,
  paper,
}: {
  site: Site;
  submission: Submission;
  paper: Paper | undefined;
}) {
  const { id, state, day, reference, comment, problem } = submission;
  const headings = {
    waiting: 'Your paper is being fetched',
    listed: 'Your paper is on the list',
    refused: 'Your paper was not listed',
  };
  const wasCommentLost = state === 'listed' && problem !== undefined;
  return (
    <FormPage site={site} head={{ title: headings[state], path: `/papers/submit/${id}` }}>
      <h1>{headings[state]}</h1>
      {paper ? <PaperLine paper={paper} /> : <p class="paper-line">{reference}</p>}
      {state === 'waiting' && (
        <p role="status">
          It is not here yet. Fetching it takes some seconds, or some minutes when its source is
          slow; then it goes on the list by itself, and this page says so. You need not wait here.
        </p>
      )}
      {state === 'listed' && (
        <p role="status">
          It is on the list of <a href={`/papers/date/${day}`}>{day}</a>.
        </p>
      )}
      <Problem message={problem} />
      {comment !== '' && (state !== 'listed' || wasCommentLost) && (
        <label class="stacked">
          <span>Your comment</span>
          <textarea readonly rows={4}>
            {`\n${comment}`}
          </textarea>
        </label>
      )}
      <p class="actions">
        {state === 'refused' && <a href={`/papers/submit?again=${id}`}>Change it and try again</a>}
        <a href="/papers/submit">Submit a paper</a>
      </p>
    </FormPage>
  );
}
