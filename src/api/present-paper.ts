// Papers as Hugging Face's papers API writes them.
import { createHash } from 'node:crypto';
import { assetPath } from '../base/assets.ts';
import {
  addDays,
  type Day,
  type Instant,
  startOfDay,
  wallTimeAsInstant,
} from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { HERE, LIST_TIME_ZONE } from '../days/entry.ts';
import type { Entry } from '../days/entry-store.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import type { Author, JsonObject } from '../papers/paper.ts';
import type { Paper } from '../papers/paper-row.ts';
import { isNamed } from '../papers/set-links.ts';
import type { Voter } from '../votes/voters.ts';

/** A paper may be submitted to a daily list for so long after its publication. */
const SUBMISSION_DAYS = 14;

type Presented = Record<string, unknown>;

/** An item of `GET /api/daily_papers`. `url` is the public address of this server. */
export function presentDailyItem(item: FeedItem, url: string): Presented {
  const { paper, entry } = item;
  const presented = presentPaper(item);
  const outer = pick(presented, ['projectPage', 'githubRepo', 'githubStars', 'ai_keywords']);
  const organization = entry?.organization ?? paper.extras.organization;
  const mediaUrls = entry?.mediaUrls ?? paper.extras.mediaUrls;
  return {
    paper: presented,
    publishedAt: entry?.publishedAt ?? wallTimeAsInstant(paper.publishedAt, LIST_TIME_ZONE),
    title: presented.title,
    summary: presented.summary,
    thumbnail: entry?.thumbnail ?? thumbnailOf(url),
    numComments: item.comments,
    upvotes: item.votes,
    submittedBy: presentSubmitter(entry),
    isAuthorParticipating: entry?.isAuthorParticipating ?? false,
    ...(mediaUrls ? { mediaUrls } : {}),
    ...(organization ? { organization } : {}),
    ...outer,
  };
}

/** An item of `GET /api/papers`. */
export function presentListedPaper(
  item: FeedItem,
  url: string,
  isUpvotedByUser: boolean,
): Presented {
  return {
    ...presentPaper(item),
    numComments: item.comments,
    thumbnailUrl: item.entry?.thumbnail ?? thumbnailOf(url),
    isUpvotedByUser,
  };
}

/** The answer of `GET /api/papers/{id}`; `fields` are those that come only when asked for. */
export function presentDetail(
  item: FeedItem,
  fields: string[],
  comments: Presented[] = [],
): Presented {
  const { linked } = item.paper.extras;
  return {
    ...presentPaper(item),
    linkedModels: (linked?.models ?? []).slice(0, 4),
    numTotalModels: linked?.totalModels ?? 0,
    linkedDatasets: (linked?.datasets ?? []).slice(0, 4),
    numTotalDatasets: linked?.totalDatasets ?? 0,
    linkedSpaces: (linked?.spaces ?? []).slice(0, 8),
    numTotalSpaces: linked?.totalSpaces ?? 0,
    ...(fields.includes('submissionDeadline')
      ? { submissionDeadline: deadlineOf(item.paper.publishedAt) }
      : {}),
    ...(fields.includes('comments') ? { comments } : {}),
  };
}

/** Somebody of this instance, as in `upvoters` of a paper's page. */
export function presentVoter({ id, handle, name }: Voter): Presented {
  return { _id: id, avatarUrl: '', isPro: false, fullname: name, user: handle, type: 'user' };
}

export function presentRepositories(paper: Paper): Presented {
  const { linked } = paper.extras;
  return {
    models: linked?.models ?? [],
    datasets: linked?.datasets ?? [],
    spaces: linked?.spaces ?? [],
  };
}

