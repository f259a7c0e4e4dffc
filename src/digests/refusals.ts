// What follows when the mail server does not take a delivery.
import { AppError, messageOf } from '../base/errors.ts';
import type { Database, Tx } from '../database/database.ts';
import { refusalKindOf } from '../mail/bounce-kind.ts';
import { MailFailure } from '../mail/mailer.ts';
import type { ClaimedDelivery } from './delivery-claims.ts';
import { noteMailEvent } from './mail-events.ts';
import { pauseSending } from './sending-pause.ts';
import { type Outcome, settle } from './settle-delivery.ts';

/** How handing one over ended, and what else is to be written down with it. */
export type Result = {
  outcome: Outcome;
  /** What the server said about the address. */
  bounce?: { kind: 'hard bounce' | 'soft bounce'; detail: string };
  /** The server takes nothing from anyone: why. */
  serverProblem?: string;
};

export function resultOf(error: unknown): Result {
  const problem = messageOf(error);
  if (!(error instanceof MailFailure)) {
    // A message that cannot be one never will be; anything else may pass.
    const isHopeless = error instanceof AppError && error.code === 'invalid';
    return { outcome: { is: isHopeless ? 'failed' : 'refused', problem } };
  }
  const { about, isPassing, mayHaveArrived, status } = error;
  if (about === 'server') {
    return { outcome: { is: 'put back', mayHaveArrived }, serverProblem: problem };
  }
  if (about === 'message') return { outcome: { is: isPassing ? 'refused' : 'failed', problem } };
  if (isPassing) {
    const bounce = { kind: 'soft bounce' as const, detail: problem };
    return { outcome: { is: 'refused', problem }, bounce };
  }
  const kind = refusalKindOf(status);
  return {
    outcome: { is: 'failed', problem },
    ...(kind ? { bounce: { kind: `${kind} bounce` as const, detail: problem } } : {}),
  };
}

/** Settles one, and lets the address and the server have what follows. True when the sending pauses now. */
export async function writeResult(
  tx: Tx,
  database: Database,
  { delivery, result, pauseMs }: { delivery: ClaimedDelivery; result: Result; pauseMs: number },
): Promise<boolean> {
  const { outcome, bounce, serverProblem } = result;
  const state = await settle(tx, database, delivery, outcome);
  // A refusal that may pass is one bounce when it has been tried for the last time.
  if (bounce && state === 'failed') {
    await noteMailEvent(tx, { ...bounce, deliveryId: delivery.id, source: 'smtp' });
  }
  if (serverProblem === undefined) return false;
  return pauseSending(tx, database, { problem: serverProblem, firstMs: pauseMs });
}
