import type { Child } from 'hono/jsx';
import type { Link } from './link.ts';
import { numeral } from './numeral.ts';

// The pages of one's own account.
export const settings = {
  nav: 'Settings',
  pages: {
    profile: { label: 'Profile', about: 'your name, handle, links, ORCID, privacy' },
    'sign-in': { label: 'Sign-in', about: 'the ways in: link, services, passkeys' },
    sessions: { label: 'Sessions', about: 'the browsers that are signed in' },
    channels: { label: 'Channels', about: 'papers posted to chats and programs' },
    tokens: { label: 'Tokens', about: 'for programs that act for you' },
    alerts: { label: 'Alerts', about: 'searches and authors you are told of' },
    digests: { label: 'Digests', about: 'papers that come to you by mail' },
    feeds: { label: 'Feeds', about: 'private addresses for feed readers' },
    data: { label: 'Your data', about: 'download all of it, or delete your account' },
  },
  save: 'Save',
  done: {
    saved: 'Saved.',
    removed: 'Removed.',
    renamed: 'Renamed.',
    passkey: 'The passkey was added: you can sign in with it from now on.',
    ended: 'Ended.',
    revoked: 'Revoked: it opens nothing any more.',
  },
  marked: 'Nothing was saved yet: look at what is marked below.',

  overview: {
    title: 'Your account',
    you: (name: Child, handle: Child, role: Child) => (
      <>
        You are {name}, {handle}, with the role {role}.
      </>
    ),
    barred: (by: 'ban' | 'suspend', until: string | undefined) =>
      `Your account is ${by === 'ban' ? 'banned' : 'suspended'}${until ? ` until ${until}` : ''}: you may read, and download or delete what is yours.`,
    told: 'What moderators told you',
    sanction: {
      warn: (day: string, reason: string) => `A warning on ${day}: ${reason}`,
      suspend: (day: string, reason: string) => `A suspension on ${day}: ${reason}`,
      ban: (day: string, reason: string) => `A ban on ${day}: ${reason}`,
    },
    page: (label: Child, about: string) => (
      <>
        {label}: {about}
      </>
    ),
    invitations: (link: Link) => <>{link('Invitations')}: for those who would like to join</>,
    moderation: (link: Link) => (
      <>{link('Moderation')}: what was reported, and what waits for approval</>
    ),
    administration: (people: Link, audit: Link) => (
      <>
        {people('People and roles')} and the {audit('audit log')}: you administer this instance
      </>
    ),
    signOut: 'Sign out',
  },

  profile: {
    title: 'Your profile',
    welcome: (site: string, link: Link) => (
      <>
        Welcome to {site}. This is how others see you; choose a name and a handle, or leave it{' '}
        {link('and go on reading')}.
      </>
    ),
    name: 'Name',
    handle: 'Handle',
    handleNote: (url: string, handle: string) =>
      `Your page is ${url}/people/${handle}, and others mention you as @${handle}. When you change it, the old address leads nowhere.`,
    affiliation: 'Affiliation',
    about: 'About you',
    orcid: 'ORCID iD',
    links: (max: number) => `Links, ${numeral(max)} at most`,
    link: (place: number) => `Link ${numeral(place)}`,
    privacy: 'Privacy',
    publicVotes: 'Show others what I vote for',
    publicVotesNote:
      'Without it your votes count as before, and your name is not among those who voted.',
  },

  signIn: {
    title: 'How you sign in',
    byLink: 'By a link',
    linkTo: (email: Child, isConfirmed: boolean) => (
      <>
        A link is sent to {email}
        {!isConfirmed && ', which was not confirmed yet: sign in with a link once'}.
      </>
    ),
    noAddress:
      'We know no address of yours, for the service that you signed in with tells none: keep another way, such as a passkey.',
    services: 'Services',
    since: (when: Child) => <>since {when}</>,
    noServices: 'No other service is set up here.',
    connect: (service: string) => `Connect ${service}`,
    notConnected:
      'The service was not connected: it belongs to another account here, or it did not answer.',
    remove: 'Remove',
    removeNamed: (name: string) => `Remove ${name}`,
    lastWay: 'your last way in',
    passkeys: 'Passkeys',
    passkeysNote:
      'A passkey is kept by your device or password manager; there is nothing to remember, and nothing to steal here.',
    passkey: 'Passkey',
    passkeyUnnamed: 'passkey',
    passkeyName: (name: string) => `Name of the passkey ${name}`,
    rename: 'Rename',
    newName: 'Name of a new one',
    newNameExample: 'My laptop',
    add: 'Add a passkey',
    needsScript: 'Adding a passkey needs JavaScript, for browsers offer it to nothing else.',
  },

  sessions: {
    title: 'Your sessions',
    intro: (link: Link) => (
      <>
        Every browser that is signed in as you. End those that you do not know; then look at{' '}
        {link('how you sign in')}. Times are UTC.
      </>
    ),
    thisOne: 'this one',
    facts: (address: string | undefined, began: Child, used: Child) => (
      <>
        {address && `from ${address}, `}began {began}, used about {used}
      </>
    ),
    end: 'End',
    endNamed: (name: string) => `End the session of ${name}`,
    endOthers: 'End all but this one',
    browser: (browser: string | undefined, system: string | undefined) =>
      system === undefined
        ? (browser ?? 'An unknown browser')
        : `${browser ?? 'A browser'} on ${system}`,
    systems: {
      android: 'Android',
      iphone: 'an iPhone',
      ipad: 'an iPad',
      mac: 'a Mac',
      windows: 'Windows',
      chromeos: 'ChromeOS',
      linux: 'Linux',
    },
  },

  tokens: {
    title: 'Your tokens',
    intro: (api: Link, header: Child) => (
      <>
        A token lets a program act for you over the {api('API')}, as far as its scopes go and never
        further than your role. Programs send it as {header}.
      </>
    ),
    noScope: 'no scope',
    facts: (scopes: string, made: Child, used: Child | undefined, ends: Child | undefined) => (
      <>
        {scopes}; made {made}, {used ? <>used {used}</> : 'never used'}
        {ends && <>, ends {ends}</>}
      </>
    ),
    revoke: 'Revoke',
    revokeNamed: (name: string) => `Revoke ${name}`,
    new: 'A new token',
    name: 'What it is for',
    nameExample: 'reading script',
    scopes: 'It may',
    days: (max: number) => `For how many days, at most ${numeral(max)}`,
    make: 'Make the token',
    madeTitle: 'Your new token',
    copyNow: (name: string) =>
      `Copy the token “${name}” now: it is kept as a hash only and cannot be shown again. Whoever has it can act for you.`,
    tryIt: (command: Child) => <>Try it: {command}</>,
    back: 'To your tokens',
    problems: {
      name: (max: number) => `Say what the token is for, in 1 to ${numeral(max)} characters.`,
      scopes: 'Choose at least one thing that the token may do.',
      days: (max: number) => `Write a number of days from 1 to ${numeral(max)}.`,
    },
  },

  data: {
    title: 'Your data',
    take: 'Take it with you',
    takeNote:
      'Your profile, comments with their former texts, votes, reactions, submissions, reports, invitations, tokens (not what they are), sessions, and what moderators told you.',
    json: 'Everything as JSON',
    markdown: 'Everything as Markdown',
    fileTitle: (name: string, site: string) => `${name} at ${site}`,
    leave: 'Leave',
    leaveNote: (link: Link) => (
      <>
        {link('Delete your account')}: what then goes and what stays is on the next page, and
        nothing happens before you confirm it there.
      </>
    ),
  },

  deletion: {
    title: 'Delete your account',
    intro: 'This cannot be undone. It happens at once:',
    goes: [
      'Your profile, address, sessions, passkeys, connected services and tokens are deleted.',
      'Your votes and reactions are taken back, and counts go down by them.',
      'Papers that you submitted stay on their days, without your name; submissions that wait are dropped.',
      'Reports that you made stay, without your name. Open invitations end.',
      'The log of what changed rights keeps that an account went, by a number that then means nothing. Backups of the server keep you until they are replaced. Of an account that is suspended or banned a hash of the address stays for as long, so that it stays so.',
    ],
    downloadFirst: (link: Link) => (
      <>{link('Download what is yours')} first, if you want to keep it.</>
    ),
    comments: 'Your comments',
    tombstones: 'Delete their texts; “deleted” stands in their place, so that replies keep theirs',
    anonymous: 'Keep their texts, without a name',
    handle: (handle: string) => `Write your handle, ${handle}, to confirm`,
    button: 'Delete my account for good',
    problems: {
      comments: 'Choose what becomes of your comments.',
      handle: (handle: string) => `That is not your handle: write ${handle} to confirm.`,
    },
  },

  goodbye: {
    title: 'Goodbye',
    text: 'Your account is deleted, and this browser is signed out. Thank you for having been here.',
    link: 'To the newest papers',
  },
};
