import { raw } from 'hono/html';
import { MAX_COMMENT_CHARS } from '../comments/markdown/parse-markdown.ts';
import { words } from '../language/words.ts';
import { commentHtml } from './comment-text.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

export type CommentDraft = {
  text: string;
  /** Why it was not taken. */
  problem?: string | undefined;
  /** HTML that is safe to insert. */
  preview?: string | undefined;
};

/** Where a comment is typed. It works without script; public/comments.js shows previews on the spot. */
export function CommentForm({
  id,
  action,
  label,
  button,
  draft,
  rows = 5,
}: {
  /** Of what is answered or edited, to tell several forms of a page apart. */
  id: string;
  action: string;
  label: string;
  button: string;
  draft?: CommentDraft | undefined;
  rows?: number;
}) {
  const texts = words.comments.form;
  const field = `text-${id}`;
  return (
    <form class="comment-form" method="post" action={action} data-comment-form>
      <h3 class="unseen">{label}</h3>
      <label for={field}>{label}</label>
      <FieldProblem id={field} problem={draft?.problem} />
      <textarea
        id={field}
        name="text"
        rows={rows}
        required
        maxlength={MAX_COMMENT_CHARS}
        {...problemAttributes(field, draft?.problem)}
      >
        {/* A first line end would be dropped by the reader of HTML. */}
        {`\n${draft?.text ?? ''}`}
      </textarea>
      <p class="note">{texts.help(<code>$x^2$</code>, <code>@name</code>)}</p>
      <p class="buttons">
        <button type="submit" class="primary">
          {button}
        </button>
        <button type="submit" name="preview" value="1">
          {texts.preview}
        </button>
      </p>
      <div class="preview comment-text" data-preview aria-live="polite">
        {draft?.preview !== undefined && raw(commentHtml(draft.preview))}
      </div>
    </form>
  );
}
