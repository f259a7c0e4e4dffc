// A digest as its reader sees it: what comes and when, and every way to change that.
import type { Subscription } from '../digests/subscription.ts';
import { topicKey } from '../feed/topic.ts';
import { topicInWords } from '../feed/topic-in-words.ts';
import { words } from '../language/words.ts';
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
  const { view } = words.digests;
  return (
    <>
      <Standing subscription={subscription} />
      {isLive(subscription) && (
        <p>
          <a href={`${path}/preview`}>{view.preview}</a>
        </p>
      )}
      <StateButtons subscription={subscription} path={path} />
      {subscription.topics.length > 0 && <Topics subscription={subscription} path={path} />}
      <h2 id="change">{view.change}</h2>
      <form method="post" action={path} class="stacked">
        <DigestFields view={fields} />
        <button type="submit" class="primary">
          {view.save}
        </button>
      </form>
    </>
  );
}

function Standing({ subscription }: { subscription: Subscription }) {
  const next = nextInWords(subscription);
  const { view } = words.digests;
  return (
    <dl class="facts">
      <div>
        <dt>{view.goesTo}</dt>
        <dd>{subscription.email}</dd>
      </div>
      <div>
        <dt>{view.when}</dt>
        <dd>{planInWords(subscription)}</dd>
      </div>
      <div>
        <dt>{view.state}</dt>
        <dd>
          {view.stands(
            stateInWords(subscription),
            subscription.state === 'ended' ? endingInWords(subscription) : undefined,
            next && <b lang={subscription.language}>{next}</b>,
          )}
        </dd>
      </div>
    </dl>
  );
}

function StateButtons({ subscription, path }: { subscription: Subscription; path: string }) {
  const { state } = subscription;
  const { view } = words.digests;
  const button = (to: StateChange, label: string, kind?: string) => (
    <button type="submit" name="to" value={to} class={kind}>
      {label}
    </button>
  );
  return (
    <form method="post" action={`${path}/state`} class="buttons">
      {state === 'active' && button('paused', view.pauseIt)}
      {state === 'paused' && button('active', view.goOn)}
      {state === 'ended' && button('active', view.subscribeAgain, 'primary')}
      {isLive(subscription)
        ? button('ended', view.unsubscribe, 'danger')
        : button('deleted', view.delete, 'danger')}
    </form>
  );
}

export const STATE_CHANGES = ['active', 'paused', 'ended', 'deleted'] as const;
export type StateChange = (typeof STATE_CHANGES)[number];

function Topics({ subscription, path }: { subscription: Subscription; path: string }) {
  const { view } = words.digests;
  return (
    <>
      <h2>{view.topics}</h2>
      <ul class="rows">
        {subscription.topics.map(({ topic, isPaused }) => {
          const name = topicInWords(topic);
          return (
            <li>
              <span>
                {name} {isPaused && <span class="status">{view.paused}</span>}
              </span>
              <form method="post" action={`${path}/topic`}>
                <input type="hidden" name="topic" value={topicKey(topic)} />
                <input type="hidden" name="pause" value={isPaused ? '0' : '1'} />
                <button
                  type="submit"
                  aria-label={isPaused ? view.goOnNamed(name) : view.pauseNamed(name)}
                >
                  {isPaused ? view.goOn : view.pause}
                </button>
              </form>
            </li>
          );
        })}
      </ul>
    </>
  );
}
