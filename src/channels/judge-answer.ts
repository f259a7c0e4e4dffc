// What an answer means for a post and its channel.
import type { Answer, FetchFailure } from '../base/outside/guarded-fetch.ts';
import { oneLine, truncateText } from '../base/text.ts';
import type { ChannelKind } from './channel.ts';

export type Verdict =
  | { is: 'posted' }
  /** Worth another try, not before so many milliseconds where the service says so. */
  | { is: 'later'; afterMs: number | undefined; problem: string }
  /** This post is not taken; the next one may be. */
  | { is: 'refused'; problem: string }
  /** Nothing will be taken until a person mends the channel. */
  | { is: 'gone'; problem: string };

const PASSING = [408, 425, 500, 502, 503, 504];
const MAX_WAIT_MS = 24 * 3_600_000;
const MAX_SAID = 200;

export function judgeAnswer(kind: ChannelKind, answer: Answer): Verdict {
  const { status } = answer;
  const said = saidBy(answer);
  if (status >= 200 && status < 300) {
    const { ok } = parseJson(answer.body);
    // Only Telegram promises a member of that name.
    if (kind !== 'telegram' || ok === true) return { is: 'posted' };
    return {
      is: 'refused',
      problem: `The answer was not Telegram's${said}: check the address of its server.`,
    };
  }
  if (status === 429) {
    return {
      is: 'later',
      afterMs: waitOf(answer),
      problem: 'The service takes no more for now, and asks to wait.',
    };
  }
  if (PASSING.includes(status) || status >= 500) {
    return {
      is: 'later',
      afterMs: waitOf(answer),
      problem: `The service answered with status ${status}${said}.`,
    };
  }
  const why = goneBecause(kind, answer);
  if (why !== undefined) return { is: 'gone', problem: `${why} (status ${status}${said})` };
  return { is: 'refused', problem: `The post was refused with status ${status}${said}.` };
}

/** What is paused tells its owner what to do. */
function goneBecause(kind: ChannelKind, answer: Answer): string | undefined {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    return 'The address leads on to another: change it to the one that it ends at.';
  }
  if (kind === 'telegram') return goneAtTelegram(answer);
  if (status === 404 || status === 410) {
    return 'The webhook is gone: make a new one at the service, and change its address here.';
  }
  if (status === 401 || (status === 403 && kind !== 'webhook')) {
    return 'The service lets nobody post by this address any more: make a new webhook there, and change its address here.';
  }
  return undefined;
}

function goneAtTelegram({ status, body }: Answer): string | undefined {
  const { description, parameters } = parseJson(body);
  const moved = (parameters as { migrate_to_chat_id?: unknown } | undefined)?.migrate_to_chat_id;
  if (typeof moved === 'number') {
    return `The group has become a supergroup: change the chat to ${moved}.`;
  }
  if (status === 401 || status === 404) {
    return 'Telegram does not know the bot: ask @BotFather for its token, and change it here.';
  }
  if (status === 403) return 'The bot may not write to this chat: add it there again.';
  if (status === 400 && /chat not found/i.test(String(description))) {
    return 'Telegram does not know the chat, or the bot is not in it: add the bot, and check the number.';
  }
  return undefined;
}

/** Without the address, which is a secret. */
export function judgeFailure({ kind, cause }: FetchFailure, timeoutMs: number): Verdict {
  switch (kind) {
    case 'timeout':
      return {
        is: 'later',
        afterMs: undefined,
        problem: `There was no answer within ${timeoutMs / 1_000} seconds.`,
      };
    case 'unreachable': {
      const code = (cause as { code?: unknown } | undefined)?.code;
      const named = typeof code === 'string' ? ` (${code})` : '';
      return { is: 'later', afterMs: undefined, problem: `The service cannot be reached${named}.` };
    }
    default:
      return {
        is: 'gone',
        problem:
          'The address is not public, or of a port that is not asked: change it, or have an administrator list its host in BROADSHEET_PRIVATE_HOSTS.',
      };
  }
}

/** In seconds or as a date in Retry-After; in seconds in the body of Discord and Telegram. */
function waitOf({ headers, body }: Answer): number | undefined {
  const { retry_after: discord, parameters } = parseJson(body);
  const telegram = (parameters as { retry_after?: unknown } | undefined)?.retry_after;
  const header = headers['retry-after'];
  const seconds = [
    discord,
    telegram,
    /^\d+(?:\.\d+)?$/.test(header ?? '') ? Number(header) : undefined,
  ];
  const date = Date.parse(header ?? '');
  const waits = [
    ...seconds.map((one) => (typeof one === 'number' && one > 0 ? one * 1_000 : 0)),
    Number.isNaN(date) || Number.isFinite(Number(header)) ? 0 : date - Date.now(),
  ];
  const longest = Math.ceil(Math.max(...waits));
  return longest > 0 ? Math.min(longest, MAX_WAIT_MS) : undefined;
}

function saidBy({ body }: Answer): string {
  const { description, message } = parseJson(body);
  const words = [description, message].find((one) => typeof one === 'string') ?? body;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const text = oneLine(String(words).replace(/[\u0000-\u001f\u007f]/g, ' '));
  return text === '' || text.startsWith('<') ? '' : `, and said “${truncateText(text, MAX_SAID)}”`;
}

function parseJson(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
