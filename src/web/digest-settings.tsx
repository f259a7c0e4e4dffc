import { assetPath } from '../base/assets.ts';
import type { Subscription } from '../digests/subscription.ts';
import { MAX_SUBSCRIPTIONS } from '../digests/subscription-store.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
import { words } from '../language/words.ts';
import { DigestFields, type DigestFieldsView } from './digest-fields.tsx';
import { isLive, nextInWords, planInWords, stateInWords } from './digest-in-words.ts';
import { DigestView } from './digest-view.tsx';
import type { Site } from './layout.tsx';
import { FieldProblem, problemAttributes, SettingsPage, type Told } from './settings-layout.tsx';
import { OutboxNote } from './subscription-pages.tsx';

const PATH = '/settings/digests';

export function DigestSettings({
  site,
  subscriptions,
  told,
  isOutbox,
}: {
  site: Site;
  subscriptions: Subscription[];
  told: Told;
  isOutbox: boolean;
}) {
  const { settings } = words.digests;
  return (
    <SettingsPage site={site} title={settings.title} path={PATH} told={told}>
      <OutboxNote isOutbox={isOutbox} />
      <p>{settings.intro(MAX_SUBSCRIPTIONS)}</p>
      {subscriptions.length > 0 && (
        <ul class="rows">
          {subscriptions.map((subscription) => (
            <DigestRow subscription={subscription} />
          ))}
        </ul>
      )}
      <p>
        <a href={`${PATH}/new`}>{settings.make}</a>
      </p>
    </SettingsPage>
  );
}

function DigestRow({ subscription }: { subscription: Subscription }) {
  const { id, email } = subscription;
  const { settings } = words.digests;
  return (
    <li>
      <span>
        <b>
          <a href={`${PATH}/${id}`}>{nameOf(subscription)}</a>
        </b>{' '}
        <span class="status">{stateInWords(subscription)}</span>
        <br />
        <span class="note">
          {settings.row(
            subscription.topics.map(({ topic }) => topicInWords(topic)),
            planInWords(subscription),
            email,
            nextInWords(subscription),
          )}
        </span>
      </span>
      {isLive(subscription) && <a href={`${PATH}/${id}/preview`}>{settings.nextIssue}</a>}
    </li>
  );
}

export function nameOf(subscription: Subscription): string {
  const first = subscription.topics[0];
  return subscription.name ?? (first ? topicInWords(first.topic) : words.digests.settings.alerts);
}

export function NewDigestPage({
  site,
  fields,
  email,
  ownAddress,
  told,
}: {
  site: Site;
  fields: DigestFieldsView;
  email: string;
  /** The account's own, which needs no confirmation. */
  ownAddress: string | undefined;
  told: Told;
}) {
  const problem = fields.problems?.email;
  const { settings } = words.digests;
  return (
    <SettingsPage site={site} title={settings.newTitle} path={PATH} told={told}>
      <form method="post" action={`${PATH}/new`} class="stacked">
        <div class="field">
          <label for="email">{settings.email}</label>
          <input
            id="email"
            name="email"
            type="email"
            required
            maxlength={254}
            autocomplete="email"
            value={email}
            {...problemAttributes('email', problem)}
          />
          <FieldProblem id="email" problem={problem} />
        </div>
        <p class="note">{settings.otherAddress(ownAddress)}</p>
        <DigestFields view={fields} />
        <button type="submit" class="primary">
          {settings.makeIt}
        </button>
      </form>
      <script type="module" src={assetPath('time-zone.js')}></script>
    </SettingsPage>
  );
}

export function DigestPage({
  site,
  subscription,
  fields,
  told,
  isOutbox,
}: {
  site: Site;
  subscription: Subscription;
  fields: DigestFieldsView;
  told: Told;
  isOutbox: boolean;
}) {
  const path = `${PATH}/${subscription.id}`;
  const { settings } = words.digests;
  return (
    <SettingsPage site={site} title={nameOf(subscription)} path={PATH} told={told}>
      <p>
        <a href={PATH}>{settings.all}</a>
      </p>
      <OutboxNote isOutbox={isOutbox} />
      {subscription.state === 'unconfirmed' && (
        <form method="post" action={`${path}/confirm`} class="notice">
          <p>{settings.unconfirmed(subscription.email)}</p>
          <button type="submit">{settings.mailAgain}</button>
        </form>
      )}
      <DigestView subscription={subscription} path={path} fields={fields} />
      <p class="note">
        {settings.another((text) => (
          <a href={`${PATH}/new`}>{text}</a>
        ))}
      </p>
    </SettingsPage>
  );
}
