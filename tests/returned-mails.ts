// Messages as mail servers send them back, to an address and about a mail of ours.
export type About = { to: string; recipient?: string; returnPath?: string; unsubscribe?: string };

const ORIGINAL = ({ returnPath = '', unsubscribe = '' }: About) =>
  [
    `Return-Path: <${returnPath}>`,
    'From: Broadsheet <papers@papers.example.org>',
    'To: ada@example.org',
    'Subject: Daily papers',
    'Message-ID: <d.abc@papers.example.org>',
    ...(unsubscribe ? [`List-Unsubscribe: ${unsubscribe}`] : []),
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    '',
    'One paper.',
  ].join('\n');

function message(headers: string[], body: string): Buffer {
  return Buffer.from(`${headers.join('\n')}\n\n${body}\n`.replace(/\n/g, '\r\n'));
}

function report(about: About, type: string, part: string, partType: string): Buffer {
  const head = [
    'Return-Path: <>',
    'Received: from mx.example.org by mail.papers.example.org; Wed, 29 Oct 2025 07:00:03 +0000',
    'Date: Wed, 29 Oct 2025 07:00:03 +0000 (UTC)',
    'From: MAILER-DAEMON@mx.example.org (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    `To: ${about.to}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type};\n boundary="b/1"`,
    'Message-ID: <20251029070003.1@mx.example.org>',
  ];
  const body = [
    'This is a MIME-encapsulated message.',
    '',
    '--b/1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mx.example.org.',
    '',
    '--b/1',
    'Content-Description: Report',
    `Content-Type: ${partType}`,
    '',
    part,
    '',
    '--b/1',
    'Content-Description: Undelivered Message',
    'Content-Type: message/rfc822',
    '',
    ORIGINAL(about),
    '',
    '--b/1--',
  ];
  return message(head, body.join('\n'));
}

/** As Postfix writes them: RFC 3464. */
export function dsn(
  about: About,
  {
    action = 'failed',
    status = '5.1.1',
    words = 'smtp; 550 5.1.1 <ada@example.org>: no such user',
  },
): Buffer {
  const part = [
    'Reporting-MTA: dns; mx.example.org',
    'X-Postfix-Queue-ID: 4d0F1x2yZ3',
    'Arrival-Date: Wed, 29 Oct 2025 07:00:01 +0000 (UTC)',
    '',
    'Final-Recipient: rfc822; ada@elsewhere.org',
    'Original-Recipient: rfc822;ada@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    'Remote-MTA: dns; mx.elsewhere.org',
    `Diagnostic-Code: ${words.replace(/: /, ':\n    ')}`,
  ];
  return report(about, 'delivery-status', part.join('\n'), 'message/delivery-status');
}

/** As feedback loops write them: RFC 5965. */
export function complaint(about: About, { type = 'abuse', mailFrom = '' } = {}): Buffer {
  const part = [
    `Feedback-Type: ${type}`,
    'User-Agent: SomeGenerator/1.0',
    'Version: 1',
    ...(mailFrom ? [`Original-Mail-From: <${mailFrom}>`] : []),
    'Arrival-Date: Wed, 29 Oct 2025 07:00:01 +0000',
    'Source-IP: 192.0.2.1',
  ];
  return report(about, 'feedback-report', part.join('\n'), 'message/feedback-report');
}

/** As older servers write them: words only. */
export function plainBounce(about: About, subject = 'failure notice'): Buffer {
  const head = [
    `Delivered-To: ${about.to}`,
    'From: MAILER-DAEMON@mx.example.org',
    `To: undisclosed-recipients:;`,
    `Subject: ${subject}`,
    'Message-ID: <1@mx.example.org>',
  ];
  return message(
    head,
    "Hi. This is the mail program. I wasn't able to deliver:\n<ada@example.org>:\n550 5.1.1 no such user",
  );
}

export function vacation(about: About): Buffer {
  const head = [
    'From: Ada <ada@example.org>',
    `To: ${about.to}`,
    'Subject: Out of office: Daily papers',
    'Auto-Submitted: auto-replied (vacation)',
    'Message-ID: <2@mx.example.org>',
  ];
  return message(head, 'I am away, and could not be reached. Mail is returned to you.');
}

export function letter(about: About, { from = 'ada@example.org', id = '3' } = {}): Buffer {
  const head = [
    `From: ${from}`,
    `To: <${about.to}>`,
    'Subject: unsubscribe',
    `Message-ID: <${id}@mx.example.org>`,
  ];
  return message(head, 'This message was made by a mail program.');
}
