// What people write into the form of a digest.
import { z } from 'zod';
import { AppError, isAppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import type { Config } from '../config.ts';
import { parseTopic, type Topic, topicKey } from '../feed/topic.ts';
import { isAddress } from '../mail/compose-message.ts';
import { normalAddress } from '../mail/email-address.ts';
import { authorKey } from '../papers/author-name.ts';
import { findCategory } from '../sources/arxiv/categories.ts';
import { DEFAULT_LANGUAGE, dateLanguages } from './date-languages.ts';
import { CADENCES, type Subscription } from './subscription.ts';
import { findTimeZone } from './time-zones.ts';

export const MAX_TOPICS = 30;
export const MAX_PAPERS = 100;
export const MAX_DIGEST_NAME = 80;
const DEFAULT_PAPERS = 10;

/** What comes, how often and when. */
export type Wish = Pick<
  Subscription,
  'cadence' | 'maxPapers' | 'hour' | 'timeZone' | 'language'
> & { name: string | undefined; topics: Topic[] };

/** As it was typed. */
export type TypedWish = {
  name: string;
  cadence: string;
  /** Keys of topics that were ticked. */
  topics: string[];
  /** Separated by commas or white space. */
  categories: string;
  /** One a line. */
  authors: string;
  searches: { query: string; by: string }[];
  papers: string;
  hour: string;
  timeZone: string;
  language: string;
};
export type WishField = keyof TypedWish;
export type WishProblems = Partial<Record<WishField | 'email', string>>;

/** What whoever gives nothing but an address gets. */
export function usualWish({
  timeZone,
  digestHour,
}: Pick<Config, 'timeZone' | 'digestHour'>): TypedWish {
  return {
    name: '',
    cadence: 'weekdays',
    topics: ['trending'],
    categories: '',
    authors: '',
    searches: [],
    papers: String(DEFAULT_PAPERS),
    hour: String(digestHour),
    timeZone: findTimeZone(timeZone) ?? 'UTC',
    language: DEFAULT_LANGUAGE,
  };
}

const Address = z
  .string()
  .transform(normalAddress)
  .refine(isAddress, 'That is not an e-mail address: write one such as ada@example.org.');

/** Plus-addresses and what else stands before the @ are kept as they are. */
export function parseAddress(
  typed: string,
): { email: string; problem?: never } | { email?: never; problem: string } {
  const parsed = Address.safeParse(typed);
  if (parsed.success) return { email: parsed.data };
  return { problem: parsed.error.issues[0]?.message ?? 'Write an e-mail address.' };
}

const whole = (min: number, max: number, problem: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, problem)
    .transform(Number)
    .refine((number) => number >= min && number <= max, problem);

/** What `parse` throws about a text becomes the field's problem. */
const parsed = <In, Out>(input: z.ZodType<In>, parse: (value: In) => Out) =>
  input.transform((value, context) => {
    try {
      return parse(value);
    } catch (error) {
      if (!isAppError(error)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });

const Form = z.object({
  name: z
    .string()
    .transform((text) => oneLine(cleanText(text)) || undefined)
    .refine(
      (text) => (text?.length ?? 0) <= MAX_DIGEST_NAME,
      `Shorten the name to ${MAX_DIGEST_NAME} characters.`,
    ),
  cadence: z.enum(CADENCES, 'Choose how often it comes.'),
  topics: parsed(z.array(z.string()), (keys) => keys.map(parseTopic)),
  categories: parsed(z.string().max(2_000, 'That is too long.'), parseCategories),
  authors: parsed(z.string().max(8_000, 'That is too long.'), parseAuthors),
  searches: parsed(z.array(z.object({ query: z.string(), by: z.string() })), parseSearches),
  papers: whole(1, MAX_PAPERS, `Write a number of papers from 1 to ${MAX_PAPERS}.`),
  hour: whole(0, 23, 'Choose an hour from 0 to 23.'),
  timeZone: z
    .string()
    .transform(findTimeZone)
    .refine((zone) => zone !== undefined, 'Choose a time zone of the list.'),
  language: z
    .string()
    .refine((tag) => dateLanguages().some((one) => one.tag === tag), 'Choose a language.'),
});

/** Either a whole wish, or what is wrong with which field. `mayBeEmpty`: alerts may fill it. */
export function parseWish(
  typed: TypedWish,
  { mayBeEmpty = false } = {},
): { wish: Wish; problems?: never } | { wish?: never; problems: WishProblems } {
  const result = Form.safeParse(typed);
  if (!result.success) {
    const problems: WishProblems = {};
    for (const issue of result.error.issues) {
      problems[issue.path[0] as WishField] ??= issue.message;
    }
    return { problems };
  }
  const { papers, timeZone, categories, authors, searches, topics: ticked, ...rest } = result.data;
  const all = [...ticked, ...categories, ...authors, ...searches];
  const topics = [...new Map(all.map((topic) => [topicKey(topic), topic])).values()];
  if (topics.length === 0 && !mayBeEmpty) {
    return { problems: { topics: 'Choose at least one thing to be told of.' } };
  }
  if (topics.length > MAX_TOPICS) {
    return {
      problems: { topics: `These are ${topics.length} things: leave at most ${MAX_TOPICS}.` },
    };
  }
  return { wish: { ...rest, topics, maxPapers: papers, timeZone: timeZone as string } };
}

function parseCategories(text: string): Topic[] {
  return wordsOf(text, /[\s,;]+/).map((word) => {
    const category = findCategory(word);
    if (category) return { kind: 'category', category };
    throw new AppError(
      'invalid',
      `"${word.slice(0, 40)}" is no category of arXiv: write some such as cs.LG or quant-ph.`,
    );
  });
}

function parseAuthors(text: string): Topic[] {
  return wordsOf(text, /\n/).map((name) => {
    if (/[\p{L}\p{N}]/u.test(name)) return parseTopic(`author:${authorKey(name)}`);
    throw new AppError('invalid', `"${name.slice(0, 40)}" is no name.`);
  });
}

function parseSearches(searches: { query: string; by: string }[]): Topic[] {
  return searches
    .map(({ query, by }) => ({ by, query: oneLine(cleanText(query)) }))
    .filter(({ query }) => query !== '')
    .map(({ query, by }) => {
      if (query.length <= 300) return parseTopic(`search:${by}:${query}`);
      throw new AppError('invalid', 'Shorten the search to 300 characters.');
    });
}

function wordsOf(text: string, separator: RegExp): string[] {
  return cleanText(text)
    .split(separator)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
