import type { Child } from 'hono/jsx';
import { numeral } from './numeral.ts';

// Signing in, joining, and becoming the first administrator.
export const signIn = {
  heading: (site: string) => `Sign in to ${site}`,
  joinHeading: (site: string) => `Join ${site}`,
  invites: (name: string | undefined) => `${name ?? 'Someone'} invites you.`,
  email: 'E-mail address',
  send: 'Send me a sign-in link',
  signIn: 'Sign in',
  passkey: 'Use a passkey',
  continueWith: (service: string) => `Continue with ${service}`,
  joining: {
    open: 'No account yet? The link makes one.',
    domain: (domains: string[]) =>
      `Whoever has an address at ${domains.join(' or ')}, or an invitation, gets an account with the first link.`,
    invitation: 'New here? One joins by invitation of a member: open the link that they sent you.',
    closed: 'No new accounts are made here.',
  },
  unencrypted: (url: string, setting: Child) => (
    <>
      This instance is reached without encryption ({url}). That is good for one machine or a private
      network: whoever can listen on the way can take over a session. For the public, put it behind
      https and set {setting}; sessions are then tied to the address.
    </>
  ),
  sent: {
    heading: 'Look into your mail',
    text: 'If that address may sign in here, a link is on its way to it. Nothing there after some minutes? Look into the folder for spam, or try again.',
    outboxHeading: 'Look at the server’s terminal',
    outbox: (folder: Child, setting: Child) => (
      <>
        This instance has no mail server, so it sends nothing: the sign-in link is printed on the
        terminal where Broadsheet runs, and kept in the folder {folder} of its data. The
        administrator can set {setting}.
      </>
    ),
    worksOnce: (minutes: number) => `The link works once, within ${numeral(minutes)} minutes.`,
  },
  leaving: {
    title: (service: string) => `To ${service}`,
    heading: (service: string) => `Signing in with ${service}`,
    go: (service: string) => `Go on to ${service}`,
  },
  setup: {
    heading: 'Become the first administrator',
    isDone: (command: Child) => (
      <>
        This instance has an administrator. Roles are given out by them, or by {command} on the
        server.
      </>
    ),
    code: 'The code that the server printed when it started',
    button: 'Become administrator',
  },
  problems: {
    email: 'That is not an e-mail address: write one such as ada@example.org.',
    oldLink: 'This link was used already or is too old: ask for another.',
    mayNotJoin: 'You cannot make an account here: ask a member to invite you.',
    notLinked:
      'There is an account with this address already: sign in with a link, and connect the service in your settings.',
    failed: 'Signing in did not work: try again, or another way.',
    noSuchService: 'One cannot sign in with that here.',
    unreachable: (service: string) => `${service} cannot be reached: try another way.`,
  },
};
