import type { Child } from 'hono/jsx';

type Link = (text: string) => Child;

// What stands around every page.
export const frame = {
  skip: 'Skip to the papers',
  search: 'Search papers',
  searchLabel: 'Search papers by words, meaning, author or number',
  periods: 'Periods',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  trending: 'Trending',
  about: 'About',
  demo: 'Demo edition',
  demoNote: (link: Link) => (
    <>This is the demo edition of October 2025. {link('Get today’s papers')}.</>
  ),
  signIn: 'Sign in',
  signedInAs: (name: string) => `Signed in as ${name}`,
  showMine: 'Show my votes',
  submit: 'Submit a paper',
  aboutName: (name: string) => `About ${name}`,
  aboutSearch: 'Search',
  sources: 'Sources',
  roles: 'Roles',
  feeds: 'Feeds',
  api: 'API',
  thanks: 'Paper metadata from arXiv, with thanks.',
  mail: {
    label: 'Papers by mail',
    forMember: (link: Link) => (
      <>
        <b>New:</b> trending papers by mail. {link('Your digests')}
      </>
    ),
    forVisitor: () => (
      <>
        <b>New:</b> get trending papers in your email inbox!
      </>
    ),
    address: 'you@example.org',
    subscribe: 'Subscribe',
    choose: 'Choose what comes',
  },
};
