// The pages of accounts: one's own settings, everyone's profile, invitations, administration.
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import type { AuthDesk } from '../people/auth-desk.ts';
import { addAdminRoutes } from './admin-routes.tsx';
import { addAlertRoutes } from './alert-routes.tsx';
import { addChannelRoutes } from './channel-routes.tsx';
import { addDataRoutes } from './data-routes.tsx';
import { addInvitationRoutes } from './invitation-routes.tsx';
import { addMailAdminRoutes } from './mail-admin-routes.tsx';
import { addPeopleRoutes } from './people-routes.tsx';
import { addSettingsRoutes } from './settings-routes.tsx';

export function addAccountRoutes(
  web: Hono<ApiEnv>,
  app: App,
  publicUrl: () => string,
  desk: AuthDesk,
): void {
  addSettingsRoutes(web, app, publicUrl, desk);
  addDataRoutes(web, app, publicUrl);
  addPeopleRoutes(web, app, publicUrl);
  addInvitationRoutes(web, app, publicUrl);
  addAdminRoutes(web, app, publicUrl);
  addMailAdminRoutes(web, app, publicUrl);
  addChannelRoutes(web, app, publicUrl);
  addAlertRoutes(web, app, publicUrl);
}
