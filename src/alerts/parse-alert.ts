// What people write into the form of an alert.
import { isAppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { parseTopic } from '../feed/topic.ts';
import { authorInWords } from '../feed/topic-in-words.ts';
import { isEmpty } from '../search/query/is-empty.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import type { Alert, AlertTopic } from './alert.ts';
import type { AlertWish } from './alert-store.ts';

export const MAX_ALERT_NAME = 100;

/** As it was typed. */
export type TypedAlert = {
  /** `search` or `author` */
  kind: string;
  text: string;
  by: string;
  name: string;
  mailsAtOnce: boolean;
  /** Ids; empty for none. */
  subscription: string;
  channel: string;
};
export type AlertProblems = Partial<Record<'text' | 'name', string>>;

/** Digests and channels that may be chosen: those of the person. */
export type Outlets = { subscriptions: string[]; channels: string[] };

const USUAL_ALERT: TypedAlert = {
  kind: 'search',
  text: '',
  by: 'either',
  name: '',
  mailsAtOnce: true,
  subscription: '',
  channel: '',
};

/** Either a whole wish, or what is wrong with which field. */
export function parseAlert(
  typed: TypedAlert,
  { subscriptions, channels }: Outlets,
): { wish: AlertWish; problems?: never } | { wish?: never; problems: AlertProblems } {
  const problems: AlertProblems = {};
  const topic = findTopic(typed, problems);
  const name = oneLine(cleanText(typed.name));
  if (name.length > MAX_ALERT_NAME) {
    problems.name = `Shorten the name to ${MAX_ALERT_NAME} characters.`;
  }
  if (!topic || problems.name) return { problems };
  const wish = {
    name: name || nameOf(topic, oneLine(cleanText(typed.text))),
    topic,
    mailsAtOnce: typed.mailsAtOnce,
    subscriptionId: subscriptions.find((id) => id === typed.subscription),
    channelId: channels.find((id) => id === typed.channel),
  };
  return { wish };
}

function findTopic(
  { kind, text, by }: TypedAlert,
  problems: AlertProblems,
): AlertTopic | undefined {
  const what = oneLine(cleanText(text));
  const isAuthor = kind === 'author';
  if (what === '') {
    problems.text = isAuthor ? 'Write the name of an author.' : 'Write what to look for.';
    return undefined;
  }
  try {
    const topic = parseTopic(isAuthor ? `author:${what}` : `search:${by}:${what}`);
    if (topic.kind === 'search' && isEmpty(parseQuery(topic.query))) {
      problems.text = 'This asks for nothing that could be found: add a word.';
      return undefined;
    }
    return topic as AlertTopic;
  } catch (error) {
    if (!isAppError(error, 'invalid')) throw error;
    problems.text = isAuthor
      ? 'That is no name of an author: shorten it to 200 characters.'
      : 'Shorten the search to 300 characters.';
    return undefined;
  }
}

/** An author keeps the accents that were typed. */
function nameOf(topic: AlertTopic, typed: string): string {
  const name = topic.kind === 'author' ? typed : topic.query;
  return name.length <= MAX_ALERT_NAME ? name : `${name.slice(0, MAX_ALERT_NAME - 1)}…`;
}

/** An alert as its form shows it. */
export function typeAlert({ topic, name, ...telling }: Alert | AlertWish): TypedAlert {
  return {
    ...typeTopic(topic as AlertTopic),
    name,
    mailsAtOnce: telling.mailsAtOnce,
    subscription: telling.subscriptionId ?? '',
    channel: telling.channelId ?? '',
  };
}

/** What an address proposes; anything that is no topic of alerts proposes nothing. */
export function typeProposed(text: string | undefined): TypedAlert {
  try {
    const topic = parseTopic(text ?? '');
    const proposed = { ...USUAL_ALERT, ...typeTopic(topic) };
    const named = text?.replace(/^\s*author:/, '').trim() ?? '';
    const isName = topic.kind === 'author' && named !== topic.author;
    return isName ? { ...proposed, text: named } : proposed;
  } catch (error) {
    if (!isAppError(error, 'invalid')) throw error;
    return USUAL_ALERT;
  }
}

function typeTopic(topic: ReturnType<typeof parseTopic>): Pick<TypedAlert, 'kind' | 'text' | 'by'> {
  const { by } = USUAL_ALERT;
  switch (topic.kind) {
    case 'author':
      return { kind: 'author', text: authorInWords(topic.author), by };
    case 'search':
      return { kind: 'search', text: topic.query, by: topic.by };
    case 'category':
      return { kind: 'search', text: `cat:${topic.category}`, by: 'words' };
    default:
      return { kind: 'search', text: '', by };
  }
}
