import path from 'node:path';
import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { loadAlertFigures, loadIssueFigures } from '../digests/issue-figures.ts';
import { listDeliveries, loadStanding, retryFailed } from '../digests/list-deliveries.ts';
import { findPause } from '../digests/sending-pause.ts';
import { words } from '../language/words.ts';
import { MailAdminPage, type MailReport } from './mail-admin-pages.tsx';
import { readFields } from './read-form.ts';
import { siteLoader } from './site.ts';

const LISTED = 50;

export function addMailAdminRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const site = siteLoader(app, publicUrl);

  web.get('/admin/mail', async (c) => {
    const issue = c.req.query('issue') || undefined;
    const again = c.req.query('again');
    const done = again === undefined ? undefined : words.mailAdmin.retried(Number(again));
    return c.html(
      <MailAdminPage site={await site(c)} report={await loadReport(app, issue)} told={{ done }} />,
    );
  });

  web.post('/admin/mail/retry', async (c) => {
    const fields = await readFields(c);
    const issue = fields.text('issue');
    const which = issue === '' ? { id: fields.text('id') } : { issue };
    const count = await retryFailed(app.database, which);
    const query = new URLSearchParams({ ...(issue === '' ? {} : { issue }), again: String(count) });
    return c.redirect(`/admin/mail?${query}`, 303);
  });
}

async function loadReport(app: App, issue: string | undefined): Promise<MailReport> {
  const db = app.database.read;
  const lists = { issue, limit: LISTED };
  return {
    way: wayOf(app),
    pause: await findPause(db),
    standing: await loadStanding(db),
    issues: await loadIssueFigures(db),
    alerts: await loadAlertFigures(db),
    issue,
    failed: await listDeliveries(db, 'failed', lists),
    refused: await listDeliveries(db, 'refused', lists),
    uncertain: await listDeliveries(db, 'uncertain', lists),
  };
}

/** Without user and password. */
function wayOf({ config }: App): MailReport['way'] {
  const { smtpUrl } = config.mail;
  if (smtpUrl !== '') return { kind: 'smtp', host: new URL(smtpUrl).host };
  return { kind: 'outbox', folder: path.join(config.dataDir, 'outbox') };
}
