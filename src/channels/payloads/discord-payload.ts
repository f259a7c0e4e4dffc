// Discord's webhooks, https://discord.com/developers/docs/resources/webhook#execute-webhook: at most 10
// embeds and 6,000 characters in all of them, 256 of a title and 4,096 of a description; nobody is
// mentioned unless allowed_mentions says so.

import { truncateText } from '../../base/text.ts';
import { words } from '../../language/words.ts';
import type { PostContent, PostPaper } from '../post-content.ts';
import { bylineOf, fitEscaped, fitLines, gistOf, type Payload, pageLabel } from './payload.ts';

const MAX_EMBEDS = 10;
const MAX_CONTENT = 1_000;
const MAX_TITLE = 250;
const MAX_GIST = 350;
/** Of all embeds together, with some room. */
const MAX_ALL = 5_800;

export function discordPayload(content: PostContent): Payload {
  const { papers } = content;
  // Of a long list the last embed names what has none of its own.
  const own = papers.length > MAX_EMBEDS ? papers.slice(0, MAX_EMBEDS - 1) : papers;
  const rest = papers.slice(own.length);
  const room = Math.floor(MAX_ALL / Math.max(1, own.length + (rest.length > 0 ? 1 : 0)));
  const embeds = own.map((paper, index) =>
    embed(paper, { number: papers.length > 1 ? `${index + 1}. ` : '', room }),
  );
  if (rest.length > 0) embeds.push(listOf(rest, own.length, room));
  const heading = fitEscaped(content.heading, MAX_CONTENT, escapeMarkdown);
  return {
    content: `**${heading}**\n<${content.url}>`,
    ...(embeds.length > 0 ? { embeds } : {}),
    username: usernameOf(content),
    allowed_mentions: { parse: [] },
  };
}

type Embed = { title?: string; url?: string; description?: string };

function embed(paper: PostPaper, { number, room }: { number: string; room: number }): Embed {
  const title = `${number}${fitEscaped(paper.title, Math.min(MAX_TITLE, Math.floor(room / 2)), escapeMarkdown)}`;
  const byline = fitEscaped(bylineOf(paper), 200, escapeMarkdown);
  const left = room - title.length - byline.length - 1;
  const gist = fitEscaped(gistOf(paper), Math.max(1, Math.min(MAX_GIST, left)), escapeMarkdown);
  const description = [byline, gist].filter((line) => line !== '').join('\n');
  return { title, url: paper.url, ...(description === '' ? {} : { description }) };
}

const MAX_LINE = 120;

function listOf(papers: PostPaper[], before: number, room: number): Embed {
  const lines = papers.map(
    ({ title, url }, index) =>
      `${before + index + 1}. [${fitEscaped(title, MAX_LINE, escapeMarkdown)}](${url.replaceAll(')', '%29')})`,
  );
  return { description: fitLines(lines, room, '\n') };
}

/** Discord refuses a name that holds its own, and cuts none. */
function usernameOf(content: PostContent): string {
  const name = pageLabel(content)
    .replace(/[@#:`]/g, ' ')
    .trim();
  return /discord|clyde|^everyone$|^here$/i.test(name) || name === ''
    ? words.channels.posts.papers
    : truncateText(name, 80);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_~`|<>[\]()#@-]/g, (sign) => (sign === '@' ? '@\u200b' : `\\${sign}`));
}
