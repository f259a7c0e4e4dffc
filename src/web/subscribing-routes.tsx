import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { addDigestSettingsRoutes } from './digest-settings-routes.tsx';
import { addSubscribeRoutes } from './subscribe-routes.tsx';
import { addSubscriptionRoutes } from './subscription-routes.tsx';
import { addUnsubscribeRoutes } from './unsubscribe-routes.tsx';

/** Digests by mail: for visitors, by link, and in the settings of an account. */
export function addSubscribingRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  addSubscribeRoutes(web, app, publicUrl);
  addSubscriptionRoutes(web, app, publicUrl);
  addUnsubscribeRoutes(web, app, publicUrl);
  addDigestSettingsRoutes(web, app, publicUrl);
}
