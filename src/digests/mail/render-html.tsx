// The HTML part of a mail. It loads nothing, works without its style element and is well-formed as XML.
import { html, raw } from 'hono/html';
import { words } from '../../language/words.ts';
import { directionOf } from '../issue-title.ts';
import type { Mail } from './mail.ts';
import { SHEET, STYLES } from './mail-style.ts';
import { renderBlock } from './paper-block.tsx';
import { factsOf } from './paper-facts.ts';

/** Outlook for Windows knows no greatest width: it gets a table. */
const OUTLOOK_OPENS =
  '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding:0 24px"><![endif]-->';
const OUTLOOK_CLOSES = '<!--[if mso]></td></tr></table><![endif]-->';
/** Outlook for Windows sets what it has no font for in Times. */
const OUTLOOK_FONT =
  '<!--[if mso]><style>body, div, p, h1, h2, a, b { font-family: Georgia, serif !important; }</style><![endif]-->';
/** Titles that stand beside the subject in the list of mails, after the one in the subject. */
const PREHEADER_TITLES = 3;

export function renderHtml(mail: Mail): string {
  const { instance, subject, byline, papers, more } = mail;
  const page = (
    <html lang={words.tag} dir={words.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <meta name="x-apple-disable-message-reformatting" />
        <title>{subject}</title>
        <style>{raw(SHEET)}</style>
        {raw(OUTLOOK_FONT)}
      </head>
      <body class="desk" style={STYLES.desk}>
        <div style={STYLES.preheader}>{preheaderOf(mail)}</div>
        <div class="around" style={STYLES.around}>
          {raw(OUTLOOK_OPENS)}
          {/* biome-ignore lint/a11y/useSemanticElements: mail programs drop elements that are newer than they */}
          <div class="sheet line" role="main" style={STYLES.sheet}>
            <div class="inner" style={STYLES.inner}>
              <p class="masthead line" style={STYLES.masthead}>
                <a class="ink" href={instance.url} style={STYLES.name}>
                  {instance.name}
                </a>
              </p>
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
                  <a class="link" href={more.url} style={STYLES.link}>
                    {more.label}
                  </a>
                </p>
              )}
            </div>
          </div>
          <Foot mail={mail} />
          {raw(OUTLOOK_CLOSES)}
        </div>
      </body>
    </html>
  );
  return `${html`<!DOCTYPE html>`}${page}`;
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

function Foot({ mail: { why, links } }: { mail: Mail }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div class="soft" role="contentinfo" style={STYLES.foot}>
      <p style={STYLES.footLine}>{why}</p>
      <p style={STYLES.footLine}>
        {links.map(({ label, url }, index) => (
          <>
            {index > 0 && ' · '}
            <a class="link" href={url} style={STYLES.link}>
              {label}
            </a>
          </>
        ))}
      </p>
    </div>
  );
}

function preheaderOf({ papers, instance }: Mail): string {
  return papers
    .slice(1, 1 + PREHEADER_TITLES)
    .map(({ paper }) => factsOf(paper, instance.url).title)
    .join(' · ');
}
