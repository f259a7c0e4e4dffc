// The settings of one's own account: profile, ways to sign in, sessions and tokens.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { isAppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { forgetMentionsOf } from '../comments/forget-comments.ts';
import { findText } from '../language/find-text.ts';
import { words } from '../language/words.ts';
import { listSanctions } from '../moderation/list-sanctions.ts';
import {
  listTokens,
  MAX_TOKEN_DAYS,
  MAX_TOKEN_NAME,
  revokeToken,
  SCOPES,
} from '../people/api-tokens.ts';
import { writeAudit } from '../people/audit-log.ts';
import type { AuthDesk } from '../people/auth-desk.ts';
import { createToken } from '../people/create-token.ts';
import type { Person } from '../people/person.ts';
import { parseProfile, saveProfile, type TypedProfile } from '../people/profile.ts';
import { roleMay } from '../people/roles.ts';
import { endSessions, listSessions } from '../people/sessions.ts';
import { loadSignInMethods, removeSignInMethod, renamePasskey } from '../people/sign-in-methods.ts';
import { SettingsOverview } from './data-settings.tsx';
import { ProfileSettings } from './profile-form.tsx';
import { type Fields, isWrong, readFields } from './read-form.ts';
import { SessionSettings } from './session-settings.tsx';
import type { Told } from './settings-layout.tsx';
import { SignInSettings } from './sign-in-settings.tsx';
import { forgetSession } from './sign-out.ts';
import { siteLoader, viewerOf, type WebContext } from './site.ts';
import {
  NEW_TOKEN,
  NewTokenPage,
  type TokenProblems,
  TokenSettings,
  type TypedToken,
} from './token-settings.tsx';

/** What is said after a form led back, by the name in the address. */
function doneInWords(name: string | undefined): string | undefined {
  return findText(words.settings.done, name);
}

