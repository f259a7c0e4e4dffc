// The change number orders everything that readers can see. Its row stays locked until the
// transaction that moved it ends, so numbers become visible in order and a follower that has seen
// number n has missed nothing below it.
import type { Tx } from './database.ts';

/** Takes `count` change numbers and returns the first of them. */
export async function takeChanges(tx: Tx, count: number): Promise<number> {
  const { value } = await tx
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', count) }))
    .where('name', '=', 'change')
    .returning('value')
    .executeTakeFirstOrThrow();
  return value - count + 1;
}
