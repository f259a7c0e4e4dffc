import type { Child } from 'hono/jsx';
import { assetPath } from '../base/assets.ts';
import type { SignInProvider } from '../config.ts';
import { words } from '../language/words.ts';
import { Layout, type PageHead, type Site } from './layout.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

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

/** What went wrong that is of no field, above the form. */
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
  emailProblem?: string | undefined;
  invitation?:
    | { code: string; invitedBy: string | undefined; note: string | undefined }
    | undefined;
};

export function SignInPage({ site, view }: { site: Site; view: SignInView }) {
  const { invitation, next } = view;
  const { signIn } = words;
  const heading = invitation ? signIn.joinHeading(site.name) : signIn.heading(site.name);
  return (
    <FormPage site={site} head={{ title: heading, path: '/sign-in' }}>
      <h1>{heading}</h1>
      {invitation && (
        <p>
          {signIn.invites(invitation.invitedBy)}
          {invitation.note && <q class="note"> {invitation.note}</q>}
        </p>
      )}
      <Problem message={view.problem} />
      <form method="post" action="/sign-in" class="stacked">
        <input type="hidden" name="next" value={next} />
        {invitation && <input type="hidden" name="invitation" value={invitation.code} />}
        <label for="email">{signIn.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          required
          maxlength={254}
          autocomplete="username webauthn"
          value={view.email}
          {...problemAttributes('email', view.emailProblem)}
        />
        <FieldProblem id="email" problem={view.emailProblem} />
        <button type="submit" class="primary">
          {signIn.send}
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
  const { signIn } = words;
  return (
    <div class="other-ways">
      <button type="button" class="awaited" data-passkey-sign-in data-next={view.next} hidden>
        {signIn.passkey}
      </button>
      <p
        class="problem"
        role="status"
        data-passkey-problem={JSON.stringify(words.passkeys)}
        hidden
      ></p>
      {view.providers.map((provider) => (
        <form method="post" action={`/sign-in/with/${provider.id}`}>
          <input type="hidden" name="next" value={view.next} />
          <button type="submit">{signIn.continueWith(provider.name)}</button>
        </form>
      ))}
    </div>
  );
}

function joiningInWords({ joining, domains }: SignInView): string {
  const texts = words.signIn.joining;
  return joining === 'domain' ? texts.domain(domains) : texts[joining];
}

/** Why cookies are weaker here, where they are. */
function TransportNote({ url }: { url: string }) {
  if (url.startsWith('https:')) return null;
  return <p class="note">{words.signIn.unencrypted(url, <code>BROADSHEET_URL</code>)}</p>;
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
  const { sent } = words.signIn;
  return (
    <FormPage site={site} head={{ title: sent.heading, path: '/sign-in' }}>
      <h1>{isOutbox ? sent.outboxHeading : sent.heading}</h1>
      <p>
        {isOutbox ? sent.outbox(<code>outbox</code>, <code>BROADSHEET_SMTP_URL</code>) : sent.text}
      </p>
      <p>{sent.worksOnce(minutes)}</p>
    </FormPage>
  );
}

export function UseLinkPage({ site, token, next }: { site: Site; token: string; next: string }) {
  const { signIn } = words;
  const heading = signIn.heading(site.name);
  return (
    <FormPage site={site} head={{ title: heading, path: '/sign-in/link' }}>
      <h1>{heading}</h1>
      <form method="post" action="/sign-in/link" class="stacked">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <button type="submit" class="primary">
          {signIn.signIn}
        </button>
      </form>
    </FormPage>
  );
}

/** A form may not lead to another host, so that this page does. */
export function LeavePage({ site, to, name }: { site: Site; to: string; name: string }) {
  const { leaving } = words.signIn;
  return (
    <FormPage site={site} head={{ title: leaving.title(name), path: '/sign-in' }}>
      <h1>{leaving.heading(name)}</h1>
      <p>
        <a href={to}>{leaving.go(name)}</a>
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
  const { setup } = words.signIn;
  return (
    <FormPage site={site} head={{ title: setup.heading, path: '/setup' }}>
      <h1>{setup.heading}</h1>
      {isDone ? (
        <p>{setup.isDone(<code>broadsheet user promote</code>)}</p>
      ) : (
        <form method="post" action="/setup" class="stacked">
          <label for="code">{setup.code}</label>
          <input
            id="code"
            name="code"
            required
            maxlength={40}
            autocomplete="off"
            spellcheck={false}
            {...problemAttributes('code', problem)}
          />
          <FieldProblem id="code" problem={problem} />
          <button type="submit" class="primary">
            {setup.button}
          </button>
        </form>
      )}
    </FormPage>
  );
}
