import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

// Where papers are posted to: pages of the instance's channels and of people's own.
export const channels = {
  ownTitle: 'Your channels',
  instanceTitle: 'Channels of the instance',
  about:
    'Papers, posted to a chat or to a program: the best of each day, or each paper that reaches a number of votes.',
  aboutInstance: 'These speak for the instance; people have channels of their own.',
  none: 'There is no channel yet.',
  new: 'A new channel',
  kinds: {
    slack: 'Slack or Mattermost',
    discord: 'Discord',
    telegram: 'Telegram',
    webhook: 'Signed webhook',
  },
  states: { active: 'active', paused: 'paused' },
  done: {
    made: 'The channel was made. Send a test post to see whether it works.',
    saved: 'Saved.',
    paused: 'Paused: nothing is posted until you let it go on.',
    resumed: 'It goes on with what happens from now on.',
    deleted: 'Deleted.',
    tested: 'The test post was taken.',
    waits: 'Another post is on its way: the test post follows it.',
    replayed: 'It is sent again within a minute.',
  },

  // What a channel tells of, within a sentence.
  onVotes: (votes: number) => `each paper that reaches ${counted(votes, 'vote')}`,
  onDay: (papers: number, hour: string, timeZone: string) =>
    `${papers === 1 ? 'the top paper' : `the top ${papers} papers`} of each day, the day after at ${hour} (${timeZone})`,
  everyPaper: 'every paper',
  byAuthor: (name: string) => `by ${name}`,
  ofSearch: (query: string) => `“${query}”`,

  // Posts.
  occasions: {
    day: (day: string) => `Papers of ${day}`,
    votes: 'Votes reached',
    alert: 'An alert',
    test: 'Test',
  },
  postStates: {
    posted: 'posted',
    failed: 'failed',
    empty: 'nothing to tell',
    onItsWay: 'on its way',
    later: 'tried again later',
    waiting: 'waiting',
  },
  nothingPosted: 'nothing posted yet',
  lastPost: (occasion: string, state: string, time: Child) => (
    <>
      last: {occasion}, {state} {time}
    </>
  ),
  testFailed: (problem: string) => `The test post did not arrive. ${problem}`.trim(),

  // The page of one.
  all: 'All channels',
  facts: {
    kind: 'Kind',
    postsTo: 'Posts to',
    tells: 'Tells',
    of: 'Of',
    next: 'Next',
    event: 'Event',
    state: 'State',
    writtenDown: 'Written down',
    posted: 'Posted',
    triedNext: 'Tried next',
    tries: 'Tries',
    answer: 'Answer',
    papers: 'Papers',
  },
  inUtc: (time: Child) => <>{time} UTC</>,
  sendTest: 'Send a test post',
  change: 'Change',
  goOn: 'Go on',
  pause: 'Pause',
  makeSecret: 'Make a new secret',
  delete: 'Delete',
  preview: {
    ofDay: 'The next post, as it stands',
    ofVotes: 'Such as',
    votes: (votes: number) => counted(votes, 'vote'),
    payload: 'What would be sent',
    noneOfDay: 'Nothing yet: the day has no paper for it.',
    noneOfVotes: 'No paper of the last month has reached so many votes.',
  },
  log: {
    title: 'Log',
    earlier: 'Earlier posts',
    nothing: 'Nothing was posted yet.',
    nothingEarlier: 'Nothing earlier.',
    kept: (posts: number) => `The last ${posts} posts are kept. Times are UTC.`,
    papers: (papers: number) => `, ${counted(papers, 'paper')}`,
    answered: (status: number) => `, answered ${status}`,
    tries: (tries: number) => `, ${tries} tries`,
    sentAgain: (times: number) => `, sent again ${times === 1 ? 'once' : `${times} times`}`,
    noSuchPage: 'The log has no such page.',
  },
  sendAgain: 'Send again',
  sendAgainLabel: (occasion: string) => `Send again: ${occasion}`,
  postTitle: (channel: string, occasion: string) => `${channel}: ${occasion}`,
  backToChannel: 'Back to the channel',
  noAnswer: 'none',
  answeredWith: (status: number) => `status ${status}`,
  noPapers: 'none',
  sent: 'What was sent',
  notSent: 'Nothing yet.',

  /** What is posted. */
  posts: {
    ofDay: (day: string) => `Daily papers of ${day}`,
    ofAlert: (name: string) => `New papers for “${name}”`,
    ofLostAlert: 'New papers',
    ofVotes: (votes: number) => `A paper has ${votes.toLocaleString('en')} votes`,
    ofMany: (papers: number) => `${papers} papers that many vote for`,
    test: (name: string) => `A test from ${name}: this channel works.`,
    authors: (names: string[], more: number) =>
      more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', '),
    votes: (votes: number) => counted(votes, 'vote'),
    comments: (comments: number) => counted(comments, 'comment'),
    more: (papers: number) => `… and ${papers} more`,
    original: 'Original',
    code: 'Code',
    papers: 'Papers',
  },

  secretTitle: 'The secret of your webhook',
  secret: (channel: string) => (
    <>
      Copy it now: it is not shown again. Every post to “{channel}” carries{' '}
      <code>Broadsheet-Signature: t=…,v1=…</code>, where <code>v1</code> is the HMAC-SHA256 of the
      time, a dot and the body with this secret as its key.
    </>
  ),
  toChannel: 'To the channel',

  deleteTitle: (name: string) => `Delete “${name}”?`,
  deleteNote: 'It goes with its log, and nothing is posted to it any more. This cannot be undone.',
  deleteIt: 'Delete it',
  keepIt: 'Keep it',

  form: {
    changeTitle: (name: string) => `Change “${name}”`,
    newTitle: (kind: string) => `A new channel: ${kind}`,
    noSuchKind: 'There is no such kind of channel: choose one of those offered.',
    notSaved: 'Nothing was saved yet: look at what is marked below.',
    name: 'Name, for yourself',
    save: 'Save',
    make: 'Make the channel',
    back: 'Back, without changes',
    toChannels: 'To the channels',
    addresses: {
      slack: 'Address of the incoming webhook',
      discord: 'Address of the webhook',
      webhook: 'Address that takes the posts',
    },
    hints: {
      slack:
        'Slack gives it to an app with Incoming Webhooks (api.slack.com/apps), Mattermost under Integrations, Incoming Webhooks.',
      discord: 'Discord gives it under Edit Channel, Integrations, Webhooks, Copy Webhook URL.',
      telegram:
        'Write /newbot to @BotFather for the token. The bot must be a member of the chat, and in a channel an administrator.',
      webhook: 'It gets each post as JSON by POST, and answers with 2xx within ten seconds.',
    },
    kept: (target: string) => `It is ${target} now, and stays so when the field is left empty.`,
    token: 'Token of the bot',
    chat: 'Chat',
    chatPlaceholder: '-1001234567890 or @channel',
    isSigned: 'Each post is signed with a secret, which is made for you and shown once after this.',
    when: 'When',
    onDay: 'The best papers of a day, once the day has closed',
    papers: (most: number) => `How many at most, up to ${most}`,
    hour: 'At',
    timeZone: 'In the time zone',
    onVotes: 'A paper, as soon as it has enough votes',
    votes: 'How many votes',
    which: 'Which papers',
    whichNote: 'Those of any of these; every paper where all are left empty.',
    categories: 'Categories',
    authors: 'Authors, one on each line',
    searches: 'Searches, one on each line',
    matchedBy: 'Searches match',
    matchedByWays: {
      either: 'by words or by meaning',
      words: 'by words: all of them must be there',
      meaning: 'by meaning',
    },
  },
};
