// How long work shows itself on standard error: a bar on a terminal, a line every few seconds elsewhere.
import cliProgress from 'cli-progress';

const LINE_EVERY_MS = 3_000;

export type Progress = {
  /** `done` items so far; `share` of the whole, 0 to 1, where it is known. */
  update(done: number, share?: number): void;
  stop(): void;
};

/** `noun` is what is counted: "papers". */
export function createProgress(label: string, noun: string, isQuiet = false): Progress {
  if (isQuiet) return { update() {}, stop() {} };
  return process.stderr.isTTY ? bar(label, noun) : lines(label, noun);
}

function bar(label: string, noun: string): Progress {
  const startedAt = Date.now();
  const view = new cliProgress.SingleBar(
    {
      format: `${label} {bar} {percentage}% · {count} ${noun} · {rate}/s · {left}`,
      stream: process.stderr,
      hideCursor: true,
      fps: 5,
      barsize: 24,
      etaBuffer: 50,
    },
    cliProgress.Presets.rect,
  );
  const payload = (done: number, share: number | undefined) => {
    const seconds = (Date.now() - startedAt) / 1000;
    const left = share && share > 0.005 ? `${duration((seconds / share) * (1 - share))} left` : '';
    return { count: done.toLocaleString('en'), rate: rateOf(done, seconds), left };
  };
  view.start(1000, 0, payload(0, undefined));
  return {
    update: (done, share) => view.update(Math.round((share ?? 0) * 1000), payload(done, share)),
    stop: () => view.stop(),
  };
}

function lines(label: string, noun: string): Progress {
  const startedAt = Date.now();
  let shownAt = startedAt;
  return {
    update(done, share) {
      const now = Date.now();
      if (now - shownAt < LINE_EVERY_MS) return;
      shownAt = now;
      const seconds = (now - startedAt) / 1000;
      const part = share === undefined ? '' : ` (${Math.floor(share * 100)} %)`;
      const left = share ? `, ${duration((seconds / share) * (1 - share))} left` : '';
      process.stderr.write(
        `${label}: ${done.toLocaleString('en')} ${noun}${part}, ${rateOf(done, seconds)}/s${left}\n`,
      );
    },
    stop() {},
  };
}

function rateOf(done: number, seconds: number): string {
  return seconds > 0 ? Math.round(done / seconds).toLocaleString('en') : '0';
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
