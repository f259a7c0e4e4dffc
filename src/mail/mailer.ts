// Mail that leaves: one message to one address at a time.
import { AppError } from '../base/errors.ts';

export type MailMessage = {
  /** One address, without a name. */
  to: string;
  subject: string;
  text: string;
  /** The same as HTML, for those who like it better. */
  html?: string;
  /** Further ones, such as `Auto-Submitted`; none that the mailer writes itself. */
  headers?: Record<string, string>;
  /** With its angle brackets; made by the mailer unless it is given. */
  messageId?: string;
  /** Where bounces go, when not to whom the mail comes from. */
  returnPath?: string;
};

export type SentMail = {
  /** With its angle brackets, as it stands in the message. */
  messageId: string;
  /** Where the message was written to, when it was not sent. */
  file?: string;
};

export interface Mailer {
  kind: 'smtp' | 'outbox';
  /** Throws `invalid` for a message that cannot be one, and `MailFailure`. */
  send(message: MailMessage): Promise<SentMail>;
  /** Lets what is under way finish. */
  close(): void;
}

type FailureDetails = {
  about: 'server' | 'message' | 'recipient';
  mayHaveArrived: boolean;
  status: string | undefined;
};

/** The mail server did not take a message. The text names neither user nor password. */
export class MailFailure extends AppError {
  /** Whether the same message may well be taken later. */
  readonly isPassing: boolean;
  /** What was refused. `server`: it takes nothing from anyone as things are. */
  readonly about: FailureDetails['about'];
  /** The line broke while the message was under way: nobody knows whether the server has it. */
  readonly mayHaveArrived: boolean;
  /** RFC 3463's, such as `5.1.1`, where the server gave one. */
  readonly status: string | undefined;

  constructor(message: string, isPassing: boolean, details: Partial<FailureDetails> = {}) {
    // Without its cause: what servers and libraries say may hold what the server was told.
    super('unavailable', message);
    this.name = 'MailFailure';
    this.isPassing = isPassing;
    this.about = details.about ?? 'server';
    this.mayHaveArrived = details.mayHaveArrived ?? false;
    this.status = details.status;
  }
}
