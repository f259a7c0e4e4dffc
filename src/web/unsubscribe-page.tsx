import { words } from '../language/words.ts';
import type { Site } from './layout.tsx';
import { FormPage } from './sign-in-pages.tsx';

export type Unsubscribing = {
  token: string;
  /** What would end. */
  what: 'subscription' | 'alert';
  hasEnded: boolean;
};

/** The page by which one comes back. Mail is forwarded, and this link with it: it must not lead to more. */
const BACK = { subscription: '/subscribe', alert: '/settings/alerts' };

export function UnsubscribePage({ site, view }: { site: Site; view: Unsubscribing }) {
  const { token, what, hasEnded } = view;
  const texts = words.digests.unsubscribing;
  const title = hasEnded ? texts.endedTitle : texts.title;
  return (
    <FormPage site={site} head={{ title, path: '/subscribe' }}>
      <h1>{title}</h1>
      {hasEnded ? (
        <p role="status">{texts[what].ended}</p>
      ) : (
        <form method="post" action={`/unsubscribe/${token}`}>
          <p>{texts[what].asks}</p>
          <input type="hidden" name="by" value="page" />
          <button type="submit" class="primary">
            {texts.button}
          </button>
        </form>
      )}
      <p class="note">
        {texts[what].note((text) => (
          <a href={BACK[what]}>{text}</a>
        ))}
      </p>
    </FormPage>
  );
}
