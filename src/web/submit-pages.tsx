import { raw } from 'hono/html';
import { renderTexHtml } from '../base/tex/tex.ts';
import type { Config } from '../config.ts';
import { shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import type { Paper } from '../papers/paper-row.ts';
import { MAX_MEDIA_URLS, type Typed } from '../submissions/parse-draft.ts';
import type { Submission } from '../submissions/submission.ts';
import { PaperLine } from './entry-pages.tsx';
import type { Site } from './layout.tsx';
import { LinkFields } from './link-fields.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';
import { FormPage, Problem } from './sign-in-pages.tsx';

/** What is known of the paper that a link to the form names. */
export type Preview = {
  paper: Paper | undefined;
  /** Why it could not be listed. */
  problem: string | undefined;
};

export type DraftProblems = Partial<Record<keyof Typed, string>>;

export type SubmitView = {
  typed: Typed;
  /** Of no field: of the day, the person, or the paper. */
  problem?: string | undefined;
  problems?: DraftProblems;
  preview?: Preview | undefined;
  rules: Config['submit'];
  isEditor: boolean;
  /** The newest of one's own. */
  own: { submission: Submission; paper: Paper | undefined }[];
};

export function SubmitPage({ site, view }: { site: Site; view: SubmitView }) {
  const { typed, preview, problems = {} } = view;
  const { submitting } = words;
  return (
    <FormPage site={site} head={{ title: submitting.title, path: '/papers/submit' }}>
      <h1>{submitting.title}</h1>
      <p class="note">
        {submitting.intro(
          rulesInWords(view),
          view.isEditor && <a href={`/papers/date/${site.today}?mine`}>{submitting.editToday}</a>,
        )}
      </p>
      <Problem message={view.problem} />
      {preview && !view.problem && <PreviewNote preview={preview} />}
      <form class="stacked" method="post" action="/papers/submit">
        <label for="reference">{submitting.reference}</label>
        <input
          id="reference"
          type="text"
          name="reference"
          value={typed.reference}
          required
          maxlength={2000}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="2502.01441"
          {...problemAttributes('reference', problems.reference)}
        />
        <FieldProblem id="reference" problem={problems.reference} />
        <label for="comment">{submitting.comment}</label>
        <textarea
          id="comment"
          name="comment"
          rows={4}
          {...problemAttributes('comment', problems.comment)}
        >
          {`\n${typed.comment}`}
        </textarea>
        <FieldProblem id="comment" problem={problems.comment} />
        <LinkFields typed={typed} problems={problems} />
        <label for="media">{submitting.media(MAX_MEDIA_URLS)}</label>
        <textarea
          id="media"
          name="media"
          rows={2}
          class="addresses"
          {...problemAttributes('media', problems.mediaUrls)}
        >
          {`\n${typed.mediaUrls.join('\n')}`}
        </textarea>
        <FieldProblem id="media" problem={problems.mediaUrls} />
        <p class="buttons">
          <button type="submit" class="primary">
            {submitting.submit}
          </button>
        </p>
      </form>
      <Bookmarklet url={site.url} />
      {view.own.length > 0 && (
        <section aria-labelledby="own">
          <h2 id="own">{submitting.own}</h2>
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
  const { submitting } = words;
  if (isEditor) return submitting.editorRules;
  return submitting.rules(rules.perDay, rules.onWeekends, rules.withinDays);
}

function PreviewNote({ preview }: { preview: Preview }) {
  const { paper, problem } = preview;
  return (
    <div class="preview-note" role="status">
      {paper && <PaperLine paper={paper} />}
      <p class="note">
        {problem ?? (paper ? words.submitting.isHere : words.submitting.isNotHere)}
      </p>
    </div>
  );
}

function Bookmarklet({ url }: { url: string }) {
  const target = JSON.stringify(`${url}/papers/submit?url=`);
  const { submitting } = words;
  const code = `javascript:location.href=${target}+encodeURIComponent(location.href)`;
  return (
    <details class="bookmarklet">
      <summary>{submitting.fromAnyPage}</summary>
      <p class="note">{submitting.bookmarkNote}</p>
      <textarea readonly rows={3} class="addresses" aria-label={submitting.bookmark}>
        {code}
      </textarea>
    </details>
  );
}

function titleHtml(paper: Paper): string {
  return renderTexHtml(paper.title, { breaks: false, links: false });
}

function stateInWords({ state, day, problem }: Submission): string {
  const texts = words.submitting.state;
  if (state !== 'listed') return texts[state];
  return texts[problem === undefined ? 'listed' : 'listedWithoutComment'](day ?? '');
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
  const { submission: texts, title } = words.submitting;
  const heading = texts.headings[state];
  const wasCommentLost = state === 'listed' && problem !== undefined;
  return (
    <FormPage site={site} head={{ title: heading, path: `/papers/submit/${id}` }}>
      <h1>{heading}</h1>
      {paper ? <PaperLine paper={paper} /> : <p class="paper-line">{reference}</p>}
      {state === 'waiting' && <p role="status">{texts.waiting}</p>}
      {state === 'listed' && (
        <p role="status">{texts.listed(<a href={`/papers/date/${day}`}>{day}</a>)}</p>
      )}
      <Problem message={problem} />
      {comment !== '' && (state !== 'listed' || wasCommentLost) && (
        <label class="stacked">
          <span>{texts.comment}</span>
          <textarea readonly rows={4}>
            {`\n${comment}`}
          </textarea>
        </label>
      )}
      <p class="actions">
        {state === 'refused' && <a href={`/papers/submit?again=${id}`}>{texts.again}</a>}
        <a href="/papers/submit">{title}</a>
      </p>
    </FormPage>
  );
}
