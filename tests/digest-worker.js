// A process that makes and sends the issues that are due, for tests and measurements that kill it or run
// several: settings come from the environment. Arguments: milliseconds of a lease; "make" makes issues only.
import { openApp } from '../dist/app.js';
import { parseConfig } from '../dist/config.js';
import { makeDueIssues } from '../dist/digests/make-issues.js';
import { startDigests } from '../dist/jobs/digest-handlers.js';

const [leaseMs, what] = process.argv.slice(2);
const log = { debug() {}, info() {}, warn: console.error, error: console.error };
const app = await openApp(parseConfig(process.env), { log });
process.stdout.write('ready\n');
await makeDueIssues(app.database, { instanceZone: app.config.timeZone });
if (what !== 'make') {
  const sending = startDigests(app, { leaseMs: Number(leaseMs), pollMs: 50 });
  await new Promise((resolve) => process.once('SIGTERM', resolve));
  await sending.stop();
}
await app.close();
