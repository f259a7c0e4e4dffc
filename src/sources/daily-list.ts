// Day lists and paper objects as Hugging Face's API, and a Broadsheet, answer them:
// https://huggingface.co/docs/hub/api, `GET /api/daily_papers` and `GET /api/papers/{id}`.
import { z } from 'zod';
import { type Day, type Instant, isDay, toInstant } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { cleanText } from '../base/text.ts';
import type { EntryRecord } from '../days/entry.ts';
import { authorOfName } from '../papers/author-name.ts';
import type { Author, JsonObject, PaperExtras, PaperLink, PaperRecord } from '../papers/paper.ts';
import { parsePaperId } from '../papers/paper-id.ts';

/** The most items that one request for a day may bring; the list API allows no more. */
export const DAILY_PAGE_SIZE = 100;
/** Pages of one day that are fetched at most. */
export const MAX_DAILY_PAGES = 20;

const MAX_TITLE = 2_000;
const MAX_ABSTRACT = 50_000;
const MAX_NAME = 100;
const MAX_COUNT = 1_000_000_000;

const text = (max: number) => z.string().max(max);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);
const count = z.number().int().min(0).max(MAX_COUNT);
const object = z.record(z.string(), z.json());
const urls = z.array(z.httpUrl()).max(50);

const PAPER = z.object({
  id: z.string().min(1).max(300),
  title: text(MAX_TITLE).min(1),
  summary: optional(text(MAX_ABSTRACT)),
  publishedAt: optional(z.string()),
  authors: optional(z.array(z.looseObject({ name: z.string() })).max(10_000)),
  upvotes: optional(count),
  numComments: optional(count),
  discussionId: optional(text(100)),
  submittedOnDailyAt: optional(z.string()),
  submittedOnDailyBy: optional(object),
  withdrawnAt: optional(z.string()),
  projectPage: optional(z.httpUrl()),
  githubRepo: optional(z.httpUrl()),
  githubRepoAddedBy: optional(text(20)),
  githubStars: optional(count),
  ai_keywords: optional(z.array(text(200)).max(100)),
  organization: optional(object),
  mediaUrls: optional(urls),
  linkedModels: optional(z.array(object).max(100)),
  numTotalModels: optional(count),
  linkedDatasets: optional(z.array(object).max(100)),
  numTotalDatasets: optional(count),
  linkedSpaces: optional(z.array(object).max(100)),
  numTotalSpaces: optional(count),
});

const ITEM = z.object({
  paper: PAPER,
  publishedAt: z.string(),
  numComments: optional(count),
  submittedBy: optional(object),
  thumbnail: optional(text(2_000)),
  mediaUrl: optional(text(2_000)),
  mediaUrls: optional(urls),
  isAuthorParticipating: optional(z.boolean()),
  organization: optional(object),
  submitterOrganization: optional(object),
});

export type DailyRecord = { record: PaperRecord; entry?: EntryRecord };

/** The name votes and comments of a service go by: `huggingface`, or the service's host. */
export function originOf(base: string): string {
  const { host } = new URL(base);
  return /^(?:www\.)?(?:huggingface\.co|hf\.co)$/.test(host) ? 'huggingface' : host;
}

/** The address of page `page`, counted from 0, of a day's list at a service. */
export function dailyListUrl(base: string, day: Day, page: number): string {
  const url = new URL('api/daily_papers', base.endsWith('/') ? base : `${base}/`);
  url.search = String(
    new URLSearchParams({ date: day, limit: String(DAILY_PAGE_SIZE), p: String(page) }),
  );
  return url.href;
}

/** One item of a day's list. Throws `invalid` with what is wrong in it. */
export function parseDailyItem(item: unknown, day: Day, origin: string): Required<DailyRecord> {
  const parsed = check(ITEM, item);
  const { paper } = parsed;
  const record = recordOf(paper, origin, parsed.numComments ?? 0);
  const publishedAt = toInstant(parsed.publishedAt);
  if (!publishedAt)
    throw new AppError('invalid', `publishedAt is not a time: ${parsed.publishedAt}`);
  return { record, entry: { ...entryOf(paper, record.id, day, origin, publishedAt), ...rest() } };

  function rest(): Partial<EntryRecord> {
    const organization = parsed.organization ?? parsed.submitterOrganization ?? paper.organization;
    const submittedBy = parsed.submittedBy ?? paper.submittedOnDailyBy;
    return {
      comments: parsed.numComments ?? 0,
      ...accountOf(submittedBy),
      ...given({ thumbnail: parsed.thumbnail ?? parsed.mediaUrl }),
      ...given({ mediaUrls: parsed.mediaUrls ?? paper.mediaUrls }),
      ...given({ isAuthorParticipating: parsed.isAuthorParticipating }),
      ...given({ organization: organization as JsonObject | undefined }),
    };
  }
}

/**
 * An item that is on no list, such as a search result. Throws `invalid` when it was on one and does not
 * say on which.
 */
export function parseUnlistedItem(item: unknown, origin: string): DailyRecord {
  const parsed = check(ITEM, item);
  if (parsed.submittedBy) {
    throw new AppError('invalid', 'it does not say on which day it was listed: give --date');
  }
  return { record: recordOf(parsed.paper, origin, parsed.numComments ?? 0) };
}

/**
 * A paper object, with its entry where it says when it was put on a list. Throws `invalid` with
 * what is wrong in it.
 */
export function parsePaperDetail(json: unknown, origin: string): DailyRecord {
  const paper = check(PAPER, json);
  const record = recordOf(paper, origin, paper.numComments ?? undefined);
  const listedAt = paper.submittedOnDailyAt && toInstant(paper.submittedOnDailyAt);
  if (!listedAt) return { record };
  const entry = entryOf(
    paper,
    record.id,
    listedAt.slice(0, 10) as Day,
    origin,
    record.submittedAt ?? listedAt,
  );
  return { record, entry: { ...entry, ...accountOf(paper.submittedOnDailyBy) } };
}

