// How late the event loop comes while questions are answered, and meanwhile that of a process that does
// nothing: what both have is the machine's. As a program of its own this is that process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(import.meta.url);
const RESOLUTION_MS = 1;

/** Figures of this process and of the idle one while `work` goes on, in ms. */
export async function measureLoop(work) {
  const idle = fork(HERE);
  await once(idle, 'message');
  const stop = watchLoop();
  await work();
  const own = stop();
  idle.send('stop');
  const [other] = await once(idle, 'message');
  return { own, idle: other };
}

function watchLoop() {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return () => {
    histogram.disable();
    // What is recorded is the time from one tick to the next.
    const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    return {
      p50: late(histogram.percentile(50)),
      p99: late(histogram.percentile(99)),
      max: late(histogram.max),
    };
  };
}

if (process.argv[1] === HERE) {
  const stop = watchLoop();
  process.once('message', () => process.send(stop(), () => process.disconnect()));
  process.send('ready');
}
