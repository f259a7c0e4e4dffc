// What is shown instead of a page that could not be: what happened, and where to go on.
import { dayAndTime } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { Layout, type Site } from './layout.tsx';
import { signInPath } from './mine.ts';

export type FailureView = {
  status: number;
  message: string;
  requestId: string;
  /** From when on it works again, where that is known. */
  opensAt?: Date | undefined;
  /** The page that was asked for, with its query; undefined where a form was sent. */
  path: string | undefined;
  /** What was written into the form that failed, to be copied. */
  typed?: string | undefined;
};

export function FailurePage({ site, failure }: { site: Site; failure: FailureView }) {
  const { status, message, typed, opensAt } = failure;
  const texts = words.states.failure;
  const titles: Record<number, string> = texts.titles;
  const title = titles[status] ?? texts.titles.other;
  return (
    <Layout site={site} head={{ title, path: '/', isUnindexed: true }}>
      <div class="prose failure">
        <p class="kicker">{status}</p>
        <h1>{title}</h1>
        <p class="message">{message}</p>
        {typed !== undefined && (
          <label>
            {texts.typed}
            <textarea readonly rows={8}>{`\n${typed}`}</textarea>
          </label>
        )}
        {opensAt && (
          <p>
            {texts.opensAt(
              <time datetime={opensAt.toISOString()}>{dayAndTime(opensAt, 'UTC').time}</time>,
            )}
          </p>
        )}
        <WayOn failure={failure} />
        <form action="/papers" class="inline">
          <label for="failure-search">{texts.search}</label>
          <input id="failure-search" type="search" name="q" maxlength={2000} required />
          <button type="submit">{texts.find}</button>
        </form>
        <nav aria-label={texts.elsewhere}>
          <a href="/papers">{texts.newest}</a>
          <a href="/papers/trending">{texts.trending}</a>
          <a href="/about/search">{texts.howToSearch}</a>
        </nav>
      </div>
    </Layout>
  );
}

/** What may help with just this failure. */
function WayOn({ failure: { status, message, requestId, path } }: { failure: FailureView }) {
  const texts = words.states.failure;
  const isRefused = status === 401 || status === 403;
  const isPassing = status === 429 || status >= 500;
  return (
    <>
      {isRefused && (
        <p>
          {texts.signIn((text) => (
            <a href={signInPath(path ?? '/')}>{text}</a>
          ))}
        </p>
      )}
      {isPassing && path !== undefined && (
        <p>
          <a href={path}>{texts.tryAgain}</a>
        </p>
      )}
      {status >= 500 && !message.includes(requestId) && (
        <p class="note">{texts.requestId(<code>{requestId}</code>)}</p>
      )}
    </>
  );
}
