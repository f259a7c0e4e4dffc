// What hands waiting deliveries to the mail server, in every `work` process: one composer takes them in hand
// and composes some ahead, and as many lanes as there are connections each send one at a time.
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../base/errors.ts';
import type { Database, Tx } from '../database/database.ts';
import type { Mailer, MailMessage } from '../mail/mailer.ts';
import { type ClaimedDelivery, claimDeliveries, isDeliveryDue } from './delivery-claims.ts';
import { createDesk, type Desk } from './delivery-desk.ts';
import { type Result, resultOf, writeResult } from './refusals.ts';
import { endPause, findPause } from './sending-pause.ts';
import { beginSending, type Outcome, settle } from './settle-delivery.ts';
import { isSuppressed } from './suppressions.ts';

/** A mail, and the papers in it, out of which it can be made again. */
export type Composed = { message: Omit<MailMessage, 'to'>; papers: string[] };

/**
 * Undefined where there is nothing to tell. Of a delivery that has a subject it makes the same mail again,
 * out of its papers.
 */
export type Compose = (delivery: ClaimedDelivery) => Promise<Composed | undefined>;

export type SendingOptions = {
  database: Database;
  mailer: Pick<Mailer, 'send'>;
  compose: Compose;
  log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
  };
  /** At once. */
  connections: number;
  /** Messages a minute to one domain; 0: no limit. */
  perDomain: number;
  /** How often one looks for what is due. */
  pollMs?: number;
  /** For how long a delivery is in the hands of a process; longer than the mailer's own timeout. */
  leaseMs?: number;
  /** The first pause when the server is down. */
  pauseMs?: number;
};

export type Sending = {
  /** Resolves when nothing is in hand here and nothing is due. */
  idle(): Promise<void>;
  /** Takes no more, and lets end what is on its way. */
  stop(): Promise<void>;
};

type Ready = { delivery: ClaimedDelivery; composed: Composed };
/** What composer and lanes share. */
type Office = Required<SendingOptions> & {
  desk: Desk<Ready>;
  /** There was a pause when one looked last. */
  hadPause: boolean;
  /** The database did not answer when one asked last. */
  hasTrouble: boolean;
};

const POLL_MS = 1_000;
const LEASE_MS = 180_000;
const PAUSE_MS = 10_000;
/** So many are in hand for each lane, the one on its way included. */
const IN_HAND = 8;
const PUT_BACK: Outcome = { is: 'put back', mayHaveArrived: false };

export function startSending(options: SendingOptions): Sending {
  const desk = createDesk<Ready>(options.connections * IN_HAND);
  const defaults = { pollMs: POLL_MS, leaseMs: LEASE_MS, pauseMs: PAUSE_MS };
  const office: Office = { ...defaults, ...options, desk, hadPause: false, hasTrouble: false };
  const lanes = Array.from({ length: options.connections }, () => runLane(office));
  const running = Promise.all([runComposer(office), ...lanes]);
  return {
    idle: () => desk.idle(),
    async stop() {
      desk.close();
      await running;
    },
  };
}

async function runComposer(office: Office): Promise<void> {
  const { database, desk, pollMs } = office;
  while (!desk.closed.aborted) {
    const claimed = await claim(office, await desk.room());
    if (!claimed) {
      await putBackLeftovers(office);
      if (!office.hasTrouble) desk.rest();
      await desk.doze(pollMs);
      continue;
    }
    const emails = claimed.map(({ email }) => email);
    const unwanted = await attempt(office, () => isSuppressed(database.read, emails));
    for (const delivery of claimed) {
      if (!desk.isOpen() || !unwanted) await end(office, delivery, PUT_BACK);
      else if (unwanted.has(delivery.email)) await end(office, delivery, { is: 'suppressed' });
      else await prepare(office, delivery);
    }
  }
  await putBackLeftovers(office);
}

