// The HTML part of an issue or an alert.
import { raw } from 'hono/html';
import { directionOf } from '../issue-title.ts';
import { renderFramed } from './frame.tsx';
import type { Mail, MailedLink } from './mail.ts';
import { STYLES } from './mail-style.ts';
import { renderBlock } from './paper-block.tsx';
import { factsOf } from './paper-facts.ts';

/** Titles that stand beside the subject in the list of mails, after the one in the subject. */
const PREHEADER_TITLES = 3;

export function renderHtml(mail: Mail): string {
  const { instance, subject, byline, papers, more, why, links } = mail;
  return renderFramed({
    instance,
    subject,
    preheader: preheaderOf(mail),
    body: (
      <>
        <Heading mail={mail} />
        {byline && (
          <p class="soft" style={STYLES.byline}>
            {byline}
          </p>
        )}
        <div class="line" style={STYLES.rule}></div>
        {papers.map(({ paper, via }, index) =>
          raw(renderBlock(paper, { rank: index + 1, via }, instance.url)),
        )}
        {more && (
          <p class="soft" style={STYLES.more}>
            <Link link={more} />
          </p>
        )}
      </>
    ),
    foot: [
      why,
      links.map((link, index) => (
        <>
          {index > 0 && ' · '}
          <Link link={link} />
        </>
      )),
    ],
  });
}

function Heading({ mail: { title, language } }: { mail: Mail }) {
  const { text, date } = title;
  const [before, after = ''] = date === undefined ? [text] : text.split(date);
  return (
    <h1 class="title" style={STYLES.title}>
      {before}
      {date !== undefined && (
        <bdi lang={language} dir={directionOf(language)}>
          {date}
        </bdi>
      )}
      {after}
    </h1>
  );
}

function Link({ link: { label, url } }: { link: MailedLink }) {
  return (
    <a class="link" href={url} style={STYLES.link}>
      {label}
    </a>
  );
}

function preheaderOf({ papers, instance }: Mail): string {
  return papers
    .slice(1, 1 + PREHEADER_TITLES)
    .map(({ paper }) => factsOf(paper, instance.url).title)
    .join(' · ');
}
