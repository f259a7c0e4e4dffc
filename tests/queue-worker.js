// A worker process for the tests of the queue: writes every run of a job as a line to a file.
// Arguments: database address, file, milliseconds a job takes.
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../dist/database/open-database.js';
import { createSchedule } from '../dist/queue/schedule.js';
import { startWorker } from '../dist/queue/worker.js';

const [url, file, takesMs] = process.argv.slice(2);
const database = await openDatabase(url);
const log = { info() {}, warn: console.error, error: console.error };
const worker = startWorker({
  database,
  log,
  slots: 4,
  pollMs: 50,
  schedule: createSchedule([
    { name: 'beat', pattern: '* * * * * *', timeZone: 'UTC', job: { kind: 'tick' } },
  ]),
  handlers: {
    async count(job) {
      await sleep(Number(takesMs));
      fs.appendFileSync(file, `${job.payload.n}\n`);
    },
    async tick() {
      fs.appendFileSync(file, 'tick\n');
    },
  },
});
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await worker.stop();
  await database.close();
});