function presentPaper({ paper, entry, votes, elsewhere }: FeedItem): Presented {
  const origin = entry && entry.origin !== HERE ? entry.origin : elsewhere[0]?.origin;
  const { extras } = paper;
  const project = paper.links.find((link) => link.kind === 'project' && isNamed(link));
  const code = codeLinkOf(paper);
  return {
    id: paper.id,
    authors: paper.authors.map((author, index) =>
      presentAuthor(author, `${paper.id} ${index}`, origin),
    ),
    publishedAt: paper.publishedAt,
    ...(entry ? { submittedOnDailyAt: entry.listedAt ?? startOfDay(entry.day) } : {}),
    ...(entry ? { submittedOnDailyBy: presentSubmitter(entry) } : {}),
    title: renderTexText(paper.title),
    summary: renderTexText(paper.abstract),
    upvotes: votes,
    discussionId: extras.discussionId ?? hexId(`discussion ${paper.id}`),
    ...(paper.withdrawnAt ? { withdrawnAt: paper.withdrawnAt } : {}),
    ...(extras.mediaUrls ? { mediaUrls: extras.mediaUrls } : {}),
    ...(project ? { projectPage: project.url } : {}),
    ...(code ? { githubRepo: code.url, githubRepoAddedBy: code.addedBy } : {}),
    ...(extras.githubStars === undefined ? {} : { githubStars: extras.githubStars }),
    ...(extras.aiKeywords ? { ai_keywords: extras.aiKeywords } : {}),
    ...(extras.organization ? { organization: extras.organization } : {}),
  };
}

/** The repository a source named, or else the first one that the abstract or comment names. */
function codeLinkOf(paper: Paper): { url: string; addedBy: string } | undefined {
  const code = paper.links.filter((link) => link.kind === 'code');
  const named = code.find(isNamed);
  if (named) return { url: named.url, addedBy: paper.extras.githubRepoAddedBy ?? 'user' };
  const found = code.find((link) => /^https?:\/\/github\.com\/[^/]+\/[^/]+/i.test(link.url));
  return found && { url: found.url, addedBy: 'auto' };
}

function presentAuthor(author: Author, seed: string, origin: string | undefined): Presented {
  const { _id, hidden, user, status, statusLastChangedAt } = author.elsewhere ?? {};
  return {
    _id: typeof _id === 'string' ? _id : hexId(`author ${seed}`),
    ...(isObject(user) ? { user: presentAccount(user, origin) } : {}),
    name: author.name,
    ...(status ? { status } : {}),
    ...(statusLastChangedAt ? { statusLastChangedAt } : {}),
    hidden: hidden === true,
  };
}

/** With `user` and `name`, which Hugging Face's own objects have one of; clients read either. */
function presentSubmitter(entry: Entry | undefined): Presented {
  const person = entry?.person;
  const account: JsonObject = person
    ? { user: person.handle, fullname: person.name, avatarUrl: assetPath('icon.svg') }
    : (entry?.submittedBy ?? {});
  const name = firstText(account.name, account.user, entry?.submitter) ?? 'unknown';
  return {
    ...account,
    _id: firstText(account._id) ?? hexId(`user ${name}`),
    avatarUrl: absoluteUrl(firstText(account.avatarUrl) ?? '', entry?.origin),
    fullname: firstText(account.fullname) ?? name,
    name,
    user: name,
    type: firstText(account.type) ?? 'user',
    isPro: account.isPro === true,
    isHf: account.isHf === true,
    isHfAdmin: account.isHfAdmin === true,
    isMod: account.isMod === true,
  };
}

/** Pictures are where the account is. */
function presentAccount(account: JsonObject, origin: string | undefined): JsonObject {
  const { avatarUrl } = account;
  return typeof avatarUrl === 'string'
    ? { ...account, avatarUrl: absoluteUrl(avatarUrl, origin) }
    : account;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function absoluteUrl(address: string, origin: string | undefined): string {
  if (!address.startsWith('/') || !origin || origin === HERE) return address;
  return `https://${origin === 'huggingface' ? 'huggingface.co' : origin}${address}`;
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

function deadlineOf(publishedAt: Instant): string {
  const day = addDays(publishedAt.slice(0, 10) as Day, SUBMISSION_DAYS);
  return `${day}${publishedAt.slice(10)}`;
}

function thumbnailOf(url: string): string {
  return `${url}${assetPath('paper.svg')}`;
}

/** 24 hexadecimal digits that stand for something without an id of Hugging Face's. */
export function hexId(seed: string): string {
  return createHash('sha1').update(seed).digest('hex').slice(0, 24);
}

function pick(object: Presented, names: string[]): Presented {
  return Object.fromEntries(
    names.flatMap((name) => (name in object ? [[name, object[name]]] : [])),
  );
}
