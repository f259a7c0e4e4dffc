import { assetPath } from '../base/assets.ts';
import type { Subscription } from '../digests/subscription.ts';
import { MAX_SUBSCRIPTIONS } from '../digests/subscription-store.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
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
  return (
    <SettingsPage site={site} title="Your digests" path={PATH} told={told}>
      <OutboxNote isOutbox={isOutbox} />
      <p>
        A digest brings the papers that you choose by mail. You may have several, up to{' '}
        {MAX_SUBSCRIPTIONS} for an address.
      </p>
      {subscriptions.length > 0 && (
        <ul class="rows">
          {subscriptions.map((subscription) => (
            <DigestRow subscription={subscription} />
          ))}
        </ul>
      )}
      <p>
        <a href={`${PATH}/new`}>Make a digest</a>
      </p>
    </SettingsPage>
  );
}

function DigestRow({ subscription }: { subscription: Subscription }) {
  const { id, email } = subscription;
  const next = nextInWords(subscription);
  return (
    <li>
      <span>
        <b>
          <a href={`${PATH}/${id}`}>{nameOf(subscription)}</a>
        </b>{' '}
        <span class="status">{stateInWords(subscription)}</span>
        <br />
        <span class="note">
          {subscription.topics.map(({ topic }) => topicInWords(topic)).join(', ') || 'alerts only'}.{' '}
          {planInWords(subscription)}; to {email}.{next && <> Next: {next}.</>}
        </span>
      </span>
      {isLive(subscription) && <a href={`${PATH}/${id}/preview`}>Next issue</a>}
    </li>
  );
}

export function nameOf(subscription: Subscription): string {
  const first = subscription.topics[0];
  return subscription.name ?? (first ? topicInWords(first.topic) : 'Alerts');
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
  return (
    <SettingsPage site={site} title="A new digest" path={PATH} told={told}>
      <form method="post" action={`${PATH}/new`} class="stacked">
        <div class="field">
          <label for="email">To which address</label>
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
        <p class="note">
          {ownAddress
            ? `Another address than ${ownAddress} is mailed a link to confirm it.`
            : 'The address is mailed a link to confirm it.'}
        </p>
        <DigestFields view={fields} />
        <button type="submit" class="primary">
          Make the digest
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
  return (
    <SettingsPage site={site} title={nameOf(subscription)} path={PATH} told={told}>
      <p>
        <a href={PATH}>All digests</a>
      </p>
      <OutboxNote isOutbox={isOutbox} />
      {subscription.state === 'unconfirmed' && (
        <form method="post" action={`${path}/confirm`} class="notice">
          <p>Nothing comes before the link that was mailed to {subscription.email} is used.</p>
          <button type="submit">Mail the link again</button>
        </form>
      )}
      <DigestView subscription={subscription} path={path} fields={fields} />
      <p class="note">
        For another address, <a href={`${PATH}/new`}>make another digest</a> and end this one.
      </p>
    </SettingsPage>
  );
}
