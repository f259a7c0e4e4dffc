// The site's type and colours (public/style.css) as mail programs take them: in each element, and for dark screens and
// phones in one style element, which some of them drop.

const PAPER = '#fcfbf8';
const DESK = '#f1eee6';
const INK = '#1c1c1a';
const SOFT = '#5f5d57';
const LINE = '#dedad0';
const ACCENT = '#1d4f91';
const MARK = '#9a3412';

/** Without quotes, which an attribute would spell out: Gmail cuts what is longer than 102 KB. */
const SERIF = 'Iowan Old Style,Palatino Linotype,Palatino,Georgia,serif';
const SANS = 'system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

export const STYLES = {
  desk: `margin:0;padding:0;background-color:${DESK};color:${INK};font-family:${SERIF};-webkit-text-size-adjust:100%`,
  preheader: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  around: 'padding:24px 12px',
  sheet: `max-width:600px;margin:0 auto;background-color:${PAPER};color:${INK};border:1px solid ${LINE};font-family:${SERIF};text-align:left`,
  inner: 'padding:28px 36px 30px',
  masthead: `margin:0;padding:0 0 14px;border-bottom:1px solid ${LINE};font-size:34px;line-height:1.15;font-weight:700;letter-spacing:-0.01em;text-align:center`,
  name: `color:${INK};text-decoration:none`,
  title: `margin:0;padding:14px 0 0;font-size:21px;line-height:1.3;font-weight:400;text-align:center`,
  byline: `margin:0;padding:3px 0 0;color:${SOFT};font-family:${SANS};font-size:13px;line-height:1.5;text-align:center`,
  rule: `margin:14px 0 0;border-top:3px double ${LINE};font-size:1px;line-height:1px`,
  paper: `margin:0;padding:22px 0 24px;border-bottom:1px solid ${LINE}`,
  brief: `margin:0;padding:12px 0 13px;border-bottom:1px solid ${LINE}`,
  briefHeading: 'margin:2px 0 0;font-size:17px;line-height:1.35;font-weight:700',
  kicker: `margin:0;color:${SOFT};font-family:${SANS};font-size:13px;line-height:1.5`,
  rank: `color:${MARK};font-weight:700`,
  lead: 'margin:5px 0 0;font-size:27px;line-height:1.22;font-weight:700;letter-spacing:-0.005em',
  heading: 'margin:4px 0 0;font-size:20px;line-height:1.3;font-weight:700',
  headline: `color:${INK};text-decoration:none`,
  authors: `margin:5px 0 0;color:${SOFT};font-size:15px;line-height:1.5;font-style:italic`,
  introduction: `margin:10px 0 0;padding:0 0 0 12px;border-left:3px solid ${MARK};font-size:16px;line-height:1.5;font-style:italic`,
  why: 'font-style:normal;font-weight:700',
  excerpt: 'margin:8px 0 0;font-size:16px;line-height:1.55',
  links: `margin:9px 0 0;font-family:${SANS};font-size:14px;line-height:1.7`,
  link: `color:${ACCENT};text-decoration:underline`,
  more: `margin:0;padding:20px 0 0;font-family:${SANS};font-size:15px;line-height:1.5;text-align:center`,
  foot: `max-width:600px;margin:0 auto;padding:18px 12px 8px;color:${SOFT};font-family:${SANS};font-size:13px;line-height:1.6;text-align:center`,
  footLine: 'margin:0 0 6px',
} as const;

/** Inline styles win over classes, but not over what is important. */
export const SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 620px) {
  .around { padding: 0 !important; }
  .sheet { border-width: 0 0 1px !important; }
  .inner { padding: 20px 18px 24px !important; }
  .masthead { font-size: 29px !important; }
  .title { font-size: 19px !important; }
  .lead { font-size: 24px !important; }
}
@media (prefers-color-scheme: dark) {
  .desk { background-color: #0f0f0e !important; }
  .sheet { background-color: #171716 !important; }
  .desk, .sheet, .ink { color: #e9e6df !important; }
  .soft { color: #a8a49a !important; }
  .line { border-color: #37352f !important; }
  .link { color: #8fb8f0 !important; }
  .mark { color: #f0a583 !important; }
  .quote { border-color: #f0a583 !important; }
}
`;
