import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

type Link = (text: string) => Child;

// The page that tells readers what the instance is, and the way among the pages below it.
export const about = {
  title: (name: string) => `About ${name}`,
  description: (name: string, community: string) =>
    `${name} shows research papers by day, chosen and ranked by the ${community} community.`,
  nav: {
    label: 'About this instance',
    about: 'About',
    search: 'How to search',
    sources: 'Sources',
    roles: 'Who may do what',
    feeds: 'Feeds',
    api: 'API',
  },
  contents: 'On this page',
  lead: (name: string, community: string) =>
    `${name} is a daily newspaper of research papers. Each day has a list, chosen by the ${community} community and ordered by its votes; beside it stands everything else that was announced that day.`,
  what: {
    heading: 'What you find here',
    papers: (count: number, categories: Child) => (
      <>
        {counted(count, 'paper')} so far. “All new” follows arXiv’s announcements in {categories}.
        The lists of days take papers from anywhere.
      </>
    ),
    noCategories: 'no category of its own',
    read: (day: Link, week: Link, trending: Link, search: Link) => (
      <>
        Read {day('today’s list')} over a coffee, {week('the week')} on Friday, what is{' '}
        {trending('talked about now')}, or {search('look for something')} by words and by meaning.
      </>
    ),
  },
  rules: { heading: 'The community’s rules' },
  defaultRules: `- **Speak of the work.** Disagree with what a paper says, never with who wrote it.
- **Say what you know, and how you know it.** A short honest comment is worth more than a long one.
- **Submit what you would send to a colleague.** Your own papers are welcome; say that they are yours.
- **No advertising, and no asking for votes.**
- **One person, one account.** Votes are a reader’s opinion, not a campaign.

Moderators hide what breaks these rules, say why in the [moderation log](/moderation/log), and can take it back.`,
  ranking: {
    heading: 'How papers are ranked',
    day: 'A day, a week, a month: by votes. What an editor has pinned comes first; of equal votes, the later publication. While a day is open, papers that nobody has voted for are shuffled once a day, the same for every reader, so that none is read first only because it came last.',
    trending:
      'Trending: by votes and comments, the younger the more they count. A comment is half a vote. A score is halved in about a day, then ever more slowly; and it is measured against what is usual in the paper’s category, so that small fields are not drowned by large ones.',
    formula: 'The formula',
    tex: '$$\\text{activity} = \\text{votes} + \\tfrac{1}{2}\\,\\text{comments}$$\n\n$$\\text{score} = \\frac{\\ln(1 + \\text{activity})}{(\\text{age in days} + 2)^{1.8} \\cdot \\ln(2 + \\text{usual activity of the category})}$$',
    consequences:
      'So one more vote never ranks a paper lower, and greater age never ranks it higher. A paper without votes and comments scores nothing.',
    weighing: (hours: number) =>
      hours === 0
        ? 'Every vote weighs the same.'
        : `Every vote is shown. Those of accounts younger than ${counted(hours, 'hour')} weigh nothing yet, so that nobody can bring a crowd.`,
    search: (link: Link) => <>How search orders what it finds is {link('a page of its own')}.</>,
  },
  papers: {
    heading: 'Where papers come from',
    arxiv: (link: Link) => (
      <>
        Titles, abstracts and authors come from arXiv, which gives them to everyone (CC0); its
        announcements are read by themselves each weekday. {link('How that goes')}, and whether any
        paper is missing, is public.
      </>
    ),
    people: (link: Link) => (
      <>Members {link('submit papers')} from arXiv, by DOI, or from any page that describes one.</>
    ),
    elsewhere:
      'Votes and comments marked “at Hugging Face” were counted there, and are shown beside those of people here.',
    commands: 'For whoever runs this server: bringing in more',
    list: [
      {
        what: 'Day lists from Hugging Face, or from another Broadsheet',
        commands: ['npx broadsheet import daily-papers https://huggingface.co --from 2026-01-05'],
      },
      {
        what: 'arXiv’s announcement of today, and what changed there since a day',
        commands: [
          'npx broadsheet import announcements',
          'npx broadsheet import arxiv --from 2026-01-05',
        ],
      },
      {
        what: 'arXiv’s whole snapshot, as Kaggle has it',
        commands: ['npx broadsheet import snapshot arxiv-metadata-oai-snapshot.json --category cs'],
      },
      {
        what: 'arXiv metadata as JSON lines',
        commands: ['npx broadsheet import jsonl papers.jsonl.xz'],
      },
      {
        what: 'The saved text of a Daily Papers page',
        commands: ['npx broadsheet import page page.txt --date 2025-10-29'],
      },
    ],
  },
  taking: {
    heading: 'How to take part',
    reading: {
      everyone: 'Everyone may read, with or without an account.',
      members: 'Reading needs an account.',
    },
    joining: {
      open: (link: Link) => <>{link('Sign in')} with your e-mail address, and you have one.</>,
      domain: (link: Link, domains: string) => (
        <>
          {link('Sign in')} with an address at {domains}, or with an invitation, and you have one.
        </>
      ),
      invitation: (link: Link) => (
        <>A member’s invitation gives you one; {link('sign in')} if you have it.</>
      ),
      closed: () => <>No new accounts are made at present.</>,
    },
    member: (roles: Link, submit: Link) => (
      <>
        With it you vote, comment, {submit('submit papers')}, and keep searches and authors that you
        are told of. {roles('Who may do what')} is a table.
      </>
    ),
    amiss: (log: Link) => (
      <>
        Something is amiss? Every paper and comment has a way to report it, and what moderators do
        is in {log('a log')} that everyone can read.
      </>
    ),
  },
  elsewhere: {
    heading: 'By mail, feed and program',
    mail: (link: Link) => (
      <>{link('Papers by mail')}, each weekday, each week or each month; one click ends it.</>
    ),
    feeds: (link: Link) => (
      <>{link('Feeds')} of every list, category, author and search, as RSS, Atom and JSON.</>
    ),
    api: (link: Link, url: string) => (
      <>
        {link('An API')} that clients of Hugging Face’s papers speak already:{' '}
        <code>HF_ENDPOINT={url}</code>.
      </>
    ),
    citations: (bib: Child, markdown: Child) => (
      <>
        Every paper and list as citations ({bib} behind its address, RIS, CSL-JSON), and every paper
        as Markdown ({markdown}).
      </>
    ),
  },
  privacy: {
    heading: 'Privacy',
    lines: (data: Link): Child[] => [
      <>
        <b>Cookies:</b> none for reading, unless you choose how pages look: that is remembered in
        one. Two more keep you signed in; nothing follows you.
      </>,
      <>
        <b>Others:</b> pages ask no other host for anything, no numbers about you are gathered, and
        mails do not tell when they are opened.
      </>,
      <>
        <b>Kept of you:</b> your address, your profile, what you vote, write and subscribe to, and
        your sessions with their browser and network address until they end.
      </>,
      <>
        <b>Shown to others:</b> your profile, comments, submissions, and what you voted for, unless
        you say no to that in your profile.
      </>,
      <>
        <b>Yours:</b> {data('download all of it, or delete your account')}, at any time and by
        yourself.
      </>,
    ],
  },
  people: {
    heading: 'Who runs it',
    editors: (names: string) => `The days are made by ${names}.`,
    contact: (link: Child) => <>To reach whoever runs this instance: {link}.</>,
    software: (name: string, version: string) =>
      `${name} runs on Broadsheet ${version}, open software under the MIT licence that anyone can run.`,
  },
};
