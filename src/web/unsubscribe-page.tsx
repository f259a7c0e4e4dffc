import type { Site } from './layout.tsx';
import { FormPage } from './sign-in-pages.tsx';

export type Unsubscribing = {
  token: string;
  /** What would end, in words that complete "stop …". */
  what: string;
  hasEnded: boolean;
  /** The page by which one comes back. */
  back: { path: string; label: string };
};

export function UnsubscribePage({ site, view }: { site: Site; view: Unsubscribing }) {
  const { token, what, hasEnded, back } = view;
  const title = hasEnded ? 'You are unsubscribed' : 'Unsubscribe';
  return (
    <FormPage site={site} head={{ title, path: '/subscribe' }}>
      <h1>{title}</h1>
      {hasEnded ? (
        <p role="status">Nothing more comes of {what}.</p>
      ) : (
        <form method="post" action={`/unsubscribe/${token}`}>
          <p>This ends {what}. Nothing has ended yet.</p>
          <input type="hidden" name="by" value="page" />
          <button type="submit" class="primary">
            Unsubscribe
          </button>
        </form>
      )}
      <p class="note">
        To come back, <a href={back.path}>{back.label}</a>. To get less instead, or at another hour,
        open the link in the mail that says so.
      </p>
    </FormPage>
  );
}
