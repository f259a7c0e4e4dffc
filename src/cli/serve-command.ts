import type { Command } from 'commander';
import { type App, openApp } from '../app.ts';
import { messageOf } from '../base/errors.ts';
import { startServer } from '../http/serve.ts';
import { hasAdministrator, setupCode } from '../people/first-administrator.ts';
import { followSettings } from '../settings/follow-settings.ts';
import { loadConfig, withExamples } from './command.ts';
import { loadDemoIfEmpty } from './demo.ts';
import { stopSignal } from './stop-signal.ts';
import { startWorkChild } from './work-child.ts';

export function addServeCommand(program: Command): void {
  withExamples(
    program
      .command('serve', { isDefault: false })
      .description('serve pages and the API until it is told to stop (Ctrl-C)')
      .action(serve),
    ['serve', 'serve  # on another port: BROADSHEET_PORT=8080 broadsheet serve'],
  );
}

async function serve(): Promise<void> {
  const config = loadConfig();
  let look = async () => {};
  const options = { settingsSaved: () => look() };
  let app = await openApp(config, options);
  // More than one while answers by former settings are still on their way.
  const open = new Set([app]);
  try {
    if (app.config.loadsDemo) await loadDemoIfEmpty(app);
    const server = await startServer(app);
    app.announce(`${app.config.name} is at ${server.url}`);
    if (!(await hasAdministrator(app.database.read))) {
      app.announce(
        `No administrator yet: sign in at ${server.url}/sign-in, then enter the code ${setupCode(app.secret())} at ${server.url}/setup`,
      );
    }
    const stopWork = startWorkChild(app);
    const following = followSettings(
      () => app,
      async () => {
        const former = app;
        app = await openApp(config, options);
        open.add(app);
        void server.turnTo(app).then(async () => {
          open.delete(former);
          await close(former);
        });
        app.log.info({ settings: app.settingsNumber }, 'works by other settings');
      },
    );
    look = following.look;
    const signal = await stopSignal();
    app.log.info({ signal }, 'stopping');
    await Promise.all([stopWork(), following.stop(), server.stop()]);
  } finally {
    await Promise.all([...open].map(close));
  }
}

async function close(app: App): Promise<void> {
  await app.close().catch((error) => app.log.warn({ err: messageOf(error) }, 'closing'));
}
