import { raw } from 'hono/html';

/** A comment's HTML, with what may be wider than the window in reach of the keyboard, which scrolls it. */
export function commentHtml(html: string): string {
  return html.replace(/<(?:pre|table|math display="block")(?=[ >])/g, '$& tabindex="0"');
}

export function CommentText({ html }: { html: string }) {
  return <div class="comment-text">{raw(commentHtml(html))}</div>;
}
