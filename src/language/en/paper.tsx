// The page of one paper.
import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

export const paper = {
  about: 'About this paper',
  withdrawnOn: (date: string) => `Withdrawn by its authors on ${date}.`,
  published: (date: Child) => <>Published {date}</>,
  updated: (date: Child, version: number | undefined) => (
    <>
      updated {date}
      {version && ` (version ${version})`}
    </>
  ),
  announced: (date: Child) => <>announced {date}</>,
  pageAt: (source: string) => `${source} page`,
  pdf: 'PDF',
  markdown: 'Markdown',
  media: (number: number) => (number > 1 ? `Media ${number}` : 'Media'),
  ofTheseAt: (votes: number, comments: number, origin: string) =>
    `${counted(votes, 'vote')} and ${counted(comments, 'comment')} of these at ${origin}`,
  abstract: 'Abstract',
  report: 'Report this paper',
  alsoIn: 'Also in',
  editionOf: (title: string, date: string) => `${title} of ${date}`,
  similar: 'Similar papers',
  andOthers: (name: string) => `${name} and others`,
  papersOf: (date: string) => `Papers of ${date}`,
  before: '← Before it',
  after: 'After it →',
  moreAuthors: (count: number) => `and ${counted(count, 'more author')}`,
  citing: (what: string) => `${what} that cite this paper`,

  sources: {
    arxiv: 'arXiv',
    doi: 'Publisher',
    openreview: 'OpenReview',
    acl: 'ACL Anthology',
  } as Record<string, string>,
  otherSource: 'Home',
  links: {
    code: 'Code',
    project: 'Project page',
    model: 'Model',
    dataset: 'Dataset',
    space: 'Demo',
    other: 'Link',
  },
  linked: { models: 'Models', datasets: 'Datasets', demos: 'Demos' },
  facts: {
    comment: 'Comment',
    journal: 'Journal',
    doi: 'DOI',
    licence: 'Licence',
    organization: 'Organisation',
    affiliations: 'Affiliations',
    categories: 'Categories',
    keywords: 'Keywords',
  },
};
