/** Lets `threads` threads wait for each other; `state` is 8 bytes that they share, zero at first. */
export function waitForAll(state: Int32Array, threads: number): void {
  const round = Atomics.load(state, 1);
  if (Atomics.add(state, 0, 1) + 1 === threads) {
    Atomics.store(state, 0, 0);
    Atomics.add(state, 1, 1);
    Atomics.notify(state, 1);
    return;
  }
  while (Atomics.load(state, 1) === round) Atomics.wait(state, 1, round);
}
