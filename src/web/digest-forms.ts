// What the forms of a digest do, whoever may use them.
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { parseWish, type TypedWish, type WishProblems } from '../digests/parse-wish.ts';
import {
  changeSubscription,
  deleteSubscription,
  endSubscription,
  pauseSubscription,
  pauseTopic,
  resumeSubscription,
} from '../digests/subscription-store.ts';
import { findText } from '../language/find-text.ts';
import { words } from '../language/words.ts';
import { STATE_CHANGES, type StateChange } from './digest-view.tsx';
import type { Fields } from './read-form.ts';
import { readWish } from './read-wish.ts';

/** What is said after a form led back, by the name in the address. */
export function doneInWords(name: string | undefined): string | undefined {
  return findText(words.digests.done, name);
}

/** Throws `conflict` where the address has too many, `invalid` for what no form of ours sends. */
export async function takeState(app: App, id: string, fields: Fields): Promise<StateChange> {
  const to = STATE_CHANGES.find((change) => change === fields.text('to'));
  if (!to) throw new AppError('invalid', words.digests.useButtons);
  await app.database.transact(async (tx) => {
    if (to === 'active') await resumeSubscription(tx, id);
    else if (to === 'paused') await pauseSubscription(tx, id);
    else if (to === 'ended') await endSubscription(tx, id, 'reader');
    else await deleteSubscription(tx, id);
  });
  return to;
}

export async function takeTopic(app: App, id: string, fields: Fields): Promise<void> {
  const change = { key: fields.text('topic'), isPaused: fields.text('pause') === '1' };
  await app.database.transact((tx) => pauseTopic(tx, id, change));
}

/** Undefined when it was saved, else what is to be shown again. */
export async function takeChange(
  app: App,
  id: string,
  {
    fields,
    mayBeEmpty,
    name,
  }: {
    fields: Fields;
    mayBeEmpty: boolean;
    /** Of a form that has no field for it. */
    name?: string | undefined;
  },
): Promise<{ typed: TypedWish; problems: WishProblems } | undefined> {
  const typed = readWish(fields, app.config);
  const { wish, problems } = parseWish(typed, { mayBeEmpty });
  if (!wish) return { typed, problems };
  const named = fields.has('name') ? wish : { ...wish, name };
  await app.database.transact((tx) => changeSubscription(tx, id, named));
  return undefined;
}
