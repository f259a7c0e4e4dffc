// Between the composer and the lanes of one process: what is in hand, and what of it is ready to go.

export type Desk<T> = {
  /** Waits until there is room for a good number, and says for how many; also when it is paused or closed. */
  room(): Promise<number>;
  /** So many are in hand from now on. */
  take(count: number): void;
  /** One is in hand no more. */
  drop(): void;
  /** One of those in hand is ready. */
  put(item: T): void;
  /** The next that is ready; undefined where there is none, or none should go. */
  next(): T | undefined;
  /** Waits for it; undefined when the desk is closed. */
  nextOrClosed(): Promise<T | undefined>;
  /** What is ready and should not go. */
  leftover(): T | undefined;
  pause(): void;
  open(): void;
  close(): void;
  /** Neither paused nor closed. */
  isOpen(): boolean;
  /** Aborted when it is closed. */
  closed: AbortSignal;
  /** Nothing is due: whoever waits for that is told, if nothing is in hand. */
  rest(): void;
  idle(): Promise<void>;
  /** Waits so long, or until somebody closes the desk or waits for it to be idle. */
  doze(ms: number): Promise<void>;
};

/** Holds up to `capacity` in hand. */
export function createDesk<T>(capacity: number): Desk<T> {
  const ready: T[] = [];
  const closing = new AbortController();
  let dozing: (() => void) | undefined;
  const idlers = new Set<() => void>();
  let waiting: (() => void)[] = [];
  let inHand = 0;
  let isPaused = false;

  const isOpen = () => !isPaused && !closing.signal.aborted;
  const change = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const next = () => (isOpen() ? ready.shift() : undefined);

  return {
    async room() {
      while (isOpen() && capacity - inHand < capacity / 2) await change();
      return capacity - inHand;
    },
    take(count) {
      inHand += count;
    },
    drop() {
      inHand--;
      wake();
    },
    put(item) {
      ready.push(item);
      wake();
    },
    next,
    async nextOrClosed() {
      for (;;) {
        const item = next();
        if (item !== undefined || closing.signal.aborted) return item;
        await change();
      }
    },
    leftover: () => (isOpen() ? undefined : ready.shift()),
    pause() {
      isPaused = true;
      wake();
    },
    open() {
      isPaused = false;
      wake();
    },
    close() {
      closing.abort();
      dozing?.();
      wake();
    },
    isOpen,
    closed: closing.signal,
    rest() {
      if (inHand > 0) return;
      for (const resolve of idlers) resolve();
      idlers.clear();
    },
    idle: () =>
      new Promise((resolve) => {
        idlers.add(resolve);
        dozing?.();
      }),
    async doze(ms) {
      if (closing.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        dozing = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      dozing = undefined;
    },
  };
}
