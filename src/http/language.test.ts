// Every text of a page comes out of the catalogue: with a language in which each of its texts is in brackets, no
// other text is left on the pages of this table.
import { expect, test } from 'vitest';
import { foreignTexts, speakPseudoLanguage } from '../../tests/pseudo-language.tsx';
import { openWholeWorld, type WholeWorld } from '../../tests/whole-world.ts';
import { dateLanguages } from '../digests/date-languages.ts';

type Page = {
  /** `{digest}` and the like stand for what is in the world of this test. */
  path: string;
  /** A visitor, unless somebody with this role looks at it. */
  as?: keyof WholeWorld['people'];
  /** Sent to the path, as its form does. */
  form?: Record<string, string | string[]>;
  status?: number;
  /** What of it is no text of the interface, beside what people wrote in the world of this test. */
  data?: string[];
};

/** By what they are about. */
const PAGES: Record<string, Page[]> = {
  'signing in': [
    { path: '/sign-in' },
    { path: '/sign-in?sent' },
    { path: '/sign-in?error=token' },
    { path: '/sign-in', form: { email: 'nobody' }, status: 400 },
    { path: '/sign-in/link?token=x' },
    { path: '/join/{invitation}' },
    { path: '/setup', as: 'member' },
    { path: '/setup', as: 'administrator' },
    { path: '/goodbye' },
  ],
  'one’s own account': [
    { path: '/settings', as: 'member' },
    { path: '/settings', as: 'administrator' },
    { path: '/settings/profile?welcome=1', as: 'member' },
    { path: '/settings/profile?done=saved', as: 'member' },
    { path: '/settings/sign-in', as: 'member' },
    { path: '/settings/sign-in?error=x', as: 'member' },
    { path: '/settings/sessions', as: 'member' },
    { path: '/settings/tokens', as: 'administrator' },
    { path: '/settings/tokens', as: 'member', form: { name: '', days: 'x' }, status: 400 },
    { path: '/settings/tokens', as: 'member', form: { name: 'T', days: '9', scope: 'read' } },
    { path: '/settings/data', as: 'member' },
    { path: '/settings/delete', as: 'member' },
    { path: '/settings/delete', as: 'member', form: { handle: 'x' }, status: 400 },
  ],
  people: [
    { path: '/people/member' },
    { path: '/people/member?show=submissions' },
    { path: '/people/member?show=votes' },
    { path: '/people/editor' },
    { path: '/about/roles' },
    { path: '/invitations', as: 'member' },
    { path: '/invitations', as: 'member', form: { note: 'Come' } },
    { path: '/invitations', as: 'member', form: { note: 'x'.repeat(2_000) }, status: 400 },
    { path: '/invitations/tree', as: 'administrator' },
    { path: '/admin/people', as: 'administrator' },
    { path: '/admin/people?q=nobody', as: 'administrator' },
    { path: '/admin/audit', as: 'administrator' },
  ],
  moderation: [
    { path: '/report?comment={comment}', as: 'moderator' },
    { path: '/report', as: 'member', form: { kind: 'person', id: '{editor}', reason: 'Spam' } },
    { path: '/moderation', as: 'moderator' },
    { path: '/moderation/act?kind=comment&id={comment}', as: 'moderator' },
    { path: '/moderation/act?kind=person&id={editor}', as: 'moderator' },
    { path: '/moderation/log' },
    { path: '/moderation/log?mine', as: 'moderator' },
    {
      ...{ path: '/moderation/undo', as: 'moderator', form: { entry: '1', reason: '' } },
      ...{
        status: 400,
        data: ['Give a reason of at most', 'signs: it is shown in the moderation log'],
      },
    },
  ],
  discussions: [
    { path: '/papers/{paper}/comments?part' },
    { path: '/papers/{paper}/comments?part&mine', as: 'member' },
    { path: '/papers/{paper}/comments/{comment}' },
    { path: '/papers/{paper}/comments/{reply}?mine', as: 'editor' },
    { path: '/comments/{comment}/edit', as: 'member' },
    { path: '/comments/{comment}/history' },
    { path: '/papers/{paper}/comments', as: 'member', form: { text: 'Hm', preview: '1' } },
    { path: '/comments/{comment}/reply', as: 'editor', form: { text: 'Hm', preview: '1' } },
  ],
  submitting: [
    { path: '/papers/submit', as: 'member' },
    { path: '/papers/submit', as: 'editor' },
    { path: '/papers/submit?url=2510.12345', as: 'member' },
    {
      ...{ path: '/papers/submit?url={other}', as: 'member' },
      data: ['The paper is already on the list of'],
    },
    { path: '/papers/submit/{waiting}', as: 'member' },
    { path: '/papers/submit/{listed}', as: 'member' },
    { path: '/papers/submit/{refused}', as: 'member' },
    { path: '/papers/{paper}/entry/{day}', as: 'editor' },
    { path: '/papers/{paper}/links', as: 'editor' },
  ],
  'the instance': [
    { path: '/about' },
    { path: '/admin/first-run?welcome', as: 'administrator' },
    { path: '/admin/first-run?saved', as: 'administrator' },
    {
      ...{ path: '/admin/first-run/mail', as: 'administrator', form: { 'smtp-url': '' } },
      data: ['broadsheet', 'data', 'outbox'],
    },
  ],
  digests: [
    { path: '/subscribe' },
    { path: '/subscribe?sent' },
    { path: '/subscribe/confirm/{confirm}' },
    { path: '/subscribe/confirm/nothing', status: 404 },
    { path: '/subscription/{manage}' },
    { path: '/subscription/{manage}?done=saved' },
    { path: '/subscription/{manageEnded}' },
    { path: '/unsubscribe/{end}' },
    { path: '/unsubscribe/{ended}' },
    { path: '/settings/digests', as: 'member' },
    { path: '/settings/digests/new', as: 'member' },
    { path: '/settings/digests/{digest}', as: 'member' },
    { path: '/settings/digests/{endedDigest}', as: 'member' },
    { path: '/settings/digests/{unconfirmedDigest}', as: 'member' },
    { path: '/subscription/{manage}/preview' },
    { path: '/settings/digests/{endedDigest}/preview', as: 'member' },
    { path: '/subscription/{manageEnded}/state', form: { to: 'deleted' } },
  ],
  alerts: [
    { path: '/settings/alerts', as: 'member' },
    { path: '/settings/alerts', as: 'editor' },
    { path: '/settings/alerts?done=deleted', as: 'member' },
    { path: '/settings/alerts/new', as: 'member' },
    { path: '/settings/alerts/new?topic=author+ada-lovelace', as: 'member' },
    { path: '/settings/alerts/{alert}?done=made', as: 'member' },
  ],
  channels: [
    { path: '/settings/channels', as: 'member' },
    { path: '/settings/channels', as: 'editor' },
    { path: '/admin/channels?done=deleted', as: 'administrator' },
    {
      ...{ path: '/settings/channels/{channel}?done=made', as: 'member' },
      data: ['The search index is being made: try again in some minutes.'],
    },
    { path: '/settings/channels/{channel}/posts/{post}', as: 'member' },
    { path: '/settings/channels/{channel}/edit', as: 'member', data: ['Europe/Berlin'] },
    { path: '/settings/channels/{channel}/delete', as: 'member' },
    { path: '/settings/channels/{channel}/secret', as: 'member', form: {} },
    ...['slack', 'discord', 'telegram', 'webhook'].map((kind): Page => {
      const path = `/settings/channels/new?kind=${kind}`;
      return { path, as: 'member', data: ['Europe/Berlin', '123456789:AA…'] };
    }),
  ],
  feeds: [
    { path: '/feeds' },
    { path: '/feeds?q=owls&by=words&min_votes=3' },
    { path: '/feeds?q=&min_votes=x', status: 400 },
    { path: '/settings/feeds', as: 'member' },
    { path: '/settings/feeds?done=revoked', as: 'member' },
    { path: '/settings/feeds', as: 'member', form: { name: '', what: 'search' }, status: 400 },
    { path: '/settings/feeds', as: 'member', form: { name: 'My feed', what: 'day' } },
  ],
  citing: [
    { path: '/papers/{paper}/cite', data: ['APA', 'Vancouver', 'Harvard', 'CSL'] },
    {
      ...{ path: '/cite?of=/papers/date/{day}' },
      data: ['APA', 'Vancouver', 'Harvard', 'CSL'],
    },
    { path: '/cite', status: 400 },
    { path: '/papers/{paper}/cite.txt?style=x', status: 400 },
  ],
  'mail and its addresses': [
    { path: '/admin/mail', as: 'administrator', data: ['weekdays'] },
    {
      ...{ path: '/admin/mail?issue=weekdays+2025-10-29&again=1', as: 'administrator' },
      data: ['weekdays'],
    },
    { path: '/admin/mail/suppressions', as: 'administrator' },
    { path: '/admin/mail/suppressions?q=nobody&done=lifted', as: 'administrator' },
  ],
  'help and failures': [
    { path: '/about/sources' },
    { path: '/about/search' },
    { path: '/nothing', status: 404 },
  ],
};

