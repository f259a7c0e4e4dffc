// Signing in, by better-auth on our tables. Everything that is asked at every request (whose session
// is this?) is in sessions.ts and api-tokens.ts; this is loaded when somebody signs in.

import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { type GenericOAuthConfig, genericOAuth, magicLink } from 'better-auth/plugins';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { TOKEN_PREFIX } from './api-tokens.ts';
import { writeAudit } from './audit-log.ts';
import { suggestHandle } from './handle.ts';
import { mayJoin, useInvitation } from './joining.ts';
import { ORCID_DOMAIN } from './person.ts';
import { SESSION_DAYS, sessionCookieOf, sessionSecret } from './sessions.ts';
import { LINK_MINUTES, type SignInLink } from './sign-in-mail.ts';

const AUTH_PATH = '/api/auth';
const DAY_S = 86_400;

export type AuthOptions = {
  database: Database;
  people: Config['people'];
  /** The name of the instance, which passkey dialogs show. */
  name: string;
  url: string;
  secret: string;
  /** Sends the link; it must not wait for the mail server, or it would tell who has an account. */
  sendLink(link: SignInLink): void;
  log: {
    warn(object: unknown, message: string): void;
    error(object: unknown, message: string): void;
  };
};

export type Auth = ReturnType<typeof openAuth>;

/** Thrown to a person who may not make an account. */
const MAY_NOT_JOIN = 'MAY_NOT_JOIN';

export function openAuth(options: AuthOptions) {
  const { database, people, url } = options;
  const isSecure = url.startsWith('https:');
  const origin = new URL(url);
  const cookie = sessionCookieOf(url);
  const social = (id: 'github' | 'google' | 'huggingface') => {
    const found = people.providers.find((provider) => provider.id === id);
    return found && { clientId: found.clientId, clientSecret: found.clientSecret };
  };
  const github = social('github');
  const google = social('google');
  const huggingface = social('huggingface');
  return betterAuth({
    appName: options.name,
    baseURL: url,
    basePath: AUTH_PATH,
    secret: sessionSecret(options.secret),
    // The adapter for SQLite writes text and integers only, as all of our tables hold on both engines.
    database: { db: database.write, type: 'sqlite', transaction: true },
    telemetry: { enabled: false },
    logger: {
      log: (level, message, ...rest) => {
        if (level === 'error') options.log.error({ rest }, `sign-in: ${message}`);
        else if (level === 'warn') options.log.warn({ rest }, `sign-in: ${message}`);
      },
    },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: isSecure ? '__Host-auth' : 'auth',
      defaultCookieAttributes: { secure: isSecure, sameSite: 'lax', path: '/', httpOnly: true },
      cookies: { session_token: { name: cookie, attributes: { secure: isSecure, path: '/' } } },
      database: { validateSchema: false },
    },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: false },
    user: {
      modelName: 'people',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        handle: { type: 'string', required: false, input: false },
        role: { type: 'string', required: false, input: false },
        orcid: { type: 'string', required: false, input: false },
      },
    },
    session: {
      modelName: 'sessions',
      expiresIn: SESSION_DAYS * DAY_S,
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
    },
    account: {
      modelName: 'accounts',
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, allowDifferentEmails: true },
      fields: {
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    socialProviders: {
      ...(github ? { github } : {}),
      ...(google ? { google } : {}),
      ...(huggingface ? { huggingface } : {}),
    },
    databaseHooks: {
      account: {
        create: {
          async after(account) {
            const { userId, providerId } = account;
            await database.transact((tx) =>
              writeAudit(tx, {
                action: 'sign-in method added',
                actorId: userId,
                subjectId: userId,
                details: { method: providerId },
              }),
            );
          },
        },
      },
      user: {
        create: {
          async before(user) {
            if (!(await mayJoin(database.read, people, user.email))) {
              throw new APIError('FORBIDDEN', { code: MAY_NOT_JOIN });
            }
            const handle = suggestHandle(user.name ?? '');
            const isOrcid = user.email.endsWith(ORCID_DOMAIN);
            return {
              data: {
                ...user,
                name: user.name || `Reader ${handle.slice(-6)}`,
                handle,
                role: people.newRole,
                ...(isOrcid ? { orcid: user.email.slice(0, -ORCID_DOMAIN.length) } : {}),
              },
            };
          },
          async after(user) {
            await database.transact(async (tx) => {
              await useInvitation(tx, { personId: user.id, email: user.email });
              await writeAudit(tx, { action: 'joined', subjectId: user.id });
            });
          },
        },
      },
    },
    plugins: [
      magicLink({
        storeToken: 'hashed',
        expiresIn: LINK_MINUTES * 60,
        sendMagicLink: async ({ email, token, metadata }) => {
          const next = typeof metadata?.next === 'string' ? metadata.next : undefined;
          options.sendLink({ email, token, next });
        },
      }),
      genericOAuth({ config: genericProviders(people) }),
      passkey({
        rpID: origin.hostname,
        rpName: options.name,
        origin: origin.origin,
        schema: {
          passkey: {
            modelName: 'passkeys',
            fields: {
              publicKey: 'public_key',
              userId: 'person_id',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
      apiKey({
        rateLimit: { enabled: false },
        enableMetadata: false,
        defaultPrefix: TOKEN_PREFIX,
        keyExpiration: { maxExpiresIn: 366, minExpiresIn: 1 },
        schema: {
          apikey: {
            modelName: 'api_tokens',
            fields: {
              configId: 'config_id',
              referenceId: 'person_id',
              refillInterval: 'refill_interval',
              refillAmount: 'refill_amount',
              lastRefillAt: 'last_refill_at',
              rateLimitEnabled: 'rate_limit_enabled',
              rateLimitTimeWindow: 'rate_limit_time_window',
              rateLimitMax: 'rate_limit_max',
              requestCount: 'request_count',
              lastRequest: 'last_request',
              expiresAt: 'expires_at',
              createdAt: 'created_at',
              updatedAt: 'updated_at',
            },
          },
        },
      }),
    ],
  });
}

function genericProviders(people: Config['people']): GenericOAuthConfig[] {
  return people.providers.flatMap((provider): GenericOAuthConfig[] => {
    const keys = { clientId: provider.clientId, clientSecret: provider.clientSecret };
    if (provider.id === 'orcid') {
      return [
        {
          providerId: 'orcid',
          ...keys,
          discoveryUrl: `${provider.issuer}/.well-known/openid-configuration`,
          scopes: ['openid'],
          mapProfileToUser: (profile) => ({
            email: `${String(profile.sub)}${ORCID_DOMAIN}`,
            emailVerified: false,
            name: [profile.given_name, profile.family_name].filter(Boolean).join(' '),
          }),
        },
      ];
    }
    if (provider.id === 'oidc') {
      return [
        {
          providerId: 'oidc',
          ...keys,
          discoveryUrl: `${provider.issuer}/.well-known/openid-configuration`,
          scopes: ['openid', 'email', 'profile'],
          pkce: true,
        },
      ];
    }
    return [];
  });
}
