// What stands around the text of every mail in HTML. It loads nothing, works without its style element and is
// well-formed as XML.
import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { words } from '../../language/words.ts';
import { SHEET, STYLES } from './mail-style.ts';

/** Outlook for Windows knows no greatest width: it gets a table. */
const OUTLOOK_OPENS =
  '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding:0 24px"><![endif]-->';
const OUTLOOK_CLOSES = '<!--[if mso]></td></tr></table><![endif]-->';
/** Outlook for Windows sets what it has no font for in Times. */
const OUTLOOK_FONT =
  '<!--[if mso]><style>body, div, p, h1, h2, a, b { font-family: Georgia, serif !important; }</style><![endif]-->';

export type Framed = {
  instance: { name: string; url: string };
  subject: string;
  /** Stands beside the subject in lists of mails. */
  preheader: string;
  /** On the sheet, below the name. */
  body: Child;
  /** Below the sheet, a line each. */
  foot: Child[];
};

export function renderFramed({ instance, subject, preheader, body, foot }: Framed): string {
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
        <div style={STYLES.preheader}>{preheader}</div>
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
              {body}
            </div>
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div class="soft" role="contentinfo" style={STYLES.foot}>
            {foot.map((line) => (
              <p style={STYLES.footLine}>{line}</p>
            ))}
          </div>
          {raw(OUTLOOK_CLOSES)}
        </div>
      </body>
    </html>
  );
  return `${html`<!DOCTYPE html>`}${page}`;
}
