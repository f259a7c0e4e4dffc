import type { Child } from 'hono/jsx';
import type { Link } from './link.ts';

const WAYS = { either: 'words or meaning', words: 'words', meaning: 'meaning' };

// Pages about feeds, and what is in feeds.
export const feeds = {
  title: 'Feeds',
  description: (name: string) => `Papers of ${name} in a feed reader: RSS, Atom and JSON Feed.`,
  about: (opml: Link) => (
    <>
      Papers come to a feed reader by themselves. Each feed is there as RSS 2.0, Atom and JSON Feed:
      give your reader one of the addresses, or {opml('all of them as OPML')}.
    </>
  ),
  lists: 'Lists',
  general: {
    day: 'Each paper on the list of its day, an item a paper.',
    days: 'The list of each day in its order when the day closed, an item a day.',
    trending: 'What is talked about most for its age and field.',
    week: 'The papers with the most votes on the lists of the newest week.',
    month: 'The same of the newest month.',
  },
  as: (feed: string, format: string) => `${feed} as ${format}`,
  inHead: (feed: string, format: string) => `${feed} (${format})`,
  fewer: 'Fewer papers',
  fewerNote: (most: number) => (
    <>
      Every address takes <code>?min_votes=20</code>: a paper comes in when it first has so many
      votes, here and elsewhere together, once, and stays in. <code>?limit=10</code> gives so many
      items, up to {most}.
    </>
  ),
  others: 'Of one author, person, edition or paper',
  othersNote:
    'The pages of authors, people, editions and papers name their feeds, so that a reader finds them when it is given the page’s address. They are:',
  patterns: {
    author: 'papers under a name',
    votes: 'what somebody votes for, where they let everyone see it',
    comments: 'what somebody writes',
    edition: 'the papers of a saved page',
    discussion: 'the discussion of a paper',
  },
  private: 'Private feeds',
  privateNote: (settings: Link) => (
    <>
      Members make private feeds in their {settings('settings')}, of all of this and of what their
      alerts find. Such an address needs no signing in and can be revoked.
    </>
  ),
  categories: 'Categories',
  noCategories: 'No paper here is in a category yet.',
  search: {
    title: 'A search as a feed',
    for: 'Search for',
    forProblem: 'Write what to search for.',
    by: 'By',
    ways: WAYS,
    votes: 'From so many votes on, or nothing',
    show: 'Show the address',
  },
  opmlTitle: (name: string) => `Feeds of ${name}`,

  /** What a feed is of, on pages and in feed readers. */
  subjects: {
    day: 'Daily papers',
    days: 'Days',
    trending: 'Trending papers',
    week: 'Top of the week',
    month: 'Top of the month',
    author: (name: string) => `Papers by ${name}`,
    votes: (handle: string) => `Votes of @${handle}`,
    comments: (handle: string) => `Comments by @${handle}`,
    edition: (slug: string) => `Edition ${slug}`,
    search: (query: string, by: keyof typeof WAYS) => `“${query}”, by ${WAYS[by]}`,
    discussion: (paper: string) => `Comments on ${paper}`,
    alert: 'An alert of yours',
    namedAlert: (name: string) => `Alert ${name}`,
  },
  fromVotes: (subject: string, votes: number) => `${subject}, from ${votes} votes on`,

  /** What feeds say of themselves and of their items. */
  document: {
    title: (content: string, name: string) => `${content} · ${name}`,
    day: 'Each paper on the list of its day.',
    days: 'The list of each day as it was when the day closed.',
    trending: 'The papers that are talked about most for their age and field.',
    week: 'The papers with the most votes on the lists of the newest week.',
    month: 'The papers with the most votes on the lists of the newest month.',
    category: (category: string) => `Papers in ${category}, the newest first.`,
    author: (name: string) =>
      `Papers under the name ${name}, the newest first; people may share a name.`,
    searchTitle: (query: string) => `“${query}”`,
    search: (query: string, by: keyof typeof WAYS) =>
      `Papers of the last days that match “${query}”, by ${WAYS[by]}.`,
    commentsTitle: (name: string) => `Comments by ${name}`,
    comments: (name: string) => `What ${name} writes about papers.`,
    votesTitle: (name: string) => `Votes of ${name}`,
    votes: (name: string) => `Papers that ${name} voted for.`,
    edition: (day: string) => `The saved page of ${day}, in its order.`,
    discussionTitle: (paper: string) => `Comments on “${paper}”`,
    discussion: 'What people here write about the paper, the newest first.',
    alert: (name: string) => `Papers that your alert “${name}” found.`,
    dayTitle: (day: string) => `Papers of ${day}`,
    more: (papers: number) => `And ${papers} more.`,
    andOthers: (authors: string) => `${authors} and others`,
    why: 'Why read this:',
    paper: 'The paper',
    code: 'Code',
    project: 'Project',
    nobody: 'Someone who left',
    commentTitle: (name: string, paper: string) => `${name} on “${paper}”`,
  },

  settings: {
    title: 'Your private feeds',
    about: (feeds: Link) => (
      <>
        A private feed has an address of its own that a feed reader may use without signing in, also
        where reading needs an account. Whoever has the address can read it; revoke it to close it.
        What everyone may read is at {feeds('Feeds')}.
      </>
    ),
    row: (feed: string, made: Child, read: Child | undefined) => (
      <>
        {feed}; made {made}, {read === undefined ? 'never read' : <>read {read}</>}
      </>
    ),
    revoke: 'Revoke',
    revokeLabel: (name: string) => `Revoke ${name}`,
    revoked: 'Revoked: it opens nothing any more.',
    new: 'A new private feed',
    name: 'What you call it',
    what: 'What is in it',
    lists: 'Lists',
    withWhich: 'Say which one below',
    alerts: 'Your alerts',
    kinds: {
      day: 'Daily papers, an item a paper',
      days: 'Days, an item a day',
      trending: 'Trending papers',
      week: 'Top of the week',
      month: 'Top of the month',
      category: 'A category, such as cs.LG',
      author: 'An author, by name',
      search: 'A search, by its words',
      votes: 'Votes of a person, by handle',
      comments: 'Comments by a person, by handle',
      discussion: 'Comments on a paper, by its number',
      edition: 'An edition, by the end of its address',
    },
    which: 'Which one: category, name, words, handle or number',
    by: 'A search goes by',
    votes: 'Only papers with so many votes, or nothing',
    make: 'Make the feed',
    madeTitle: 'Your new private feed',
    made: (name: string) =>
      `Give your feed reader one of these addresses of “${name}” now: they are kept as a hash only and cannot be shown again. Whoever has one can read the feed.`,
    toFeeds: 'To your private feeds',
    nameProblem: (most: number) => `Call it something, in 1 to ${most} characters.`,
    votesProblem: 'Write a whole number of votes from 1 to 999999, or nothing.',
    whichProblem: 'Say which one.',
  },
};
