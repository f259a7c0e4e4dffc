// Telegram's sendMessage, https://core.telegram.org/bots/api#sendmessage: 4,096 characters, counted here
// with all tags; in HTML only <, > and & need an escape, and " in attributes.
import type { PostContent, PostPaper } from '../post-content.ts';
import { bylineOf, fitEscaped, fitLines, gistOf, type Payload } from './payload.ts';

const MAX_TEXT = 4_096;
const MAX_HEADING = 300;
const MAX_TITLE = 400;
const MAX_GIST = 500;

export function telegramPayload(content: PostContent, chatId: string): Payload {
  const { papers } = content;
  const heading = `<b>${fitEscaped(content.heading, MAX_HEADING, escapeHtml)}</b>`;
  const head = link(content.url, heading);
  const single = papers.length === 1;
  const items = papers.map((paper, index) => item(paper, single ? '' : `${index + 1}. `, single));
  const list = items.length > 0 ? `\n\n${fitLines(items, MAX_TEXT - head.length - 2, '\n\n')}` : '';
  return {
    chat_id: chatId,
    text: `${head}${list}`,
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
  };
}

/** A paper alone has room for what it is about. */
function item(paper: PostPaper, number: string, hasGist: boolean): string {
  const lines = [
    `${number}${link(paper.url, fitEscaped(paper.title, MAX_TITLE, escapeHtml))}`,
    escapeHtml(bylineOf(paper)),
    hasGist ? fitEscaped(gistOf(paper), MAX_GIST, escapeHtml) : '',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function link(url: string, html: string): string {
  return `<a href="${escapeTags(url).replaceAll('"', '&quot;')}">${html}</a>`;
}

/** An @name would tell whoever is called so: a zero-width space keeps it text. */
function escapeHtml(text: string): string {
  return escapeTags(text).replaceAll('@', '@\u200b');
}

function escapeTags(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
