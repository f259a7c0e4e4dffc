// What the services refuse, out of their documentation. Each function gives the rules that a payload breaks.
// Slack: docs.slack.dev/reference/block-kit/blocks and /messaging/formatting-message-text; Discord:
// discord.com/developers/docs/resources/message#embed-object and /webhook#execute-webhook; Telegram:
// core.telegram.org/bots/api#sendmessage and #html-style.

type Json = Record<string, unknown>;

export function slackProblems(payload: Json): string[] {
  const problems: string[] = [];
  const rule = (holds: boolean, name: string) => {
    if (!holds) problems.push(name);
  };
  const { text, blocks } = payload as { text?: string; blocks?: Json[] };
  rule(typeof text === 'string' && text !== '' && text.length <= 4_000, 'text');
  rule(payload.unfurl_links === false && payload.unfurl_media === false, 'unfurl');
  rule(Array.isArray(blocks) && blocks.length <= 50, 'blocks');
  const texts = [text ?? ''];
  for (const block of blocks ?? []) {
    if (block.type === 'header') {
      const of = block.text as { type: string; text: string };
      rule(of.type === 'plain_text' && of.text.length >= 1 && of.text.length <= 150, 'header');
      texts.push(of.text);
    } else if (block.type === 'section') {
      const of = block.text as { type: string; text: string };
      rule(of.type === 'mrkdwn' && of.text.length >= 1 && of.text.length <= 3_000, 'section');
      texts.push(of.text);
    } else if (block.type === 'context') {
      const elements = block.elements as { type: string; text: string }[];
      rule(elements.length >= 1 && elements.length <= 10, 'context');
      texts.push(...elements.map((element) => element.text));
    } else {
      problems.push(`block ${String(block.type)}`);
    }
  }
  for (const one of texts) {
    // Outside a link of ours, <, > and & are escaped.
    const bare = one.replace(/<https?:\/\/[^<>|\s]+\|[^<>]*>/g, '');
    rule(!/[<>]/.test(bare), `bracket in ${bare}`);
    rule(!/&(?!amp;|lt;|gt;)/.test(one), `ampersand in ${one}`);
    // Mattermost mentions in any text.
    rule(!/@\w/.test(one), `mention in ${one}`);
  }
  return problems;
}

export function discordProblems(payload: Json): string[] {
  const problems: string[] = [];
  const rule = (holds: boolean, name: string) => {
    if (!holds) problems.push(name);
  };
  const {
    content = '',
    embeds = [],
    username = 'x',
  } = payload as {
    content?: string;
    embeds?: { title?: string; description?: string; url?: string }[];
    username?: string;
  };
  rule(content !== '' || embeds.length > 0, 'empty');
  rule(content.length <= 2_000, 'content');
  rule(embeds.length <= 10, 'embeds');
  rule(username.length >= 1 && username.length <= 80, 'username');
  rule(!/clyde|discord/i.test(username), 'reserved username');
  let all = 0;
  for (const { title = '', description = '', url } of embeds) {
    rule(title.length <= 256, 'title');
    rule(description.length <= 4_096, 'description');
    rule(title !== '' || description !== '', 'empty embed');
    rule(url === undefined || /^https?:\/\//.test(url), 'url');
    all += title.length + description.length;
  }
  rule(all <= 6_000, `all embeds: ${all}`);
  const mentions = payload.allowed_mentions as { parse?: unknown[] } | undefined;
  rule(Array.isArray(mentions?.parse) && mentions.parse.length === 0, 'allowed_mentions');
  return problems;
}

const TAGS = /<(\/?)(b|strong|i|em|u|s|code|pre|a)((?: href="[^"<>]*")?)>/g;

export function telegramProblems(payload: Json): string[] {
  const problems: string[] = [];
  const { text = '' } = payload as { text?: string };
  const preview = payload.link_preview_options as { is_disabled?: boolean } | undefined;
  if (payload.chat_id === undefined) problems.push('chat_id');
  if (payload.parse_mode !== 'HTML') problems.push('parse_mode');
  if (preview?.is_disabled !== true) problems.push('link preview');
  const open: string[] = [];
  const bare = text.replace(TAGS, (_, slash: string, name: string) => {
    if (slash === '') open.push(name);
    else if (open.pop() !== name) problems.push('nesting');
    return '';
  });
  if (open.length > 0) problems.push('open tag');
  if (/[<>]/.test(bare) || /&(?!lt;|gt;|amp;|quot;)/.test(text)) problems.push('escapes');
  const shown = bare.replace(/&(?:lt|gt|amp|quot);/g, 'x');
  if (shown === '' || shown.length > 4_096) problems.push(`length ${shown.length}`);
  if (/@\w/.test(bare)) problems.push('mention');
  return problems;
}
