// Runs in a thread of its own: answers each reference with its text.
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../base/errors.ts';
import { formatReference } from './citation-js.ts';
import type { FormatAnswer, FormatRequest } from './format-references.ts';

parentPort?.on('message', ({ id, item, style }: FormatRequest) => {
  parentPort?.postMessage(answerTo(id, () => formatReference(item, style)));
});

function answerTo(id: number, format: () => string): FormatAnswer {
  try {
    return { id, text: format() };
  } catch (error) {
    return { id, failure: messageOf(error) };
  }
}
