import { raw } from 'hono/html';
import { MAX_COMMENT_CHARS } from '../comments/markdown/parse-markdown.ts';
import { commentHtml } from './comment-text.tsx';

export type CommentDraft = {
  text: string;
  /** Why it was not taken. */
  problem?: string | undefined;
  /** HTML that is safe to insert. */
  preview?: string | undefined;
};

/** Where a comment is typed. It works without script; public/comments.js shows previews on the spot. */
export function CommentForm({
  action,
  label,
  button,
  draft,
  rows = 5,
}: {
  action: string;
  label: string;
  button: string;
  draft?: CommentDraft | undefined;
  rows?: number;
}) {
  return (
    <form class="comment-form" method="post" action={action} data-comment-form>
      <h3 class="unseen">{label}</h3>
      {draft?.problem && (
        <p class="problem" role="alert">
          {draft.problem}
        </p>
      )}
      <label>
        <span>{label}</span>
        <textarea name="text" rows={rows} required maxlength={MAX_COMMENT_CHARS}>
          {/* A first line end would be dropped by the reader of HTML. */}
          {`\n${draft?.text ?? ''}`}
        </textarea>
      </label>
      <p class="note">
        Markdown, with math as <code>$x^2$</code>; <code>@name</code> and arXiv numbers become
        links.
      </p>
      <p class="buttons">
        <button type="submit" class="primary">
          {button}
        </button>
        <button type="submit" name="preview" value="1">
          Preview
        </button>
      </p>
      <div class="preview comment-text" data-preview aria-live="polite">
        {draft?.preview !== undefined && raw(commentHtml(draft.preview))}
      </div>
    </form>
  );
}
