// Records that could not be read are kept with the reason, one JSON line each, for a person to look at.
import fs from 'node:fs';
import path from 'node:path';
import { now } from '../base/calendar.ts';
import { makeFolder } from '../base/folder.ts';

const MAX_TEXT = 100_000;

export type Rejects = {
  /** `position` counts the units of the input from 1: lines of a file, pages of a list. */
  add(position: number, rejected: { reason: string; text: string }): void;
  /** Where they are; undefined while there is none. */
  file(): string | undefined;
  close(): void;
};

/** Opens a rejects file in `folder`, which appears with the first record. */
export function openRejects(folder: string, kind: string): Rejects {
  const stamp = now().replace(/[:.]/g, '-');
  const file = path.join(folder, `${kind}-${stamp}-${process.pid}.jsonl`);
  let descriptor: number | undefined;
  return {
    add(position, { reason, text }) {
      if (descriptor === undefined) {
        makeFolder(folder);
        descriptor = fs.openSync(file, 'a');
      }
      const line = { position, reason, text: text.slice(0, MAX_TEXT) };
      fs.writeSync(descriptor, `${JSON.stringify(line)}\n`);
    },
    file: () => (descriptor === undefined ? undefined : file),
    close() {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    },
  };
}
