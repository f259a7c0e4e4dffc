// The shapes of the API, which are those of Hugging Face's papers API, so that clients written for
// it read from here: checks, types and documentation in one.
import { z } from '@hono/zod-openapi';
import { type Day, isDay, parseMonth, parseWeek } from '../base/calendar.ts';
import { FIRST_YEAR, LAST_YEAR } from '../search/filters.ts';
import { isCategory } from '../sources/arxiv/categories.ts';
import { CommentSchema } from './comment-schemas.ts';

const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 50;
/** Deeper pages are refused, so that a crawler cannot make the server count. */
const MAX_PAGE = 1_000;

export const ErrorSchema = z
  .object({ error: z.string().openapi({ example: 'Paper not found' }) })
  .openapi('Error');

const instant = z.string().openapi({ format: 'date-time', example: '2025-10-29T06:00:00.000Z' });
const object = z.record(z.string(), z.any());

const upvoted = z.boolean().optional().openapi({
  description: 'Whether the caller has voted for the paper; only for a caller with credentials',
});

const Author = z
  .object({
    _id: z.string().openapi({ description: '24 hexadecimal digits' }),
    name: z.string(),
    hidden: z.boolean(),
    user: object.optional(),
    status: z.string().optional(),
    statusLastChangedAt: instant.optional(),
  })
  .openapi('Author');

const User = z
  .looseObject({
    _id: z.string(),
    avatarUrl: z.string(),
    fullname: z.string(),
    name: z.string(),
    user: z.string(),
    type: z.string(),
    isPro: z.boolean(),
  })
  .openapi('User');

const paperFields = {
  id: z.string().openapi({ example: '2502.01441' }),
  authors: z.array(Author),
  publishedAt: instant,
  title: z.string(),
  summary: z.string(),
  upvotes: z
    .int()
    .openapi({ description: 'Votes here plus those counted where the list came from' }),
  discussionId: z.string(),
  submittedOnDailyAt: instant.optional(),
  submittedOnDailyBy: User.optional(),
  withdrawnAt: instant.optional(),
  mediaUrls: z.array(z.string()).optional(),
  projectPage: z.string().optional(),
  githubRepo: z.string().optional(),
  githubRepoAddedBy: z.string().optional(),
  githubStars: z.int().optional(),
  ai_keywords: z.array(z.string()).optional(),
  organization: object.optional(),
};

const Paper = z.object(paperFields).openapi('Paper');

export const DailyPaper = z
  .object({
    paper: Paper,
    publishedAt: instant.openapi({
      description:
        'As Hugging Face has it: the publication time on the clocks of New York, written with a Z',
    }),
    title: z.string(),
    summary: z.string(),
    thumbnail: z.string(),
    numComments: z.int(),
    upvotes: z.int(),
    submittedBy: User,
    isAuthorParticipating: z.boolean(),
    mediaUrls: z.array(z.string()).optional(),
    organization: object.optional(),
    projectPage: z.string().optional(),
    githubRepo: z.string().optional(),
    githubStars: z.int().optional(),
    ai_keywords: z.array(z.string()).optional(),
    upvoted,
  })
  .openapi('DailyPaper');

const HighlightedParts = z
  .array(z.object({ type: z.enum(['text', 'highlight']), text: z.string() }))
  .openapi({ description: 'The text in parts, of which some are what was asked for' });

export const FoundPaper = DailyPaper.omit({ submittedBy: true })
  .extend({
    upvoted: z.boolean(),
    highlightedTitle: HighlightedParts,
    highlightedSummary: HighlightedParts,
  })
  .openapi('FoundPaper');

export const SuggestionSchema = z
  .object({
    kind: z.enum(['paper', 'author', 'category']),
    text: z.string(),
    path: z.string().openapi({ example: '/papers/2502.01441' }),
  })
  .openapi('Suggestion');

export const ListedPaper = z
  .object({
    ...paperFields,
    numComments: z.int(),
    thumbnailUrl: z.string(),
    isUpvotedByUser: z.boolean(),
  })
  .openapi('ListedPaper');

