import path from 'node:path';
import { build } from './build.js';
import { main, ROOT } from './command.js';
import { ensure } from './ensure.js';

await main(async () => {
  await ensure();
  await build();
  // In this process: a signal and an exit code need nobody to pass them on.
  process.argv.splice(1, 1, path.join(ROOT, 'bin', 'broadsheet.js'), 'serve');
  await import('../bin/broadsheet.js');
});
