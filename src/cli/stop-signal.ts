/**
 * Resolves with the first signal to stop, or when the process that started this one is gone; a second
 * signal ends the process as signals do.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.once(name, () => resolve(name));
    }
    if (!process.send) return;
    // It may have gone while this process was still starting.
    if (process.connected) process.once('disconnect', () => resolve('disconnect'));
    else resolve('disconnect');
  });
}

/** Does `work` when a signal is about to end this process, and lets it. Returns how to call that off. */
export function beforeStop(work: () => void): () => void {
  const names = ['SIGINT', 'SIGTERM'] as const;
  const stop = (name: NodeJS.Signals) => {
    callOff();
    try {
      work();
    } finally {
      process.kill(process.pid, name);
    }
  };
  const callOff = () => {
    for (const name of names) process.off(name, stop);
  };
  for (const name of names) process.on(name, stop);
  return callOff;
}
