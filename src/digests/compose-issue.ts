// An issue for one reader: the papers of some days that they asked for and were not told of yet, as mail. The same read
// side as the pages, with what many readers share kept in the cache.
import type { Config } from '../config.ts';
import type { Db } from '../database/database.ts';
import type { SkeletonItem } from '../feed/feed-item.ts';
import type { Topic } from '../feed/topic.ts';
import { topicKey } from '../feed/topic.ts';
import { type Days, topicSkeleton } from '../feed/topic-skeleton.ts';
import { listEditorNames } from '../people/editors.ts';
import type { Search } from '../search/search.ts';
import { alertOffers } from './alert-offers.ts';
import {
  type ChosenPaper,
  cutFairly,
  isTold,
  mergeOffers,
  type Offer,
  rankPapers,
  withoutTold,
} from './choose-papers.ts';
import { createIssueCache, type IssueCache } from './issue-cache.ts';
import { findGivenPapers, loadMailedPapers } from './load-mailed-papers.ts';
import { alertMail, issueMail } from './mail/issue-words.ts';
import type { Mail } from './mail/mail.ts';
import { renderHtml } from './mail/render-html.tsx';
import { renderText } from './mail/render-text.ts';
import type { Subscription } from './subscription.ts';

export type ComposeParts = {
  db: Db;
  search: Pick<Search, 'match'>;
  /** Whether a search that cannot know all papers of the days yet throws `unavailable`. */
  isWhole?: boolean;
  /** `url` without a slash at its end. */
  instance: { name: string; community: string; url: string };
  /** What links are signed with. */
  secret: string;
  cache: IssueCache;
};

/** Out of what a process keeps open; `url` is the public address. */
export function openComposing(
  app: {
    database: { read: Db };
    search: Pick<Search, 'match'>;
    config: Pick<Config, 'name' | 'people'>;
    secret(): string;
  },
  url: string,
): ComposeParts {
  const { name, people } = app.config;
  return {
    db: app.database.read,
    search: app.search,
    instance: { name, community: people.community, url },
    secret: app.secret(),
    cache: createIssueCache(),
  };
}

export type Issue = {
  subject: string;
  text: string;
  html: string;
  /** In their order. */
  paperIds: string[];
};

export type Reader = Pick<
  Subscription,
  'id' | 'personId' | 'cadence' | 'topics' | 'maxPapers' | 'language'
>;

/** Of each topic so many are looked at; a reader who was told of all of them has seen the best. */
const MAX_OF_TOPIC = 200;

/** Undefined when nothing is left to tell. */
export async function composeIssue(
  parts: ComposeParts,
  options: {
    subscription: Reader;
    days: Days;
    /** Ids of papers, as `loadTold` gives them. */
    told: ReadonlySet<string>;
    /** Exactly these papers: of an issue that is sent once more. */
    papers?: string[];
  },
): Promise<Issue | undefined> {
  const { subscription, days } = options;
  const offers = [
    ...(await topicOffers(parts, subscription, days)),
    ...(await alertOffers(parts.db, subscription, days)),
  ];
  const papers = options.papers
    ? await givenPapers(parts, options.papers, offers)
    : await choosePapers(parts, offers, options);
  if (papers.length === 0) return undefined;
  const editors = await editorsOf(parts);
  return render(issueMail(parts, { subscription, days, papers, offers, editors }));
}

/** One mail of what an alert has found; `papers` are ids. Undefined when none of them is there and new. */
export async function composeAlertMail(
  parts: ComposeParts,
  {
    alert,
    papers: ids,
    told,
    language,
  }: {
    alert: { id: string; name: string; topic: Topic };
    papers: string[];
    told: ReadonlySet<string>;
    language: string;
  },
): Promise<Issue | undefined> {
  const papers = await givenPapers(parts, ids, []);
  const left = papers.filter(
    (paper) => paper.item.paper.withdrawnAt === undefined && !isTold(paper, told),
  );
  return left.length === 0
    ? undefined
    : render(alertMail(parts, { alert, papers: left, language }));
}

function render(mail: Mail): Issue {
  return {
    subject: mail.subject,
    text: renderText(mail),
    html: renderHtml(mail),
    paperIds: mail.papers.map(({ paper }) => paper.item.paper.id),
  };
}

async function topicOffers(parts: ComposeParts, { topics }: Reader, days: Days): Promise<Offer[]> {
  const active = topics.filter(({ isPaused }) => !isPaused);
  return Promise.all(
    active.map(async ({ topic }) => ({
      topic,
      alertName: undefined,
      items: await sharedSkeleton(parts, topic, days),
    })),
  );
}

function sharedSkeleton(parts: ComposeParts, topic: Topic, days: Days): Promise<SkeletonItem[]> {
  const { skeletons } = parts.cache;
  const key = `${topicKey(topic)} ${days.first} ${days.end}${parts.isWhole ? ' whole' : ''}`;
  let items = skeletons.get(key);
  if (!items) {
    items = topicSkeleton(parts, topic, days, MAX_OF_TOPIC);
    skeletons.set(key, items);
    // The next reader asks again.
    items.catch(() => skeletons.delete(key));
  }
  return items;
}

async function choosePapers(
  parts: ComposeParts,
  offers: Offer[],
  { subscription, told }: { subscription: Reader; told: ReadonlySet<string> },
): Promise<ChosenPaper[]> {
  const candidates = mergeOffers(offers);
  const items = candidates.map(({ item }) => item);
  const left = withoutTold(candidates, await loadMailedPapers(parts, items), told);
  return cutFairly(rankPapers(left), offers, subscription.maxPapers);
}

/** In the given order; those that are gone are left out. */
async function givenPapers(
  parts: ComposeParts,
  ids: string[],
  offers: Offer[],
): Promise<ChosenPaper[]> {
  const keys = await findGivenPapers(parts.db, ids);
  const candidates = new Map(mergeOffers(offers).map((one) => [one.item.paperKey, one]));
  const chosen = keys.map(
    (paperKey) => candidates.get(paperKey) ?? { item: { paperKey }, offers: [] },
  );
  const papers = await loadMailedPapers(
    parts,
    chosen.map(({ item }) => item),
  );
  return chosen.flatMap(({ item, offers: own }) => {
    const paper = papers.get(item.paperKey);
    return paper ? [{ ...paper, offers: own }] : [];
  });
}

function editorsOf({ db, cache }: ComposeParts): Promise<string[]> {
  if (!cache.editors) {
    cache.editors = listEditorNames(db);
    cache.editors.catch(() => {
      cache.editors = undefined;
    });
  }
  return cache.editors;
}