export type DailyLine =
  | { kind: 'day'; day: Day; items: unknown[] }
  /** Items that do not say which day's list they are from. */
  | { kind: 'items'; items: unknown[] }
  | { kind: 'paper'; paper: unknown };

/**
 * One recorded answer: `{date, response[]}`, the bare array of a list, or a paper object.
 * Throws `invalid` when it is none of them.
 */
export function parseDailyLine(json: unknown): DailyLine {
  if (Array.isArray(json)) return { kind: 'items', items: json };
  if (typeof json === 'object' && json !== null) {
    const { date, response, id, title, upvotes, publishedAt } = json as Record<string, unknown>;
    if (typeof date === 'string' && Array.isArray(response)) {
      if (!isDay(date)) throw new AppError('invalid', `"${date}" is not a calendar day`);
      return { kind: 'day', day: date, items: response };
    }
    if (typeof id === 'string' && typeof title === 'string') {
      if (upvotes !== undefined || publishedAt !== undefined) return { kind: 'paper', paper: json };
      throw new AppError(
        'invalid',
        'this is not a paper as a daily-papers API answers it: take such lines in with "broadsheet import jsonl"',
      );
    }
  }
  throw new AppError(
    'invalid',
    'this is neither {"date", "response": […]}, nor a list of daily papers, nor a paper object',
  );
}

/** The day on whose list an item says that it was put; undefined where it does not say. */
export function listedDayOf(item: unknown): Day | undefined {
  const listedAt = (item as { paper?: { submittedOnDailyAt?: unknown } })?.paper
    ?.submittedOnDailyAt;
  const instant = typeof listedAt === 'string' ? toInstant(listedAt) : undefined;
  return instant?.slice(0, 10) as Day | undefined;
}

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AppError('invalid', `${issue?.path.join('.') || 'the item'}: ${issue?.message}`);
}

function recordOf(
  paper: z.infer<typeof PAPER>,
  origin: string,
  comments: number | undefined,
): PaperRecord {
  const { id, version } = parsePaperId(paper.id);
  const abstract = cleanText(paper.summary ?? '');
  const links: PaperLink[] = [];
  if (paper.githubRepo) links.push({ kind: 'code', url: paper.githubRepo, from: 'source' });
  if (paper.projectPage) links.push({ kind: 'project', url: paper.projectPage, from: 'source' });
  const extras = extrasOf(paper);
  return {
    id,
    source: 'daily-papers',
    title: cleanText(paper.title),
    ...(abstract ? { abstract } : {}),
    authors: (paper.authors ?? []).flatMap(authorOf),
    ...given({ version }),
    ...given({ submittedAt: instantOf(paper.publishedAt) }),
    ...given({ withdrawnAt: instantOf(paper.withdrawnAt) }),
    ...(links.length > 0 ? { links } : {}),
    ...(Object.keys(extras).length > 0 ? { extras } : {}),
    elsewhere: { origin, votes: paper.upvotes ?? 0, ...given({ comments }) },
  };
}

function authorOf(author: { name: string } & Record<string, unknown>): Author[] {
  const named = authorOfName(author.name);
  if (!named) return [];
  const { name: _, ...elsewhere } = author;
  return [
    Object.keys(elsewhere).length > 0 ? { ...named, elsewhere: elsewhere as JsonObject } : named,
  ];
}

function extrasOf(paper: z.infer<typeof PAPER>): PaperExtras {
  const models = paper.linkedModels ?? [];
  const datasets = paper.linkedDatasets ?? [];
  const spaces = paper.linkedSpaces ?? [];
  const isLinked = paper.linkedModels ?? paper.linkedDatasets ?? paper.linkedSpaces;
  return {
    ...given({ discussionId: paper.discussionId ?? undefined }),
    ...given({ githubStars: paper.githubStars ?? undefined }),
    ...given({ githubRepoAddedBy: paper.githubRepoAddedBy ?? undefined }),
    ...given({ organization: (paper.organization as JsonObject | null) ?? undefined }),
    ...given({ mediaUrls: paper.mediaUrls ?? undefined }),
    ...given({ aiKeywords: paper.ai_keywords?.length ? paper.ai_keywords : undefined }),
    ...(isLinked
      ? {
          linked: {
            models: models as JsonObject[],
            totalModels: paper.numTotalModels ?? models.length,
            datasets: datasets as JsonObject[],
            totalDatasets: paper.numTotalDatasets ?? datasets.length,
            spaces: spaces as JsonObject[],
            totalSpaces: paper.numTotalSpaces ?? spaces.length,
          },
        }
      : {}),
  };
}

function entryOf(
  paper: z.infer<typeof PAPER>,
  paperId: string,
  day: Day,
  origin: string,
  publishedAt: Instant,
): EntryRecord {
  return {
    day,
    paperId,
    origin,
    ...given({ listedAt: instantOf(paper.submittedOnDailyAt) }),
    publishedAt,
    votes: paper.upvotes ?? 0,
    comments: paper.numComments ?? 0,
  };
}

function accountOf(account: Record<string, unknown> | null | undefined): Partial<EntryRecord> {
  if (!account) return {};
  const name = account.user ?? account.name;
  const submitter = typeof name === 'string' ? cleanText(name).slice(0, MAX_NAME) : '';
  return {
    submittedBy: account as JsonObject,
    ...(submitter ? { submitter } : {}),
  };
}

function instantOf(value: string | null | undefined): Instant | undefined {
  return value ? toInstant(value) : undefined;
}

/** The object without members that are undefined or null. */
function given<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}
