// Slack's incoming webhooks, https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and
// reference/block-kit/blocks: at most 50 blocks, 150 characters of a header, 3,000 of a section. `text` is
// what notifications show, and all that Mattermost shows, which takes links as Slack writes them, bold not,
// and calls everyone for an @all in any text.
import { words } from '../../language/words.ts';
import type { PostContent, PostPaper } from '../post-content.ts';
import { bylineOf, fitEscaped, fitLines, gistOf, type Payload, pageLabel } from './payload.ts';

const MAX_HEADER = 150;
const MAX_TITLE = 500;
const MAX_GIST = 400;
/** What Slack advises for a text. */
const MAX_TEXT = 4_000;

export function slackPayload(content: PostContent): Payload {
  const { heading, papers } = content;
  const lines = papers.map(
    (paper, index) =>
      `${index + 1}. ${linkTo(paper.url, paper.title, MAX_TITLE)} – ${escapeText(bylineOf(paper))}`,
  );
  const head = fitEscaped(heading, MAX_TITLE, escapeText);
  const list = papers.length > 0 ? `\n${fitLines(lines, MAX_TEXT - head.length - 1, '\n')}` : '';
  return {
    text: `${head}${list}`,
    blocks: [
      {
        type: 'header',
        text: {
          type: 'plain_text',
          text: fitEscaped(heading, MAX_HEADER, escapeText),
          emoji: false,
        },
      },
      ...papers.map((paper, index) => section(paper, papers.length > 1 ? `${index + 1}. ` : '')),
      {
        type: 'context',
        elements: [mrkdwn(linkTo(content.url, pageLabel(content), MAX_HEADER))],
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function section(paper: PostPaper, number: string) {
  const title = `${number}*${linkTo(paper.url, paper.title, MAX_TITLE)}*`;
  const lines = [
    title,
    escapeText(bylineOf(paper)),
    fitEscaped(gistOf(paper), MAX_GIST, escapeText),
    [
      paper.homeUrl ? linkTo(paper.homeUrl, words.channels.posts.original, MAX_HEADER) : '',
      paper.codeUrl ? linkTo(paper.codeUrl, words.channels.posts.code, MAX_HEADER) : '',
    ]
      .filter((link) => link !== '')
      .join(' · '),
  ];
  return { type: 'section', text: mrkdwn(lines.filter((line) => line !== '').join('\n')) };
}

/** Names of people and channels in the text stay text. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text, verbatim: true };
}

const MAX_URL = 700;

function linkTo(url: string, label: string, max: number): string {
  const text = fitEscaped(label, max, escapeText);
  if (url.length > MAX_URL || /[<>|\s]/.test(url)) return text;
  return `<${url.replaceAll('&', '&amp;')}|${text}>`;
}

/** What marks text up has no escape of its own: it is shown by signs that look alike. */
const LOOKALIKES: Record<string, string> = {
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '`': 'ˋ',
  '[': '［',
  ']': '］',
  '|': '∣',
};

/** An @ that a zero-width space follows calls nobody. */
function escapeText(text: string): string {
  return text
    .replace(/[*~`[\]|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (sign) => LOOKALIKES[sign] ?? sign)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '@\u200b');
}
