// Where signing in begins: better-auth is loaded when somebody first needs it, not before, for it
// takes most of a second and 70 MB.
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Auth } from './open-auth.ts';
import type { SignInLink } from './sign-in-mail.ts';

export type AuthDesk = {
  open(): Promise<Auth>;
  /** Asks services for their addresses again: what failed to answer when it was opened is left out of it. */
  reopen(): void;
};

export function createAuthDesk(
  app: {
    config: Pick<Config, 'people' | 'name'>;
    database: Database;
    secret(): string;
    log: {
      warn(object: unknown, message: string): void;
      error(object: unknown, message: string): void;
    };
  },
  publicUrl: () => string,
  sendLink: (link: SignInLink) => void,
): AuthDesk {
  let opened: Promise<Auth> | undefined;
  return {
    open() {
      opened ??= import('./open-auth.ts').then(({ openAuth }) =>
        openAuth({
          database: app.database,
          people: app.config.people,
          name: app.config.name,
          url: publicUrl(),
          secret: app.secret(),
          sendLink,
          log: app.log,
        }),
      );
      return opened;
    },
    reopen() {
      opened = undefined;
    },
  };
}
