import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { truncateText } from '../base/text.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { hydrate } from '../feed/hydrate.ts';
import { arxivAbsUrl, pathOfPaper } from '../papers/paper-id.ts';
import { findPaperDirectly } from '../search/find-directly.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import type { Found, Sort } from '../search/search.ts';
import { print, withApp, withExamples } from './command.ts';

const MAX_FOUND = 100;
const MAX_TITLE = 110;
const SORTS = ['relevance', 'date', 'votes'] as const satisfies Sort[];

type SearchCommandOptions = { limit: number; sort: Sort; json?: boolean };

export function addSearchCommand(program: Command): void {
  withExamples(
    program
      .command('search <query>')
      .description('find papers by words and by meaning, as the pages do; see /about/search')
      .option('--limit <count>', `how many, 1 to ${MAX_FOUND}`, limitArgument, 10)
      .option('--sort <order>', `by ${SORTS.join(', ')}`, sortArgument, 'relevance')
      .option('--json', 'print as JSON')
      .action(search),
    ['search "layer normalization"', 'search "author:hinton capsules" --sort date --json'],
  );
}

async function search(text: string, { limit, sort, json }: SearchCommandOptions): Promise<void> {
  await withApp(async (app) => {
    const named = await findPaperDirectly(app.database.read, text);
    if (named && 'absentId' in named) throw isAbsent(named.absentId, app.config.isOffline);
    const found = named ? onlyPaper(named.key) : await ask(app, text, { sort, limit });
    const items = await hydrate(
      app.database.read,
      found.keys.map((paperKey) => ({ paperKey })),
      { isHtml: false },
    );
    const { total, isCut, answeredBy, didYouMean } = found;
    const result = { total, isCut, answeredBy, didYouMean, papers: items.map(presentItem) };
    print(result, [...items.map(renderItem), summaryOf(found)], json);
  });
}

function ask(app: App, text: string, options: { sort: Sort; limit: number }): Promise<Found> {
  return app.search.search(parseQuery(text), { ...options, offset: 0, isForPage: true });
}

function isAbsent(id: string, isOffline: boolean): AppError {
  const advice = isOffline
    ? 'this instance fetches nothing while BROADSHEET_OFFLINE is set'
    : `open ${pathOfPaper(id)} on the running server, which fetches it`;
  return new AppError(
    'not-found',
    `There is no paper ${id} here: ${advice}, or read it at ${arxivAbsUrl(id)}.`,
  );
}

function onlyPaper(key: number): Found {
  return {
    keys: [key],
    total: 1,
    isCut: false,
    answeredBy: 'database',
    trouble: undefined,
    facets: undefined,
    didYouMean: undefined,
  };
}

function presentItem({ paper, votes }: FeedItem) {
  return {
    id: paper.id,
    title: renderTexText(paper.title),
    authors: paper.authors.map((author) => author.name),
    publishedAt: paper.publishedAt,
    categories: paper.categories,
    votes,
  };
}

function renderItem({ paper, votes }: FeedItem): string {
  const facts = [
    paper.publishedAt.slice(0, 10),
    paper.primaryCategory,
    votes > 0 && `${votes} votes`,
  ];
  const title = truncateText(renderTexText(paper.title), MAX_TITLE);
  return `${paper.id.padEnd(12)} ${title}\n${' '.repeat(13)}${facts.filter(Boolean).join(' · ')}`;
}

function summaryOf({ total, isCut, answeredBy, trouble, didYouMean }: Found): string {
  const papers = `${total.toLocaleString('en')}${isCut ? ' or more' : ''} papers`;
  const by = answeredBy === 'database' ? 'number, title and author' : answeredBy;
  const why =
    trouble === 'no index' ? '; the search index is not there: run "broadsheet index"' : '';
  const proposal = didYouMean ? `\nDid you mean: ${didYouMean}` : '';
  return `${papers}, by ${by}${why}.${proposal}`;
}

function limitArgument(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MAX_FOUND) return limit;
  throw new InvalidArgumentError(`Write a number from 1 to ${MAX_FOUND}.`);
}

function sortArgument(text: string): Sort {
  const sort = SORTS.find((one) => one === text);
  if (sort) return sort;
  throw new InvalidArgumentError(`Write one of ${SORTS.join(', ')}.`);
}