test('a text that is written in English, aloud or not, is found', () => {
  const html = `<html lang="de"><head><title>⟦Papers⟧ here</title>
    <meta name="description" content="What is new" /></head>
    <p title="A hint">⟦Read <a href="/">this⟧</a>, Oct 29 <time>29. Okt.</time> by Ada</p>
    <code>npm start</code> <b lang="en">English</b> <i translate="no">Berlin</i> 12,5 at cs.LG</html>`;
  expect(foreignTexts(html, ['Ada'])).toEqual([
    'here',
    'What is new',
    'A hint',
    ', Oct 29',
    'by Ada',
    '12,5 at cs.LG',
  ]);
});

test.each(Object.entries(PAGES))(
  'no page of %s has a text that is not of the catalogue',
  async (_, pages) => {
    const world = await openWholeWorld();
    speakPseudoLanguage();
    const data = [...world.data, ...dateLanguages().map(({ name }) => name)];
    const left: Record<string, string[]> = {};
    for (const page of pages) {
      const { status, html } = await open(world, page);
      const title = `${page.form ? 'POST ' : ''}${page.path} as ${page.as ?? 'visitor'}`;
      const found = foreignTexts(html, [...data, ...(page.data ?? [])]);
      const isAsExpected = status === (page.status ?? 200);
      if (!isAsExpected) found.unshift(`answered ${status}`);
      if (found.length > 0) left[title] = found;
    }
    expect(left).toEqual({});
  },
);

async function open(world: WholeWorld, { path, as, form }: Page) {
  const someone = as && world.people[as];
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => world.names[name] ?? `no-${name}`);
  const sent =
    form && Object.entries(form).map(([name, value]) => [name, [value].flat().map(filled)]);
  const answer = await world.server.send(form ? 'POST' : 'GET', filled(path), {
    as: someone,
    ...(sent ? { form: Object.fromEntries(sent) } : {}),
  });
  return { status: answer.status, html: await answer.text() };
}
