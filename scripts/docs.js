// Writes the documentation that follows from the program: npm run docs
import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.js';
import { main, ROOT } from './command.js';

await main(async () => {
  await build();
  const { renderEnvExample, renderSettingsPage } = await import(
    '../dist/config/render-settings.js'
  );
  fs.writeFileSync(path.join(ROOT, '.env.example'), renderEnvExample());
  fs.mkdirSync(path.join(ROOT, 'docs'), { recursive: true });
  fs.writeFileSync(path.join(ROOT, 'docs', 'settings.md'), renderSettingsPage());
});
