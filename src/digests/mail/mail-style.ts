// The site's type and colours (styles/tokens.css) as mail programs take them: sRGB, in each element, and for dark
// screens and phones in one style element, which some of them drop.

export const LIGHT = {
  paper: '#fcfbf8',
  raised: '#f6f3ef',
  ink: '#1d1a17',
  soft: '#5e5a53',
  line: '#dcd9d2',
  accent: '#194d8a',
  mark: '#95330f',
};
export const DARK: typeof LIGHT = {
  paper: '#171614',
  raised: '#201f1d',
  ink: '#e7e4de',
  soft: '#aeaaa2',
  line: '#3a3833',
  accent: '#93bef4',
  mark: '#f2a07c',
};
const { paper, raised, ink, soft, line, accent, mark } = LIGHT;

// Mail brings no letters along: who has Source Serif sees it. Names are few and without quotes, which an attribute spells
// out, where they stand in every block: Gmail cuts what is longer than 102 KB.
const SERIF = "'Source Serif 4',Georgia,Gelasio,serif";
const SANS = 'system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

export const STYLES = {
  desk: `margin:0;padding:0;background-color:${raised};color:${ink};font-family:${SERIF};-webkit-text-size-adjust:100%`,
  preheader: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  around: 'padding:24px 12px',
  sheet: `max-width:600px;margin:0 auto;background-color:${paper};color:${ink};border:1px solid ${line};font-family:${SERIF};text-align:left`,
  inner: 'padding:26px 36px 30px',
  masthead: `margin:0;padding:0 0 12px;border-bottom:3px double ${line};font-size:34px;line-height:1.15;font-weight:700;letter-spacing:-0.015em;text-align:center`,
  name: `color:${ink};text-decoration:none`,
  title: `margin:0;padding:14px 0 0;font-size:23px;line-height:1.25;font-weight:600;letter-spacing:-0.008em;text-align:center`,
  byline: `margin:0;padding:4px 0 0;color:${soft};font-family:${SANS};font-size:13px;line-height:1.5;text-align:center`,
  rule: `margin:14px 0 0;border-top:1px solid ${line};font-size:1px;line-height:1px`,
  paper: `margin:0;padding:20px 0 22px;border-bottom:1px solid ${line}`,
  brief: `margin:0;padding:12px 0 13px;border-bottom:1px solid ${line}`,
  briefHeading: 'margin:2px 0 0;font-size:17px;line-height:1.35;font-weight:600',
  kicker: `margin:0;color:${soft};font-family:${SANS};font-size:13px;line-height:1.5`,
  votes: `color:${mark};font-weight:600`,
  lead: 'margin:4px 0 0;font-size:28px;line-height:1.2;font-weight:650;letter-spacing:-0.012em',
  heading: 'margin:3px 0 0;font-size:21px;line-height:1.28;font-weight:650;letter-spacing:-0.008em',
  headline: `color:${ink};text-decoration:none`,
  authors: `margin:5px 0 0;color:${soft};font-family:${SANS};font-size:14px;line-height:1.5`,
  introduction: `margin:10px 0 0;padding:0 0 0 12px;border-left:3px solid ${line};font-size:17px;line-height:1.5;font-style:italic`,
  why: 'font-style:normal;font-weight:600',
  excerpt: 'margin:8px 0 0;font-size:17px;line-height:1.55',
  links: `margin:10px 0 0;color:${soft};font-family:${SANS};font-size:14px;line-height:1.7`,
  link: `color:${accent};text-decoration:underline`,
  more: `margin:0;padding:20px 0 0;font-family:${SANS};font-size:15px;line-height:1.5;text-align:center`,
  letter: 'margin:0;padding:18px 0 0;font-size:17px;line-height:1.55',
  action: 'margin:0;padding:22px 0 0;text-align:center',
  button: `display:inline-block;padding:10px 26px;border:1px solid ${accent};border-radius:4px;background-color:${accent};color:${paper};font-family:${SANS};font-size:16px;line-height:1.4;font-weight:600;text-decoration:none`,
  address: `margin:0;padding:14px 0 0;color:${soft};font-family:${SANS};font-size:13px;line-height:1.5;text-align:center;word-break:break-all`,
  foot: `max-width:600px;margin:0 auto;padding:18px 12px 8px;color:${soft};font-family:${SANS};font-size:13px;line-height:1.6;text-align:center`,
  footLine: 'margin:0 0 6px',
} as const;

/** Inline styles win over classes, but not over what is important. */
export const SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) {
  .around { padding: 0 !important; }
  .sheet { border-width: 0 0 1px !important; }
  .inner { padding: 18px 18px 24px !important; }
  .masthead { font-size: 29px !important; }
  .title { font-size: 19px !important; }
  .lead { font-size: 25px !important; }
}
@media (prefers-color-scheme: dark) {
  .desk, .sheet { background-color: ${DARK.paper} !important; }
  .desk, .sheet, .ink { color: ${DARK.ink} !important; }
  .soft { color: ${DARK.soft} !important; }
  .line { border-color: ${DARK.line} !important; }
  .link { color: ${DARK.accent} !important; }
  .mark { color: ${DARK.mark} !important; }
  .button { border-color: ${DARK.accent} !important; background-color: ${DARK.accent} !important; color: ${DARK.paper} !important; }
}
`;