/** Undefined when there is nothing to do now. */
async function claim(office: Office, count: number): Promise<ClaimedDelivery[] | undefined> {
  const { database, desk, leaseMs, perDomain } = office;
  if (count === 0 || !(await attempt(office, () => isDeliveryDue(database)))) return undefined;
  office.hadPause = (await attempt(office, () => findPause(database.read))) !== undefined;
  desk.open();
  const found = await attempt(office, () =>
    claimDeliveries(database, { count, leaseMs, perDomain }),
  );
  if (!found) return undefined;
  desk.take(found.claimed.length);
  return found.claimed.length === 0 && !found.isMore ? undefined : found.claimed;
}

async function prepare(office: Office, delivery: ClaimedDelivery): Promise<void> {
  try {
    const composed = await office.compose(delivery);
    if (composed) office.desk.put({ delivery, composed });
    else await end(office, delivery, { is: 'empty' });
  } catch (error) {
    office.log.warn({ err: error, delivery: delivery.id }, 'an issue could not be composed');
    const problem = `It could not be composed: ${messageOf(error)}`;
    await end(office, delivery, { is: 'refused', problem });
  }
}

/** Writes down how one ended that was not handed over. */
async function end(office: Office, delivery: ClaimedDelivery, outcome: Outcome): Promise<void> {
  await write(office, (tx) => settle(tx, office.database, delivery, outcome));
  office.desk.drop();
}

async function putBackLeftovers(office: Office): Promise<void> {
  for (let left = office.desk.leftover(); left; left = office.desk.leftover()) {
    await end(office, left.delivery, PUT_BACK);
  }
}

async function runLane(office: Office): Promise<void> {
  const { desk } = office;
  let last: Handed | undefined;
  for (;;) {
    const next = last ? desk.next() : await desk.nextOrClosed();
    if (!next && !last) return;
    const begun = await turnTo(office, last, next);
    if (last) desk.drop();
    last = undefined;
    if (next && !begun) desk.drop();
    if (!next || !begun) continue;
    last = { delivery: begun, result: await hand(office, begun, next.composed) };
    if (last.result.serverProblem !== undefined) desk.pause();
  }
}

type Handed = { delivery: ClaimedDelivery; result: Result };

/** How the last one ended and that the next one begins are one transaction. Undefined when it may not go. */
async function turnTo(
  office: Office,
  last: Handed | undefined,
  next: Ready | undefined,
): Promise<ClaimedDelivery | undefined> {
  const { database, leaseMs, pauseMs, log } = office;
  const written = await write(office, async (tx) => {
    const isNewPause = last && (await writeResult(tx, database, { ...last, pauseMs }));
    const endsPause = last?.result.outcome.is === 'sent' && office.hadPause;
    if (endsPause) await endPause(tx);
    if (!next) return { isNewPause, endsPause, begun: undefined };
    const { papers, message } = next.composed;
    const fixed = { papers, subject: message.subject, leaseMs };
    return { isNewPause, endsPause, begun: await beginSending(tx, database, next.delivery, fixed) };
  });
  if (written?.isNewPause) log.warn({ problem: last?.result.serverProblem }, 'mail pauses');
  if (written?.endsPause) {
    office.hadPause = false;
    log.info({}, 'mail is taken again');
  }
  return written?.begun;
}

async function hand(
  { mailer }: Office,
  { email }: ClaimedDelivery,
  { message }: Composed,
): Promise<Result> {
  try {
    await mailer.send({ ...message, to: email });
    return { outcome: { is: 'sent' } };
  } catch (error) {
    return resultOf(error);
  }
}

/** What fails here is the database: whatever is in hand comes back when its lease is over. */
async function write<T>(office: Office, work: (tx: Tx) => Promise<T>): Promise<T | undefined> {
  const result = await attempt(office, () => office.database.transact(work));
  if (office.hasTrouble) await sleep(office.pollMs);
  return result;
}

async function attempt<T>(office: Office, work: () => Promise<T>): Promise<T | undefined> {
  try {
    const result = await work();
    office.hasTrouble = false;
    return result;
  } catch (error) {
    // Once, not at every try: a database that restarts is away for some seconds.
    if (!office.hasTrouble) office.log.warn({ err: error }, 'mail waits for the database');
    office.hasTrouble = true;
    return undefined;
  }
}
