// The pages of subscribing without an account.
import type { Child } from 'hono/jsx';
import { assetPath } from '../base/assets.ts';
import type { Subscription } from '../digests/subscription.ts';
import { CONFIRM_HOURS } from '../digests/subscription-links.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
import { words } from '../language/words.ts';
import { DigestFields, type DigestFieldsView } from './digest-fields.tsx';
import { planInWords } from './digest-in-words.ts';
import { DigestView } from './digest-view.tsx';
import { Layout, type Site } from './layout.tsx';
import { FieldProblem, problemAttributes, type Told } from './settings-layout.tsx';
import { FormPage, Problem } from './sign-in-pages.tsx';

/** Where no mail server is set up. */
export function OutboxNote({ isOutbox }: { isOutbox: boolean }) {
  if (!isOutbox) return null;
  return <p class="notice">{words.digests.outbox(<code>outbox</code>)}</p>;
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
  const { digests } = words;
  return (
    <MailPage
      site={site}
      title={digests.title}
      path="/subscribe"
      told={{ problem: view.problem }}
      isIndexed
    >
      <p>
        {digests.intro(site.name, (text) => (
          <a href="/settings/digests">{text}</a>
        ))}
      </p>
      <OutboxNote isOutbox={view.isOutbox} />
      <form method="post" action="/subscribe" class="stacked">
        <div class="field">
          <label for="email">{digests.email}</label>
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
          {digests.subscribe}
        </button>
        <p class="note">{digests.subscribeNote}</p>
      </form>
      <script type="module" src={assetPath('time-zone.js')}></script>
    </MailPage>
  );
}

/** The same for every address. */
export function AskedPage({ site, isOutbox }: { site: Site; isOutbox: boolean }) {
  const { asked } = words.digests;
  return (
    <FormPage site={site} head={{ title: asked.title, path: '/subscribe' }}>
      <h1>{asked.title}</h1>
      <p>{asked.text(CONFIRM_HOURS)}</p>
      <OutboxNote isOutbox={isOutbox} />
      <p class="note">
        {asked.note((text) => (
          <a href="/subscribe">{text}</a>
        ))}
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
  const { confirming } = words.digests;
  return (
    <FormPage site={site} head={{ title: confirming.title, path: '/subscribe' }}>
      <h1>{confirming.title}</h1>
      <Problem message={problem} />
      <p>{confirming.to(subscription.email)}</p>
      <ul>
        {subscription.topics.map(({ topic }) => (
          <li>{topicInWords(topic)}</li>
        ))}
      </ul>
      <p>{confirming.plan(planInWords(subscription))}</p>
      <form method="post" action={`/subscribe/confirm/${token}`}>
        <button type="submit" class="primary">
          {confirming.button}
        </button>
      </form>
      <p class="note">{confirming.note}</p>
    </FormPage>
  );
}

/** A link that is too old, was cut short, or of which nothing is left. */
export function DeadLinkPage({ site, isExpired }: { site: Site; isExpired: boolean }) {
  const { deadLink } = words.digests;
  const title = isExpired ? deadLink.expired : deadLink.unknown;
  const subscribe = (text: string) => <a href="/subscribe">{text}</a>;
  return (
    <FormPage site={site} head={{ title, path: '/subscribe' }}>
      <h1>{title}</h1>
      <p>
        {isExpired
          ? deadLink.expiredText(CONFIRM_HOURS, subscribe)
          : deadLink.unknownText(subscribe)}
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
  const { managing } = words.digests;
  return (
    <MailPage site={site} title={managing.title} path="/subscribe" told={told}>
      <OutboxNote isOutbox={isOutbox} />
      <DigestView subscription={subscription} path={path} fields={fields} />
      <p class="note">
        {managing.note(
          (text) => (
            <a href={path}>{text}</a>
          ),
          (text) => (
            <a href="/subscribe">{text}</a>
          ),
        )}
      </p>
    </MailPage>
  );
}

export function DeletedPage({ site }: { site: Site }) {
  const { deleted } = words.digests;
  return (
    <FormPage site={site} head={{ title: deleted.title, path: '/subscribe' }}>
      <h1>{deleted.title}</h1>
      <p>
        {deleted.text((text) => (
          <a href="/subscribe">{text}</a>
        ))}
      </p>
    </FormPage>
  );
}