export function addSettingsRoutes(
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
  desk: AuthDesk,
): void {
  const { database } = app;
  const db = database.read;
  const { providers } = app.config.people;
  const site = siteLoader(app, publicUrl);
  const toldBy = (c: WebContext): Told => ({ done: doneInWords(c.req.query('done')) });

  web.get('/settings', async (c) => {
    const { person } = viewerOf(c);
    const sanctions = await listSanctions(app.database.read, person.id);
    return c.html(<SettingsOverview site={await site(c)} person={person} sanctions={sanctions} />);
  });

  web.get('/settings/profile', async (c) => {
    const { person } = viewerOf(c);
    const isWelcome = c.req.query('welcome') !== undefined;
    return c.html(
      <ProfileSettings
        site={await site(c)}
        handle={person.handle}
        typed={typedBy(person)}
        told={toldBy(c)}
        isWelcome={isWelcome}
      />,
    );
  });
  web.post('/settings/profile', async (c) => {
    const { person } = viewerOf(c);
    const typed = typedProfile(await readFields(c));
    const { profile, problems } = parseProfile(typed);
    const again = async (found: typeof problems, status: 400 | 409) =>
      c.html(
        <ProfileSettings
          site={await site(c)}
          handle={person.handle}
          typed={typed}
          problems={found ?? {}}
          told={{ problem: words.settings.marked }}
        />,
        status,
      );
    if (!profile) return again(problems, 400);
    try {
      await database.transact(async (tx) => {
        await saveProfile(tx, person.id, profile);
        // Mentions are kept with both.
        const isCalledOtherwise = profile.handle !== person.handle || profile.name !== person.name;
        if (isCalledOtherwise) await forgetMentionsOf(tx, person.handle);
      });
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      return again({ handle: error.message }, 409);
    }
    return c.redirect('/settings/profile?done=saved', 303);
  });

  async function signInPage(c: WebContext, told: Told) {
    const methods = await loadSignInMethods(db, viewerOf(c).person.id);
    return (
      <SignInSettings site={await site(c)} methods={methods} providers={providers} told={told} />
    );
  }
  web.get('/settings/sign-in', async (c) => {
    const hasFailed = c.req.query('error') !== undefined;
    const told = hasFailed ? { problem: words.settings.signIn.notConnected } : toldBy(c);
    return c.html(await signInPage(c, told));
  });
  web.post('/settings/sign-in/remove', async (c) => {
    const { person } = viewerOf(c);
    const fields = await readFields(c);
    const kind = fields.text('kind') === 'passkey' ? 'passkey' : 'service';
    const removed = { kind, id: fields.text('id') } as const;
    try {
      const known = providers.map(({ id }) => id);
      await database.transact((tx) => removeSignInMethod(tx, person.id, removed, known));
    } catch (error) {
      if (!isAppError(error, 'conflict')) throw error;
      return c.html(await signInPage(c, { problem: error.message }), 409);
    }
    return c.redirect('/settings/sign-in?done=removed', 303);
  });
  web.post('/settings/sign-in/rename', async (c) => {
    const { person } = viewerOf(c);
    const fields = await readFields(c);
    const named = { id: fields.text('id'), name: fields.text('name') };
    try {
      await database.transact((tx) => renamePasskey(tx, person.id, named));
    } catch (error) {
      if (!isAppError(error, 'invalid')) throw error;
      return c.html(await signInPage(c, { problem: error.message }), 400);
    }
    return c.redirect('/settings/sign-in?done=renamed', 303);
  });

  web.get('/settings/sessions', async (c) => {
    const { person, sessionId } = viewerOf(c);
    const sessions = await listSessions(db, person.id);
    return c.html(
      <SessionSettings
        site={await site(c)}
        sessions={sessions}
        currentId={sessionId}
        told={toldBy(c)}
      />,
    );
  });
  async function end(person: Person, which: { id: string } | { except: string }): Promise<void> {
    await database.transact(async (tx) => {
      const ended = await endSessions(tx, person.id, which);
      if (ended === 0) return;
      const about = { actorId: person.id, subjectId: person.id, details: { sessions: ended } };
      await writeAudit(tx, { action: 'session ended', ...about });
    });
  }
  web.post('/settings/sessions/end', async (c) => {
    const { person, sessionId } = viewerOf(c);
    const id = (await readFields(c)).text('id');
    await end(person, { id });
    if (id !== sessionId) return c.redirect('/settings/sessions?done=ended', 303);
    forgetSession(c, publicUrl());
    return c.redirect('/', 303);
  });
  web.post('/settings/sessions/end-others', async (c) => {
    const { person, sessionId } = viewerOf(c);
    await end(person, { except: sessionId ?? '' });
    return c.redirect('/settings/sessions?done=ended', 303);
  });

  async function tokensPage(
    c: WebContext,
    typed: TypedToken,
    told: Told,
    problems: TokenProblems = {},
  ) {
    const { person } = viewerOf(c);
    return (
      <TokenSettings
        site={await site(c)}
        tokens={await listTokens(db, person.id)}
        scopes={SCOPES.filter((scope) => roleMay(person.role, scope))}
        typed={typed}
        problems={problems}
        told={told}
      />
    );
  }
  web.get('/settings/tokens', async (c) => c.html(await tokensPage(c, NEW_TOKEN, toldBy(c))));
  web.post('/settings/tokens', async (c) => {
    const { person } = viewerOf(c);
    const fields = await readFields(c);
    const typed = {
      name: fields.text('name'),
      scopes: fields.texts('scope'),
      days: fields.text('days'),
    };
    const name = oneLine(cleanText(typed.name));
    const scopes = SCOPES.filter((one) => typed.scopes.includes(one) && roleMay(person.role, one));
    const problems = tokenProblems({ ...typed, name }, scopes.length);
    if (isWrong(problems)) {
      return c.html(await tokensPage(c, typed, {}, problems), 400);
    }
    try {
      const days = Number(typed.days);
      const token = await createToken(await desk.open(), database, { person, name, scopes, days });
      return c.html(<NewTokenPage site={await site(c)} name={name} token={token} />);
    } catch (error) {
      if (!isAppError(error, 'too-many')) throw error;
      return c.html(await tokensPage(c, typed, { problem: error.message }), 409);
    }
  });
  web.post('/settings/tokens/revoke', async (c) => {
    const { person } = viewerOf(c);
    const id = (await readFields(c)).text('id');
    await database.transact((tx) => revokeToken(tx, person.id, id));
    return c.redirect('/settings/tokens?done=revoked', 303);
  });
}

function tokenProblems({ name, days }: TypedToken, scopes: number): TokenProblems {
  const texts = words.settings.tokens.problems;
  const isName = name !== '' && name.length <= MAX_TOKEN_NAME;
  const isDays = /^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= MAX_TOKEN_DAYS;
  return {
    ...(isName ? {} : { name: texts.name(MAX_TOKEN_NAME) }),
    ...(scopes > 0 ? {} : { scopes: texts.scopes }),
    ...(isDays ? {} : { days: texts.days(MAX_TOKEN_DAYS) }),
  };
}

/** The only fields that a profile is made of. */
function typedProfile(fields: Fields): TypedProfile {
  return {
    name: fields.text('name'),
    handle: fields.text('handle'),
    affiliation: fields.text('affiliation'),
    about: fields.text('about'),
    links: fields.texts('links').filter((link) => link.trim() !== ''),
    orcid: fields.text('orcid'),
    hasPublicVotes: fields.has('public-votes'),
  };
}

function typedBy(person: Person): TypedProfile {
  const { name, handle, affiliation = '', about = '', links, orcid = '', hasPublicVotes } = person;
  return { name, handle, affiliation, about, links, orcid, hasPublicVotes };
}
