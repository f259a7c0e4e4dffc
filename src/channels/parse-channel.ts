// What a form or a command says of a channel, checked field by field.
import { isAppError } from '../base/errors.ts';
import { checkAddress } from '../base/outside/guarded-fetch.ts';
import { cleanText, oneLine } from '../base/text.ts';
import type { Config } from '../config.ts';
import { parseTopic, type Topic } from '../feed/topic.ts';
import { MATCHED_BY, type MatchedBy } from '../search/search.ts';
import type { Channel, ChannelDraft, ChannelKind, Target } from './channel.ts';
import { newSigningSecret } from './channel-store.ts';

/** As typed. Addresses and secrets left empty stay as they are. */
export type TypedChannel = {
  name: string;
  url: string;
  token: string;
  chatId: string;
  trigger: string;
  papers: string;
  votes: string;
  hour: string;
  timeZone: string;
  categories: string;
  authors: string;
  searches: string;
  matchedBy: string;
};
export type ChannelProblems = Partial<Record<keyof TypedChannel, string>>;

/** A post of more is too long for every service. */
export const MAX_POST_PAPERS = 25;
export const MAX_CHANNEL_NAME = 80;
const MAX_VOTES = 100_000;
const MAX_TOPICS = 30;
const DISCORD =
  /^https:\/\/(?:(?:canary|ptb)\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+$/;
const BOT_TOKEN = /^\d{3,20}:[A-Za-z0-9_-]{20,100}$/;
const CHAT_ID = /^(?:-?\d{1,20}|@[A-Za-z]\w{3,63})$/;

export function parseChannel(
  typed: TypedChannel,
  {
    kind,
    known,
    config,
  }: { kind: ChannelKind; known?: Channel; config: Pick<Config, 'privateHosts'> },
): { draft?: ChannelDraft; problems: ChannelProblems } {
  const problems: ChannelProblems = {};
  const name = oneLine(cleanText(typed.name));
  if (name === '' || name.length > MAX_CHANNEL_NAME) {
    problems.name = `Give the channel a name of 1 to ${MAX_CHANNEL_NAME} characters.`;
  }
  const target = parseTarget(typed, { kind, known: known?.target, config }, problems);
  const trigger = typed.trigger === 'day' || typed.trigger === 'votes' ? typed.trigger : undefined;
  if (!trigger) problems.trigger = 'Choose when to post.';
  // What the other occasion needs is not looked at.
  const papers =
    numberIn(typed.papers, 1, MAX_POST_PAPERS) ?? (trigger === 'votes' ? 5 : undefined);
  if (papers === undefined) problems.papers = `Write a number from 1 to ${MAX_POST_PAPERS}.`;
  const votes = numberIn(typed.votes, 1, MAX_VOTES) ?? (trigger === 'day' ? 50 : undefined);
  if (votes === undefined)
    problems.votes = `Write a number from 1 to ${MAX_VOTES.toLocaleString('en')}.`;
  const hour = numberIn(typed.hour, 0, 23) ?? (trigger === 'votes' ? 8 : undefined);
  if (hour === undefined) problems.hour = 'Choose an hour from 0 to 23.';
  const timeZone = zoneOf(typed.timeZone) ?? (trigger === 'votes' ? 'UTC' : undefined);
  if (timeZone === undefined) problems.timeZone = 'Write a time zone such as UTC or Europe/Berlin.';
  const topics = parseTopics(typed, problems);
  if (Object.keys(problems).length > 0) return { problems };
  return {
    draft: { name, target, trigger, papers, votes, hour, timeZone, topics } as ChannelDraft,
    problems,
  };
}

function parseTarget(
  typed: TypedChannel,
  {
    kind,
    known,
    config,
  }: { kind: ChannelKind; known: Target | undefined; config: Pick<Config, 'privateHosts'> },
  problems: ChannelProblems,
): Target | undefined {
  if (kind === 'telegram') {
    const before = known?.kind === 'telegram' ? known : undefined;
    const token = typed.token.trim() || before?.token || '';
    if (!BOT_TOKEN.test(token)) {
      problems.token = 'Paste the token that @BotFather gave you, such as 123456789:AAF….';
    }
    const chatId = typed.chatId.trim();
    if (!CHAT_ID.test(chatId)) {
      problems.chatId =
        'Write the number of the chat, such as -1001234567890, or @name of a public channel.';
    }
    return { kind, token, chatId };
  }
  const before = known && 'url' in known ? known.url : undefined;
  const url = parseUrl(typed.url.trim(), { kind, before, config }, problems);
  if (url === undefined) return undefined;
  if (kind !== 'webhook') return { kind, url };
  return { kind, url, secret: known?.kind === 'webhook' ? known.secret : newSigningSecret() };
}

function parseUrl(
  typed: string,
  {
    kind,
    before,
    config,
  }: { kind: ChannelKind; before: string | undefined; config: Pick<Config, 'privateHosts'> },
  problems: ChannelProblems,
): string | undefined {
  if (typed === '' && before !== undefined) return before;
  try {
    const url = checkAddress(typed, config.privateHosts);
    const isOurs = config.privateHosts.includes(hostAndPort(url));
    if (url.protocol !== 'https:' && !isOurs) {
      problems.url = 'The address must begin with https://, for whoever reads it could post.';
    } else if (kind === 'discord' && !isOurs && !DISCORD.test(url.href)) {
      problems.url = 'Paste the address of a Discord webhook: https://discord.com/api/webhooks/….';
    }
    return url.href;
  } catch (error) {
    if (!isAppError(error, 'invalid')) throw error;
    problems.url = error.message;
    return undefined;
  }
}

export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

function parseTopics(typed: TypedChannel, problems: ChannelProblems): Topic[] {
  const by = MATCHED_BY.find((way) => way === typed.matchedBy) ?? 'either';
  const parts = (field: 'categories' | 'authors' | 'searches', separator: RegExp, prefix: string) =>
    typed[field]
      .split(separator)
      .map(oneLine)
      .filter((part) => part !== '')
      .flatMap((part) => {
        try {
          return [parseTopic(`${prefix}:${part}`)];
        } catch (error) {
          if (!isAppError(error, 'invalid')) throw error;
          problems[field] ??= `“${part.slice(0, 60)}” cannot be taken: ${HINTS[field]}.`;
          return [];
        }
      });
  const topics = [
    ...parts('categories', /[\s,;]+/, 'category'),
    ...parts('authors', /\n/, 'author'),
    ...parts('searches', /\n/, `search:${by}`),
  ];
  if (topics.length > MAX_TOPICS)
    problems.categories ??= `That is more than ${MAX_TOPICS} filters: leave some out.`;
  return topics;
}

const HINTS = {
  categories: 'write categories such as cs.LG',
  authors: 'write a name in at most 200 characters on each line',
  searches: 'write a search in at most 300 characters on each line',
};

/** The fields of a channel's form; secrets and addresses are empty in it. */
export function typedOf(channel: Omit<ChannelDraft, 'name'> & { name: string }): TypedChannel {
  const { target, topics } = channel;
  const of = (kind: Topic['kind']) =>
    topics.flatMap((topic) => {
      if (topic.kind !== kind) return [];
      if (topic.kind === 'category') return [topic.category];
      if (topic.kind === 'author') return [topic.author];
      return topic.kind === 'search' ? [topic.query] : [];
    });
  const search = topics.find((topic) => topic.kind === 'search');
  return {
    name: channel.name,
    url: '',
    token: '',
    chatId: target.kind === 'telegram' ? target.chatId : '',
    trigger: channel.trigger,
    papers: String(channel.papers),
    votes: String(channel.votes),
    hour: String(channel.hour),
    timeZone: channel.timeZone,
    categories: of('category').join(' '),
    authors: of('author').join('\n'),
    searches: of('search').join('\n'),
    matchedBy: (search?.kind === 'search' ? search.by : 'either') satisfies MatchedBy,
  };
}

function numberIn(text: string, min: number, max: number): number | undefined {
  const number = Number(text.trim());
  return /^\d+$/.test(text.trim()) && number >= min && number <= max ? number : undefined;
}

function zoneOf(text: string): string | undefined {
  const zone = text.trim();
  if (zone === '' || !/^[A-Za-z]/.test(zone)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
