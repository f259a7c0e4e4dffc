// Signing in and out. Everything that changes something is a form of ours; better-auth is asked from here,
// and answers by itself only where another service or the browser's authenticator calls it.
import type { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError, isAppError, messageOf } from '../base/errors.ts';
import { words } from '../language/words.ts';
import { writeAudit } from '../people/audit-log.ts';
import type { AuthDesk } from '../people/auth-desk.ts';
import { becomeFirstAdministrator, hasAdministrator } from '../people/first-administrator.ts';
import { claimInvitation, findInvitation, invitationGone, mayJoin } from '../people/joining.ts';
import { spend } from '../people/limits.ts';
import { nextPath } from '../people/next-path.ts';
import { loadPeople } from '../people/person.ts';
import { endSessions, HINT_COOKIE, SESSION_DAYS, sessionCookieOf } from '../people/sessions.ts';
import { LINK_MINUTES } from '../people/sign-in-mail.ts';
import { fieldsOf } from './read-form.ts';
import {
  LeavePage,
  LinkSentPage,
  SetupPage,
  SignInPage,
  type SignInView,
  UseLinkPage,
} from './sign-in-pages.tsx';
import { forgetSession } from './sign-out.ts';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

const DAY_S = 86_400;
/** An account made within so many seconds is one that this sign-in has made. */
const NEW_WITHIN_MS = 60_000;
const WELCOME = '/settings/profile?welcome=1';
const Email = z.email().max(254);