export const PaperDetail = z
  .object({
    ...paperFields,
    linkedModels: z.array(object),
    numTotalModels: z.int(),
    linkedDatasets: z.array(object),
    numTotalDatasets: z.int(),
    linkedSpaces: z.array(object),
    numTotalSpaces: z.int(),
    submissionDeadline: instant.optional(),
    comments: z.array(CommentSchema).optional(),
    upvoted,
  })
  .openapi('PaperDetail');

export const Repositories = z
  .object({ models: z.array(object), datasets: z.array(object), spaces: z.array(object) })
  .openapi('Repositories');

/** A text that `parse` takes without throwing. */
function parsed(parse: (text: string) => unknown, message: string) {
  return z.string().refine(
    (text) => {
      try {
        parse(text);
        return true;
      } catch {
        return false;
      }
    },
    { message },
  );
}

const wholeNumber = (min: number, max: number, fallback: number) =>
  z.coerce
    .number({ message: `must be a whole number from ${min} to ${max}` })
    .int({ message: `must be a whole number from ${min} to ${max}` })
    .min(min, { message: `must be a whole number from ${min} to ${max}` })
    .max(max, { message: `must be a whole number from ${min} to ${max}` })
    .default(fallback);

export const DailyPapersQuery = z.object({
  date: z
    .string()
    .refine((text) => isDay(text), { message: 'must be a calendar day, YYYY-MM-DD' })
    .optional()
    .openapi({ format: 'date', example: '2025-10-29' }),
  week: parsed(parseWeek, 'must be an ISO week, YYYY-Www')
    .optional()
    .openapi({ example: '2025-W44' }),
  month: parsed(parseMonth, 'must be a month, YYYY-MM').optional().openapi({ example: '2025-10' }),
  submitter: z.string().min(1).max(100).optional().openapi({ example: 'akhaliq' }),
  sort: z.enum(['publishedAt', 'trending']).default('publishedAt'),
  limit: wholeNumber(1, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE),
  p: wholeNumber(0, MAX_PAGE, 0).openapi({ description: 'Page, counted from 0' }),
});

export const PapersQuery = z.object({
  limit: wholeNumber(1, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE),
  cursor: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'From the Link header of the page before' }),
});

export const PaperParam = z.object({
  id: z
    .string()
    .min(1)
    .max(300)
    .openapi({ param: { name: 'id', in: 'path' }, example: '2502.01441' }),
});

const PAPER_FIELDS = ['submissionDeadline', 'comments'] as const;
export const PaperQuery = z.object({
  field: z
    .union([z.enum(PAPER_FIELDS), z.array(z.enum(PAPER_FIELDS))])
    .optional()
    .openapi({ description: 'Further fields to include; may come twice' }),
});

/** As many as Hugging Face's search gives at the most. */
const MAX_FOUND = 120;
/** No search finds more than a thousand papers. */
const MAX_FOUND_PAGE = 1_000;

const optionalDay = z
  .string()
  .refine((text) => isDay(text), { message: 'must be a calendar day, YYYY-MM-DD' })
  .transform((text) => text as Day)
  .optional();

export const SearchQuerySchema = z.object({
  q: z.string().default('').openapi({ example: 'layer normalization author:ba' }),
  limit: wholeNumber(1, MAX_FOUND, MAX_FOUND),
  p: wholeNumber(0, MAX_FOUND_PAGE, 0).openapi({ description: 'Page, counted from 0' }),
  sort: z.enum(['relevance', 'date', 'votes']).default('relevance'),
  category: z
    .string()
    .refine(isCategory, {
      message: 'must be a category or archive of arXiv, such as cs.LG or math',
    })
    .optional()
    .openapi({ example: 'cs.LG' }),
  year: z.coerce
    .number({ message: 'must be a year' })
    .int({ message: 'must be a year' })
    .min(FIRST_YEAR, { message: 'must be a year' })
    .max(LAST_YEAR, { message: 'must be a year' })
    .optional()
    .openapi({ description: 'Of publication', example: 2025 }),
  after: optionalDay.openapi({ description: 'Published on this day or later', format: 'date' }),
  before: optionalDay.openapi({ description: 'Published earlier than this day', format: 'date' }),
});

const MAX_SIMILAR = 50;
export const SimilarQuery = z.object({ limit: wholeNumber(1, MAX_SIMILAR, 10) });

export const SuggestQuery = z.object({
  q: z.string().max(2_000).default('').openapi({ example: 'layer norm' }),
});
