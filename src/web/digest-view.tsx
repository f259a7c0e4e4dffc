// A digest as its reader sees it: what comes and when, and every way to change that.

import type { Subscription } from '../digests/subscription.ts';
import { topicKey } from '../feed/topic.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
import { DigestFields, type DigestFieldsView } from './digest-fields.tsx';
import {
  endingInWords,
  isLive,
  nextInWords,
  planInWords,
  stateInWords,
} from './digest-in-words.ts';

/** `path`: below it are the addresses of its forms. */
export function DigestView({
  subscription,
  path,
  fields,
}: {
  subscription: Subscription;
  path: string;
  fields: DigestFieldsView;
}) {
  return (
    <>
      <Standing subscription={subscription} />
      {isLive(subscription) && (
        <p>
          <a href={`${path}/preview`}>See the next issue as it would be now</a>
        </p>
      )}
      <StateButtons subscription={subscription} path={path} />
      {subscription.topics.length > 0 && <Topics subscription={subscription} path={path} />}
      <h2 id="change">Change it</h2>
      <form method="post" action={path} class="stacked">
        <DigestFields view={fields} />
        <button type="submit" class="primary">
          Save
        </button>
      </form>
    </>
  );
}

function Standing({ subscription }: { subscription: Subscription }) {
  const next = nextInWords(subscription);
  return (
    <dl class="facts">
      <div>
        <dt>Goes to</dt>
        <dd>{subscription.email}</dd>
      </div>
      <div>
        <dt>When</dt>
        <dd>{planInWords(subscription)}</dd>
      </div>
      <div>
        <dt>State</dt>
        <dd>
          {stateInWords(subscription)}
          {subscription.state === 'ended' && `. ${endingInWords(subscription)}`}
          {next && (
            <>
              ; the next issue is due <b lang={subscription.language}>{next}</b>, and comes unless
              there is nothing new
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

function StateButtons({ subscription, path }: { subscription: Subscription; path: string }) {
  const { state } = subscription;
  const button = (to: StateChange, label: string, kind?: string) => (
    <button type="submit" name="to" value={to} class={kind}>
      {label}
    </button>
  );
  return (
    <form method="post" action={`${path}/state`} class="buttons">
      {state === 'active' && button('paused', 'Pause it')}
      {state === 'paused' && button('active', 'Go on')}
      {state === 'ended' && button('active', 'Subscribe again', 'primary')}
      {isLive(subscription)
        ? button('ended', 'Unsubscribe', 'danger')
        : button('deleted', 'Delete', 'danger')}
    </form>
  );
}

export const STATE_CHANGES = ['active', 'paused', 'ended', 'deleted'] as const;
export type StateChange = (typeof STATE_CHANGES)[number];

function Topics({ subscription, path }: { subscription: Subscription; path: string }) {
  return (
    <>
      <h2>What comes</h2>
      <ul class="rows">
        {subscription.topics.map(({ topic, isPaused }) => {
          const words = topicInWords(topic);
          return (
            <li>
              <span>
                {words} {isPaused && <span class="status">paused</span>}
              </span>
              <form method="post" action={`${path}/topic`}>
                <input type="hidden" name="topic" value={topicKey(topic)} />
                <input type="hidden" name="pause" value={isPaused ? '0' : '1'} />
                <button type="submit" aria-label={`${isPaused ? 'Go on with' : 'Pause'} ${words}`}>
                  {isPaused ? 'Go on' : 'Pause'}
                </button>
              </form>
            </li>
          );
        })}
      </ul>
    </>
  );
}
