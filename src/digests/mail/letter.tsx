// A mail about a subscription itself, in both parts: some words, links to open, and some words more.
import { words } from '../../language/words.ts';
import { renderFramed } from './frame.tsx';
import type { MailedLink } from './mail.ts';
import { STYLES } from './mail-style.ts';

export type Letter = {
  instance: { name: string; url: string };
  subject: string;
  before: string[];
  links: MailedLink[];
  after: string[];
};

export function renderLetterText({ instance, before, links, after }: Letter): string {
  const opened = links.flatMap(({ url }) => ['', url]);
  return [...before, ...opened, '', ...after, '', instance.url, ''].join('\n');
}

export function renderLetterHtml({ instance, subject, before, links, after }: Letter): string {
  return renderFramed({
    instance,
    subject,
    preheader: before[0] ?? '',
    body: (
      <>
        {before.map((line) => (
          <p style={STYLES.letter}>{line}</p>
        ))}
        {links.map(({ label, url }) => (
          <>
            <p style={STYLES.action}>
              <a class="button" href={url} style={STYLES.button}>
                {label}
              </a>
            </p>
            <p class="soft" style={STYLES.address}>
              {words.mails.buttons.orCopy}
              <br />
              {url}
            </p>
          </>
        ))}
        {after.map((line) => (
          <p style={STYLES.letter}>{line}</p>
        ))}
      </>
    ),
    foot: [],
  });
}
