import { expect, test } from 'vitest';
import { discordProblems, slackProblems, telegramProblems } from '../../../tests/chat-rules.ts';
import type { PostContent, PostPaper } from '../post-content.ts';
import { discordPayload } from './discord-payload.ts';
import { slackPayload } from './slack-payload.ts';
import { telegramPayload } from './telegram-payload.ts';

const paper = (changes: Partial<PostPaper> = {}): PostPaper => ({
  id: '2510.12345',
  title: 'Attention is all you need',
  authors: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Emmy Noether'],
  abstract: 'We show that it is.',
  introduction: undefined,
  votes: 12,
  comments: 1,
  categories: ['cs.LG'],
  publishedAt: '2025-10-28T10:00:00.000Z',
  url: 'https://papers.example.org/papers/2510.12345',
  homeUrl: 'https://arxiv.org/abs/2510.12345',
  codeUrl: 'https://github.com/ada/attention?tab=a&b=c',
  ...changes,
});
const content = (
  papers: PostPaper[],
  heading = 'Daily papers of 29 October 2025',
): PostContent => ({
  heading,
  url: 'https://papers.example.org/papers/date/2025-10-29',
  from: { name: 'Broadsheet', url: 'https://papers.example.org/papers' },
  papers,
});

const HOSTILE = [
  '<!channel> <!here> <@U024BE7LH> <#C024BE7LR>',
  '@everyone @here @channel @all hello',
  '</a><script>alert(1)</script><b>&amp;<a href="https://evil.example">',
  '*bold* _it_ ~gone~ `code` ```pre``` ||spoiler|| [a](https://evil.example) ![x](y) # h > q',
  'x'.repeat(5_000),
  '<&>"\''.repeat(1_000),
  '@_*'.repeat(1_700),
  '𝕏'.repeat(3_000),
  '|',
  '',
];

test.each(HOSTILE)('no title, author or abstract breaks a message: %.40s', (text) => {
  const one = paper({ title: text, authors: [text, text], abstract: text });
  for (const count of [1, 2, 10, 11, 25]) {
    const post = content(
      Array.from({ length: count }, () => one),
      text || 'A heading',
    );
    expect(slackProblems(slackPayload(post))).toEqual([]);
    expect(discordProblems(discordPayload(post))).toEqual([]);
    expect(telegramProblems(telegramPayload(post, '-100123'))).toEqual([]);
  }
});

test('the rules that payloads are held to do find what breaks them', () => {
  const post = content([paper()]);
  const slack = slackPayload(post);
  expect(slackProblems({ ...slack, text: 'Hello <!channel>' })).not.toEqual([]);
  expect(slackProblems({ ...slack, text: 'Hello @all' })).not.toEqual([]);
  expect(slackProblems({ ...slack, text: 'x'.repeat(4_001) })).not.toEqual([]);
  const { allowed_mentions: _, ...mentioning } = discordPayload(post);
  expect(discordProblems(mentioning)).toEqual(['allowed_mentions']);
  const telegram = telegramPayload(post, '-100123');
  expect(telegramProblems({ ...telegram, text: '<b>a' })).toEqual(['open tag']);
  expect(telegramProblems({ ...telegram, text: 'a < b' })).toEqual(['escapes']);
});

test('a paper is shown with title, authors, votes and links', () => {
  const post = content([paper()]);
  const slack = slackPayload(post) as { text: string; blocks: { text: { text: string } }[] };
  expect(slack.blocks[1]?.text.text).toBe(
    [
      '*<https://papers.example.org/papers/2510.12345|Attention is all you need>*',
      'Ada Lovelace, Alan Turing, Grace Hopper and 1 more · 12 votes · 1 comment',
      'We show that it is.',
      '<https://arxiv.org/abs/2510.12345|Original> · <https://github.com/ada/attention?tab=a&amp;b=c|Code>',
    ].join('\n'),
  );
  expect(slack.text).toContain('1. <https://papers.example.org/papers/2510.12345|Attention');
  expect(discordPayload(post)).toMatchObject({
    content:
      '**Daily papers of 29 October 2025**\n<https://papers.example.org/papers/date/2025-10-29>',
    embeds: [{ title: 'Attention is all you need', url: post.papers[0]?.url }],
  });
  expect(telegramPayload(post, '@papers')).toMatchObject({
    chat_id: '@papers',
    text: expect.stringContaining(
      '<a href="https://papers.example.org/papers/2510.12345">Attention is all you need</a>\nAda Lovelace',
    ),
  });
});

test('a long list is cut with a word on how many are left, and never within a paper', () => {
  const titles = Array.from(
    { length: 25 },
    (_, index) => `Paper ${index + 1} ${'about much '.repeat(30)}`,
  );
  const post = content(titles.map((title) => paper({ title })));
  const discord = discordPayload(post) as { embeds: { description: string }[] };
  expect(discord.embeds).toHaveLength(10);
  expect(discord.embeds[9]?.description).toMatch(/^10\. \[Paper 10 .*\n… and \d+ more$/s);
  const telegram = telegramPayload(post, '1') as { text: string };
  const shown = telegram.text.match(/Paper \d+ /g)?.length ?? 0;
  expect(telegram.text).toMatch(new RegExp(`… and ${25 - shown} more$`));
  const slack = slackPayload(post) as { text: string; blocks: unknown[] };
  expect(slack.blocks).toHaveLength(27);
  expect(slack.text).toMatch(/… and \d+ more$/);
});
