// A process takes on what is saved while it runs, whoever saved it and in whichever process.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, ConfigError } from '../config.ts';
import type { Db } from '../database/database.ts';
import { loadSettings, savedSettingsNumber } from './saved-settings.ts';

const LOOK_EVERY_MS = 1_000;

/** What works by settings: an App. */
export type Settled = {
  config: Config;
  settingsNumber: number;
  database: { read: Db };
  log: { warn(object: unknown, message: string): void };
};

export type Following = {
  /** Looks now; resolves when what was saved before the call is taken on, or cannot be. */
  look(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Every second compares what `current()` works by with what is saved, and calls `takeOn` when that is another.
 * Settings that do not go with the environment of this process are logged and left.
 */
export function followSettings(current: () => Settled, takeOn: () => Promise<void>): Following {
  const stopping = new AbortController();
  let refused: number | undefined;
  let hasTrouble = false;
  let looking: Promise<void> = Promise.resolve();

  async function lookOnce(): Promise<void> {
    const { config, database, log, settingsNumber } = current();
    let number: number | undefined;
    try {
      number = await savedSettingsNumber(database.read);
      if (number === settingsNumber || number === refused) return;
      await loadSettings(database.read, config);
      await takeOn();
      hasTrouble = false;
    } catch (error) {
      if (error instanceof ConfigError) refused = number;
      if (!hasTrouble) log.warn({ err: error }, 'the saved settings are not taken on');
      hasTrouble = true;
    }
  }
  const look = () => {
    looking = looking.then(lookOnce);
    return looking;
  };
  const following = (async () => {
    while (!stopping.signal.aborted) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted) await look();
    }
  })();
  return {
    look,
    async stop() {
      stopping.abort();
      await following;
      await looking;
    },
  };
}
