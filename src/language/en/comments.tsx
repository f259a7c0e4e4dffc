import type { Child } from 'hono/jsx';
import type { Link } from './link.ts';
import { numeral } from './numeral.ts';

// The discussion of a paper.
export const comments = {
  heading: (count: number) => (
    <>
      Comments <small>{numeral(count)}</small>
    </>
  ),
  order: 'Order of comments',
  oldest: 'Oldest first',
  mostLiked: 'Most liked first',
  pages: 'Pages of comments',
  earlier: '← Earlier page',
  next: 'Next page →',
  page: (page: number, pages: number) => `Page ${numeral(page)} of ${numeral(pages)}`,
  more: (count: number) => `${numeral(count)} more`,
  locked: 'A moderator locked this discussion: it can be read, but nothing is added.',
  mayNotComment: 'Your account may read here, but not comment.',
  signIn: 'Sign in to comment',
  signedInAlready: (link: Link) => <>Signed in already? {link('Show what you can do here')}.</>,
  signedIn: (link: Link) => <>Signed in? {link('Show what you can do here')}.</>,

  pending: 'Waits for a moderator: only they and its author see it.',
  gone: {
    deleted: 'Deleted by its author',
    pending: 'Waits for a moderator',
    hidden: (reason: string | undefined) => `Hidden by a moderator${reason ? `: ${reason}` : ''}`,
  },
  badges: {
    author: 'Paper author',
    submitter: 'Submitter',
    editor: 'Editor',
    moderator: 'Moderator',
    administrator: 'Administrator',
  },
  andReplies: ': this comment and its replies',
  edited: 'edited',
  inReplyTo: (name: string | undefined) => `in reply to ${name ?? 'a comment'}`,

  reactions: 'Reactions',
  react: 'React',
  reaction: {
    '🔥': 'fire',
    '🚀': 'rocket',
    '👀': 'eyes',
    '❤️': 'heart',
    '🤗': 'hug',
    '😎': 'cool',
    '➕': 'plus one',
    '🧠': 'brain',
    '👍': 'thumbs up',
    '🤝': 'handshake',
    '😔': 'sad',
    '🤯': 'mind blown',
  } as Record<string, string>,
  reactedBy: (reaction: string, names: string[], more: number) =>
    `${reaction}: ${names.join(', ')}${more > 0 ? ` and ${numeral(more)} more` : ''}`,

  reply: 'Reply',
  replyTo: (name: string | undefined) => `Your reply to ${name ?? 'this comment'}`,
  edit: 'Edit',
  delete: 'Delete',
  deleteForGood: 'Delete it for good',
  report: 'Report',

  form: {
    yours: 'Your comment',
    comment: 'Comment',
    help: (math: Child, mention: Child) => (
      <>
        Markdown, with math as {math}; {mention} and arXiv numbers become links.
      </>
    ),
    preview: 'Preview',
  },

  writing: {
    words: 'Your words',
    comment: { heading: 'Your comment', button: 'Comment' },
    reply: { heading: 'Your reply', button: 'Reply' },
    edit: { heading: 'Edit your comment', button: 'Save' },
    answered: 'In reply to',
    onPaper: (paper: Child) => <>on {paper}</>,
  },

  one: {
    heading: (name: string | undefined) => (name ? `Comment by ${name}` : 'Comment'),
    title: (name: string | undefined, paper: string) =>
      `${name ? `Comment by ${name}` : 'Comment'} on “${paper}”`,
    withReplies: 'Comment and replies',
  },

  history: {
    heading: (name: string) => `History of a comment by ${name}`,
    now: 'Now',
    version: (number: number) => `Version ${numeral(number)}`,
    by: (name: string, time: Child) => (
      <>
        {name}, {time}
      </>
    ),
    time: (day: string, time: string) => `${day}, ${time} UTC`,
  },

  problems: {
    noComment: 'There is no such comment here.',
    noPaper: 'There is no such paper here.',
    noPage: 'The discussion has no such page.',
    notYours: 'This is somebody else’s comment: only its author edits it.',
  },
};
