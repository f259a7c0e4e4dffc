// The pages of subscribing without an account.
import type { Child } from 'hono/jsx';
import { assetPath } from '../base/assets.ts';
import type { Subscription } from '../digests/subscription.ts';
import { CONFIRM_HOURS } from '../digests/subscription-links.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
import { DigestFields, type DigestFieldsView } from './digest-fields.tsx';
import { planInWords } from './digest-in-words.ts';
import { DigestView } from './digest-view.tsx';
import { Layout, type Site } from './layout.tsx';
import { FieldProblem, problemAttributes, type Told } from './settings-layout.tsx';
import { FormPage, Problem } from './sign-in-pages.tsx';

/** Where no mail server is set up. */
export function OutboxNote({ isOutbox }: { isOutbox: boolean }) {
  if (!isOutbox) return null;
  return (
    <p class="notice">
      This instance has no mail server yet: mail is written to files in the folder{' '}
      <code>outbox</code> of its data folder.
    </p>
  );
}

/** Like the pages of an account, but for whoever has the link. */
function MailPage({
  site,
  title,
  path,
  told = {},
  isIndexed = false,
  children,
}: {
  site: Site;
  title: string;
  path: string;
  told?: Told;
  isIndexed?: boolean;
  children: Child;
}) {
  return (
    <Layout site={site} head={{ title, path, isUnindexed: !isIndexed }}>
      <div class="account-page">
        <h1>{title}</h1>
        {told.done && (
          <p class="notice" role="status">
            {told.done}
          </p>
        )}
        <Problem message={told.problem} />
        {children}
      </div>
    </Layout>
  );
}

export type SubscribeView = {
  email: string;
  fields: DigestFieldsView;
  isOutbox: boolean;
  problem?: string | undefined;
};

export function SubscribePage({ site, view }: { site: Site; view: SubscribeView }) {
  const problem = view.fields.problems?.email;
  return (
    <MailPage
      site={site}
      title="Papers by mail"
      path="/subscribe"
      told={{ problem: view.problem }}
      isIndexed
    >
      <p>
        {site.name} mails you the papers that you choose. You need no account; every mail has a link
        to change or end it. If you have an account,{' '}
        <a href="/settings/digests">your digests are in your settings</a>.
      </p>
      <OutboxNote isOutbox={view.isOutbox} />
      <form method="post" action="/subscribe" class="stacked">
        <div class="field">
          <label for="email">E-mail address</label>
          <input
            id="email"
            name="email"
            type="email"
            required
            maxlength={254}
            autocomplete="email"
            value={view.email}
            {...problemAttributes('email', problem)}
          />
          <FieldProblem id="email" problem={problem} />
        </div>
        <DigestFields view={view.fields} />
        <button type="submit" class="primary">
          Subscribe
        </button>
        <p class="note">You get a mail first, with a link to confirm that the address is yours.</p>
      </form>
      <script type="module" src={assetPath('time-zone.js')}></script>
    </MailPage>
  );
}

/** The same for every address. */
export function AskedPage({ site, isOutbox }: { site: Site; isOutbox: boolean }) {
  return (
    <FormPage site={site} head={{ title: 'Look into your mail', path: '/subscribe' }}>
      <h1>Look into your mail</h1>
      <p>
        A mail is on its way to the address. Open the link in it within {CONFIRM_HOURS} hours, and
        the papers come.
      </p>
      <OutboxNote isOutbox={isOutbox} />
      <p class="note">
        At most one such mail an hour goes to an address. If none is there in some minutes, look
        among the unwanted mail, and whether <a href="/subscribe">the address was right</a>.
      </p>
    </FormPage>
  );
}

/** A page with a button, for mail filters open links. */
export function ConfirmPage({
  site,
  token,
  subscription,
  problem,
}: {
  site: Site;
  token: string;
  subscription: Subscription;
  problem?: string;
}) {
  return (
    <FormPage site={site} head={{ title: 'Confirm your subscription', path: '/subscribe' }}>
      <h1>Confirm your subscription</h1>
      <Problem message={problem} />
      <p>To {subscription.email} would come:</p>
      <ul>
        {subscription.topics.map(({ topic }) => (
          <li>{topicInWords(topic)}</li>
        ))}
      </ul>
      <p>{planInWords(subscription)}.</p>
      <form method="post" action={`/subscribe/confirm/${token}`}>
        <button type="submit" class="primary">
          Confirm
        </button>
      </form>
      <p class="note">You can change all of it afterwards.</p>
    </FormPage>
  );
}

/** A link that is too old, was cut short, or of which nothing is left. */
export function DeadLinkPage({ site, isExpired }: { site: Site; isExpired: boolean }) {
  const title = isExpired ? 'This link is too old' : 'This link leads nowhere';
  return (
    <FormPage site={site} head={{ title, path: '/subscribe' }}>
      <h1>{title}</h1>
      <p>
        {isExpired
          ? `A link to confirm works for ${CONFIRM_HOURS} hours. `
          : 'It may have been cut short on its way, or what it was for is gone. Copy it whole from the mail. '}
        <a href="/subscribe">Subscribe again</a> to get another; whoever is subscribed already is
        sent the link to manage that.
      </p>
    </FormPage>
  );
}

export function ManagePage({
  site,
  token,
  subscription,
  fields,
  told,
  isOutbox,
}: {
  site: Site;
  token: string;
  subscription: Subscription;
  fields: DigestFieldsView;
  told: Told;
  isOutbox: boolean;
}) {
  const path = `/subscription/${token}`;
  return (
    <MailPage site={site} title="Your papers by mail" path="/subscribe" told={told}>
      <OutboxNote isOutbox={isOutbox} />
      <DigestView subscription={subscription} path={path} fields={fields} />
      <p class="note">
        <a href={path}>This page’s address</a> works without an account: keep it, and give it to
        nobody. For another address, <a href="/subscribe">subscribe with that one</a> and end this.
      </p>
    </MailPage>
  );
}

export function DeletedPage({ site }: { site: Site }) {
  return (
    <FormPage site={site} head={{ title: 'Deleted', path: '/subscribe' }}>
      <h1>Deleted</h1>
      <p>
        Nothing comes any more, and what was kept of it is gone.{' '}
        <a href="/subscribe">Subscribe again</a> whenever you like.
      </p>
    </FormPage>
  );
}
