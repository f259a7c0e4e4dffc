// A message that came back to a return address: what it is, before anybody asks whether it is genuine.
import { createHash } from 'node:crypto';
import { type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import { oneLine, truncateText } from '../base/text.ts';
import { bounceKindOf } from './bounce-kind.ts';

export type ReturnedMail = {
  /** Whom it was sent to, as far as its headers tell. */
  recipients: string[];
  /** Return paths of the message that it is about. */
  about: string[];
  /** `List-Unsubscribe` of the message that it is about. */
  unsubscribe: string;
  kind: 'hard bounce' | 'soft bounce' | 'complaint' | 'auto-reply' | 'notice' | 'letter';
  /** In the other side's words. */
  detail: string;
  /** The same for the same message. */
  fingerprint: string;
};

/** More of a message is not looked at; what is said of a bounce stands at its beginning. */
export const MAX_READ_BYTES = 1024 * 1024;
const MAX_DETAIL = 300;
const RECIPIENT_HEADERS = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];
const MAX_RECIPIENTS = 20;

/** Never throws for what somebody sent: what cannot be read is a letter to nobody. */
export async function readReturned(raw: Buffer): Promise<ReturnedMail> {
  const bytes = raw.subarray(0, MAX_READ_BYTES);
  const mail = await simpleParser(bytes, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
  }).catch(() => undefined);
  const fingerprint = createHash('sha256')
    .update(mail?.messageId ?? bytes)
    .digest('hex')
    .slice(0, 32);
  if (!mail) return { ...NOTHING, fingerprint };
  const original = partOf(mail, /^(?:message\/rfc822|message\/global|text\/rfc822-headers)$/);
  const fields = original === '' ? new Map<string, string[]>() : readFields(original);
  const feedback = partOf(mail, /^message\/feedback-report$/);
  const report = feedback === '' ? undefined : readFields(feedback);
  return {
    recipients: recipientsOf(mail),
    about: [report?.get('original-mail-from'), fields.get('return-path')].flatMap(addressesIn),
    unsubscribe: fields.get('list-unsubscribe')?.join(', ') ?? '',
    ...(report ? complaintOf(report) : bounceOf(mail)),
    fingerprint,
  };
}

const NOTHING = {
  recipients: [],
  about: [],
  unsubscribe: '',
  kind: 'letter' as const,
  detail: '',
};

type Kind = Pick<ReturnedMail, 'kind' | 'detail'>;

/** RFC 5965. */
function complaintOf(report: Map<string, string[]>): Kind {
  const type = report.get('feedback-type')?.[0]?.toLowerCase() ?? '';
  const agent = report.get('user-agent')?.[0] ?? '';
  const detail = truncateText(oneLine(`${type} ${agent}`), MAX_DETAIL);
  return { kind: type === 'not-spam' ? 'notice' : 'complaint', detail };
}

function bounceOf(mail: ParsedMail): Kind {
  const status = partOf(mail, /^message\/(?:global-)?delivery-status$/);
  if (status !== '') return readStatus(status);
  const subject = oneLine(mail.subject ?? '');
  const text = oneLine(mail.text ?? '');
  const detail = truncateText(subject === '' ? text : subject, MAX_DETAIL);
  if (isFromMailer(mail)) {
    // Without a report nobody knows what is meant, so it counts as passing however it sounds.
    const isBounce = BOUNCED.test(`${subject} ${text.slice(0, 2_000)}`);
    const isDelay = /delay|warning|will (?:be )?re-?tr(?:y|ied)/i.test(subject);
    return { kind: isBounce && !isDelay ? 'soft bounce' : 'notice', detail };
  }
  return { kind: isAutomatic(mail) ? 'auto-reply' : 'letter', detail };
}

const BOUNCED =
  /undeliver|not (?:be )?delivered|delivery (?:status|has failed|failure|failed)|failure notice|returned|unbekannt|unzustellbar|mailbox (?:full|unavailable)|user unknown|no such user|could not be/i;

/** RFC 3464. Groups stand between empty lines, the first is about the message. */
function readStatus(text: string): Kind {
  const groups = text
    .replace(/\r\n/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(readFields);
  for (const group of groups) {
    const action = group.get('action')?.[0]?.toLowerCase() ?? '';
    if (action !== 'failed') continue;
    const status = group.get('status')?.[0] ?? '';
    const words = (group.get('diagnostic-code')?.[0] ?? '').replace(/^\s*smtp\s*;\s*/i, '');
    const detail = truncateText(oneLine(`${status} ${words}`), MAX_DETAIL);
    return { kind: `${bounceKindOf(status, words)} bounce`, detail };
  }
  const actions = groups.flatMap((group) => group.get('action') ?? []);
  return { kind: 'notice', detail: truncateText(oneLine(actions.join(', ')), MAX_DETAIL) };
}

function isFromMailer(mail: ParsedMail): boolean {
  if (mail.headers.has('x-failed-recipients')) return true;
  const from = mail.from?.value[0]?.address ?? '';
  return /^(?:mailer-daemon|postmaster|mail-?daemon|bounces?)(?:@|$)/i.test(from);
}

function isAutomatic(mail: ParsedMail): boolean {
  const submitted = headerText(mail, 'auto-submitted');
  if (submitted !== '' && !/^no\b/i.test(submitted)) return true;
  if (/^(?:auto[_-]?reply|bulk|junk)/i.test(headerText(mail, 'precedence'))) return true;
  const marks = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'];
  return marks.some((name) => mail.headers.has(name));
}

function recipientsOf(mail: ParsedMail): string[] {
  const named = [mail.to, mail.cc]
    .flat()
    .flatMap((list) => list?.value ?? [])
    .flatMap(({ address, group }) => [address, ...(group ?? []).map((one) => one.address)]);
  const delivered = RECIPIENT_HEADERS.flatMap((name) => addressesIn([headerText(mail, name)]));
  const all = [...delivered, ...named.filter((address) => address !== undefined)];
  return [...new Set(all)].slice(0, MAX_RECIPIENTS);
}

/** Unfolded, as text; several of one name behind each other. */
function headerText(mail: ParsedMail, name: string): string {
  return mail.headerLines
    .filter(({ key }) => key === name)
    .map(({ line }) => oneLine(line.slice(line.indexOf(':') + 1)))
    .join(', ');
}

function addressesIn(values: string[] | undefined): string[] {
  return (values ?? []).flatMap((value) => value.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? []);
}

function partOf(mail: ParsedMail, type: RegExp): string {
  const part = mail.attachments.find((one: Attachment) => type.test(one.contentType));
  return part ? part.content.toString('utf8') : '';
}

/** The header fields at the beginning of a text, unfolded, by their name in lower case. */
function readFields(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  const head = text.replace(/\r\n/g, '\n').replace(/^\n+/, '').split(/\n\n/)[0] ?? '';
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const at = line.indexOf(':');
    if (at <= 0) continue;
    const name = line.slice(0, at).trim().toLowerCase();
    const values = fields.get(name) ?? [];
    values.push(line.slice(at + 1).trim());
    fields.set(name, values);
  }
  return fields;
}