export function addSignInRoutes(
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
  desk: AuthDesk,
): void {
  const { people } = app.config;
  const db = app.database.read;
  const site = siteLoader(app, publicUrl);
  const isSecure = () => publicUrl().startsWith('https:');

  const view = (next: string): SignInView => ({
    next,
    providers: people.providers,
    joining: people.joining,
    domains: people.joiningDomains,
    isOutbox: app.mailer.kind === 'outbox',
  });

  web.get('/sign-in', async (c) => {
    c.header('cache-control', 'no-store');
    const next = nextPath(c.req.query('next'));
    if (c.req.query('sent') !== undefined) {
      return c.html(
        <LinkSentPage
          site={await site(c)}
          minutes={LINK_MINUTES}
          isOutbox={app.mailer.kind === 'outbox'}
        />,
      );
    }
    const problem = failureInWords(c.req.query('error'));
    return c.html(<SignInPage site={await site(c)} view={{ ...view(next), problem }} />);
  });

  web.post('/sign-in', async (c) => {
    const form = await fieldsOf(c);
    const next = nextPath(form.next);
    const parsed = Email.safeParse(form.email?.trim().toLowerCase());
    if (!parsed.success) {
      const emailProblem = words.signIn.problems.email;
      const page = { ...view(next), email: form.email, emailProblem };
      return c.html(<SignInPage site={await site(c)} view={page} />, 400);
    }
    const email = parsed.data;
    await spend(app.database, 'sign-in link from a client', c.get('client') ?? '');
    await spend(app.database, 'sign-in link to an address', email);
    const code = form.invitation;
    if (code) await app.database.transact((tx) => claimInvitation(tx, code, email));
    // Not waited for: how long it takes would tell whether the address has an account.
    sendLink(c, email, next).catch((error) =>
      app.log.error({ err: messageOf(error) }, 'a sign-in link could not be made'),
    );
    return c.redirect('/sign-in?sent', 303);
  });

  async function sendLink(c: WebContext, email: string, next: string): Promise<void> {
    const known = await db
      .selectFrom('people')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirst();
    if (!known && !(await mayJoin(db, people, email))) return;
    const auth = await desk.open();
    await auth.api.signInMagicLink({ body: { email, metadata: { next } }, headers: plain(c) });
  }

  web.get('/sign-in/link', async (c) => {
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    const token = c.req.query('token') ?? '';
    const next = nextPath(c.req.query('next'));
    return c.html(<UseLinkPage site={await site(c)} token={token} next={next} />);
  });

  web.post('/sign-in/link', async (c) => {
    await spend(app.database, 'sign-in try from a client', c.get('client') ?? '');
    const form = await fieldsOf(c);
    const auth = await desk.open();
    const answer = await auth.api.magicLinkVerify({
      query: { token: form.token ?? '' },
      headers: plain(c),
      asResponse: true,
    });
    if (!answer.ok) return c.redirect(`/sign-in?error=${errorOf(answer)}`, 303);
    const { user } = (await answer.json()) as { user: { createdAt: string } };
    const isNew = Date.now() - Date.parse(user.createdAt) < NEW_WITHIN_MS;
    await endFormerSession(c);
    takeCookies(c, answer);
    return c.redirect(isNew ? WELCOME : nextPath(form.next), 303);
  });

  web.post('/sign-in/with/:provider', async (c) => {
    const provider = people.providers.find(({ id }) => id === c.req.param('provider'));
    if (!provider) throw new AppError('not-found', words.signIn.problems.noSuchService);
    await spend(app.database, 'sign-in try from a client', c.get('client') ?? '');
    const form = await fieldsOf(c);
    const next = nextPath(form.next);
    const auth = await desk.open();
    const isLinking = form.link === '1' && c.get('viewer') !== undefined;
    const answer = isLinking
      ? await auth.api.linkSocialAccount({
          body: {
            provider: provider.id,
            callbackURL: '/settings/sign-in',
            errorCallbackURL: '/settings/sign-in',
            disableRedirect: true,
          },
          headers: c.req.raw.headers,
          asResponse: true,
        })
      : await auth.api.signInSocial({
          body: {
            provider: provider.id,
            callbackURL: next,
            newUserCallbackURL: WELCOME,
            errorCallbackURL: '/sign-in',
            disableRedirect: true,
          },
          headers: plain(c),
          asResponse: true,
        });
    const { url } = (await answer.json()) as { url?: string };
    if (!answer.ok || !url) {
      desk.reopen();
      throw new AppError('unavailable', words.signIn.problems.unreachable(provider.name));
    }
    takeCookies(c, answer);
    c.header('refresh', `0;url=${url}`);
    return c.html(<LeavePage site={await site(c)} to={url} name={provider.name} />);
  });

  web.post('/sign-out', async (c) => {
    await endFormerSession(c);
    forgetSession(c, publicUrl());
    return c.redirect('/', 303);
  });

  web.get('/join/:code', async (c) => {
    c.header('cache-control', 'no-store');
    const code = c.req.param('code');
    const found = people.joining === 'closed' ? undefined : await findInvitation(db, code);
    if (!found) throw invitationGone();
    const inviter = found.createdBy
      ? (await loadPeople(db, [found.createdBy])).get(found.createdBy)?.name
      : undefined;
    const invitation = { code, invitedBy: inviter, note: found.note };
    return c.html(<SignInPage site={await site(c)} view={{ ...view('/'), invitation }} />);
  });

  web.get('/setup', async (c) =>
    c.html(<SetupPage site={await site(c)} isDone={await hasAdministrator(db)} />),
  );
  web.post('/setup', async (c) => {
    const { person } = viewerOf(c);
    await spend(app.database, 'setup code', person.id);
    const { code = '' } = await fieldsOf(c);
    try {
      await app.database.transact((tx) =>
        becomeFirstAdministrator(tx, { personId: person.id, code, secret: app.secret() }),
      );
    } catch (error) {
      if (!isAppError(error)) throw error;
      const isDone = error.code === 'conflict';
      const problem = isDone ? undefined : error.message;
      const page = <SetupPage site={await site(c)} isDone={isDone} problem={problem} />;
      return c.html(page, isDone ? 409 : 403);
    }
    return c.redirect('/admin/first-run?welcome', 303);
  });

  // Other services and the browser's authenticator speak with better-auth itself.
  web.on(['GET', 'POST'], '/api/auth/callback/:provider', answerByLibrary);
  web.get('/api/auth/passkey/generate-register-options', answerByLibrary);
  web.post('/api/auth/passkey/verify-registration', async (c) => {
    const answer = await answerByLibrary(c);
    if (answer.ok) await noteNewPasskey(c);
    return answer;
  });
  web.get('/api/auth/passkey/generate-authenticate-options', answerByLibrary);
  web.post('/api/auth/passkey/verify-authentication', answerByLibrary);

  async function answerByLibrary(c: WebContext): Promise<Response> {
    const auth = await desk.open();
    const request = c.req.raw;
    const { pathname, search } = new URL(request.url);
    // Its own idea of where it is reached comes from the request.
    const answer = await auth.handler(
      new Request(new URL(pathname + search, publicUrl()), request),
    );
    const headers = new Headers(answer.headers);
    headers.set('cache-control', 'no-store');
    if (startsSession(answer)) headers.append('set-cookie', hintCookie());
    return new Response(answer.body, { status: answer.status, headers });
  }

  async function noteNewPasskey(c: WebContext): Promise<void> {
    const id = c.get('viewer')?.person.id;
    const details = { method: 'passkey' };
    await app.database.transact((tx) =>
      writeAudit(tx, { action: 'sign-in method added', actorId: id, subjectId: id, details }),
    );
  }

  /** Whoever signs in again gets a new session, and the one before is over. */
  async function endFormerSession(c: WebContext): Promise<void> {
    const viewer = c.get('viewer');
    const id = viewer?.sessionId;
    if (!viewer || !id) return;
    await app.database.transact((tx) => endSessions(tx, viewer.person.id, { id }));
  }

  function takeCookies(c: WebContext, answer: Response): void {
    for (const cookie of answer.headers.getSetCookie())
      c.header('set-cookie', cookie, { append: true });
    if (startsSession(answer)) c.header('set-cookie', hintCookie(), { append: true });
  }

  function startsSession(answer: Response): boolean {
    const name = sessionCookieOf(publicUrl());
    return answer.headers.getSetCookie().some((one) => new RegExp(`^${name}=[^;]`).test(one));
  }

  /** Scripts read it to know whether asking for marks is worth a request; it is worth nothing else. */
  function hintCookie(): string {
    const secure = isSecure() ? '; Secure' : '';
    return `${HINT_COOKIE}=1; Path=/; SameSite=Lax; Max-Age=${SESSION_DAYS * DAY_S}${secure}`;
  }
}

/** What better-auth may know of a request: whom it keeps a session for, not who that was before. */
function plain(c: WebContext): Headers {
  const headers = new Headers();
  const agent = c.req.header('user-agent');
  if (agent) headers.set('user-agent', agent.slice(0, 300));
  const client = c.get('client');
  if (client) headers.set('x-forwarded-for', client);
  return headers;
}

function errorOf(answer: Response): string {
  const location = answer.headers.get('location');
  const given = location ? new URL(location, 'http://x').searchParams.get('error') : undefined;
  return encodeURIComponent((given ?? 'failed').toLowerCase());
}

function failureInWords(error: string | undefined): string | undefined {
  if (error === undefined) return undefined;
  const { problems } = words.signIn;
  const text = error.toLowerCase();
  if (/token/.test(text)) return problems.oldLink;
  if (/unable_to_create|signup|may_not_join|forbidden/.test(text)) return problems.mayNotJoin;
  if (/not_linked|linking/.test(text)) return problems.notLinked;
  return problems.failed;
}
