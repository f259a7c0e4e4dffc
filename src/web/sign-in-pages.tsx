import type { Child } from 'hono/jsx';
import { assetPath } from '../base/assets.ts';
import type { SignInProvider } from '../config.ts';
import { Layout, type PageHead, type Site } from './layout.tsx';

/** A page that is one form and little else. */
export function FormPage({
  site,
  head,
  children,
}: {
  site: Site;
  head: PageHead;
  children: Child;
}) {
  return (
    <Layout site={site} head={{ ...head, isUnindexed: true, current: 'account' }}>
      <div class="form-page">{children}</div>
    </Layout>
  );
}

/** What went wrong, above the form. */
export function Problem({ message }: { message: string | undefined }) {
  if (!message) return null;
  return (
    <p class="problem" role="alert">
      {message}
    </p>
  );
}

export type SignInView = {
  next: string;
  providers: SignInProvider[];
  joining: 'open' | 'domain' | 'invitation' | 'closed';
  domains: string[];
  isOutbox: boolean;
  problem?: string | undefined;
  email?: string | undefined;
  invitation?:
    | { code: string; invitedBy: string | undefined; note: string | undefined }
    | undefined;
};

export function SignInPage({ site, view }: { site: Site; view: SignInView }) {
  const { invitation, next } = view;
  const heading = invitation ? `Join ${site.name}` : `Sign in to ${site.name}`;
  return (
    <FormPage site={site} head={{ title: heading, path: '/sign-in' }}>
      <h1>{heading}</h1>
      {invitation && (
        <p>
          {invitation.invitedBy ?? 'Someone'} invites you.
          {invitation.note && <q class="note"> {invitation.note}</q>}
        </p>
      )}
      <Problem message={view.problem} />
      <form method="post" action="/sign-in" class="stacked">
        <input type="hidden" name="next" value={next} />
        {invitation && <input type="hidden" name="invitation" value={invitation.code} />}
        <label for="email">E-mail address</label>
        <input
          id="email"
          name="email"
          type="email"
          required
          maxlength={254}
          autocomplete="username webauthn"
          value={view.email}
        />
        <button type="submit" class="primary">
          Send me a sign-in link
        </button>
      </form>
      {!invitation && <OtherWays view={view} />}
      <p class="note">{invitation ? null : joiningInWords(view)}</p>
      <TransportNote url={site.url} />
      <script type="module" src={assetPath('passkeys.js')}></script>
    </FormPage>
  );
}

function OtherWays({ view }: { view: SignInView }) {
  return (
    <div class="other-ways">
      <button type="button" data-passkey-sign-in data-next={view.next} hidden>
        Use a passkey
      </button>
      <p class="problem" role="status" data-passkey-problem hidden></p>
      {view.providers.map((provider) => (
        <form method="post" action={`/sign-in/with/${provider.id}`}>
          <input type="hidden" name="next" value={view.next} />
          <button type="submit">Continue with {provider.name}</button>
        </form>
      ))}
    </div>
  );
}

function joiningInWords({ joining, domains }: SignInView): string {
  switch (joining) {
    case 'open':
      return 'No account yet? The link makes one.';
    case 'domain':
      return `Whoever has an address at ${domains.join(' or ')}, or an invitation, gets an account with the first link.`;
    case 'invitation':
      return 'New here? One joins by invitation of a member: open the link that they sent you.';
    case 'closed':
      return 'No new accounts are made here.';
  }
}

/** Why cookies are weaker here, where they are. */
function TransportNote({ url }: { url: string }) {
  if (url.startsWith('https:')) return null;
  return (
    <p class="note">
      This instance is reached without encryption ({url}). That is good for one machine or a private
      network: whoever can listen on the way can take over a session. For the public, put it behind
      https and set <code>BROADSHEET_URL</code>; sessions are then tied to the address.
    </p>
  );
}

export function LinkSentPage({
  site,
  minutes,
  isOutbox,
}: {
  site: Site;
  minutes: number;
  isOutbox: boolean;
}) {
  return (
    <FormPage site={site} head={{ title: 'Look into your mail', path: '/sign-in' }}>
      <h1>{isOutbox ? 'Look at the server’s terminal' : 'Look into your mail'}</h1>
      {isOutbox ? (
        <p>
          This instance has no mail server, so it sends nothing: the sign-in link is printed on the
          terminal where Broadsheet runs, and kept in the folder <code>outbox</code> of its data.
          The administrator can set <code>BROADSHEET_SMTP_URL</code>.
        </p>
      ) : (
        <p>
          If that address may sign in here, a link is on its way to it. Nothing there after some
          minutes? Look into the folder for spam, or try again.
        </p>
      )}
      <p>The link works once, within {minutes} minutes.</p>
    </FormPage>
  );
}

export function UseLinkPage({ site, token, next }: { site: Site; token: string; next: string }) {
  return (
    <FormPage site={site} head={{ title: `Sign in to ${site.name}`, path: '/sign-in/link' }}>
      <h1>Sign in to {site.name}</h1>
      <form method="post" action="/sign-in/link" class="stacked">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <button type="submit" class="primary">
          Sign in
        </button>
      </form>
    </FormPage>
  );
}

/** A form may not lead to another host, so that this page does. */
export function LeavePage({ site, to, name }: { site: Site; to: string; name: string }) {
  return (
    <FormPage site={site} head={{ title: `To ${name}`, path: '/sign-in' }}>
      <h1>Signing in with {name}</h1>
      <p>
        <a href={to}>Go on to {name}</a>
      </p>
    </FormPage>
  );
}

export function SetupPage({
  site,
  problem,
  isDone,
}: {
  site: Site;
  problem?: string | undefined;
  isDone: boolean;
}) {
  return (
    <FormPage site={site} head={{ title: 'Become the first administrator', path: '/setup' }}>
      <h1>Become the first administrator</h1>
      <Problem message={problem} />
      {isDone ? (
        <p>
          This instance has an administrator. Roles are given out by them, or by{' '}
          <code>broadsheet user promote</code> on the server.
        </p>
      ) : (
        <form method="post" action="/setup" class="stacked">
          <label for="code">The code that the server printed when it started</label>
          <input
            id="code"
            name="code"
            required
            maxlength={40}
            autocomplete="off"
            spellcheck={false}
          />
          <button type="submit" class="primary">
            Become administrator
          </button>
        </form>
      )}
    </FormPage>
  );
}
