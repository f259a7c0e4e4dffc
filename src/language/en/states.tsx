import type { Child } from 'hono/jsx';
import type { Link } from './link.ts';

// Pages without what was asked for: it failed, or is not here yet.
export const states = {
  failure: {
    /** By the status that goes with it; `other` for what has none of its own. */
    titles: {
      401: 'Sign in first',
      403: 'Not for you',
      404: 'Not found',
      409: 'That did not work',
      429: 'A little slower',
      500: 'Our mistake',
      503: 'Not ready',
      other: 'That did not work',
    },
    defect: (requestId: string) =>
      `Something went wrong. Tell the administrator the request id ${requestId}.`,
    notFound: 'There is no such page here.',
    notJson: 'Send JSON, with "content-type: application/json".',
    notReadable: 'The body cannot be read: send it as its content type says.',
    tooLarge: 'That is larger than anything this instance takes: shorten it.',
    zeroByte: 'The address holds a zero byte.',
    typed: 'What you wrote, to be copied',
    opensAt: (time: Child) => <>It works again from {time} UTC on.</>,
    signIn: (link: Link) => <>If you have an account that may, {link('sign in')}.</>,
    tryAgain: 'Try again',
    requestId: (id: Child) => <>Should it last, tell the administrator the request id {id}.</>,
    search: 'Look for a paper',
    find: 'Find',
    elsewhere: 'Where to go on',
    newest: 'To the newest papers',
    trending: 'What is trending',
    howToSearch: 'How to search',
  },

  welcome: {
    title: 'No papers yet',
    about: (link: Link) => <>This instance is empty. {link('How to bring in papers')}.</>,
  },

  fetching: {
    title: (id: string) => `${id} is being fetched`,
    notHere: 'This paper is not here yet.',
    soon: 'It is being fetched from arXiv, which takes some seconds, and this page then shows it by itself.',
    slow: 'arXiv has not answered for some minutes; it is asked again, and the paper will be here when it does.',
    atArxiv: 'Read it at arXiv',
    newest: 'To the newest papers',
  },
};
