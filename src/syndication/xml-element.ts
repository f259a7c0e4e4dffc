// XML that is well-formed whatever the texts hold: https://www.w3.org/TR/xml/

export type XmlElement = { xml: string };
type Child = XmlElement | string | undefined | Child[];

/** What is undefined is left out, attributes and children alike. Names are the caller's business. */
export function element(
  name: string,
  attributes: Record<string, string | undefined>,
  ...children: Child[]
): XmlElement {
  const given = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeAttribute(value)}"`))
    .join('');
  const inner = children.map(renderChild).join('');
  return { xml: inner === '' ? `<${name}${given}/>` : `<${name}${given}>${inner}</${name}>` };
}

export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}

function renderChild(child: Child): string {
  if (child === undefined) return '';
  if (Array.isArray(child)) return child.map(renderChild).join('');
  return typeof child === 'string' ? escapeText(child) : child.xml;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escapeText(text: string): string {
  return xmlText(text).replace(/[&<>\r]/g, (sign) => ESCAPES[sign] as string);
}

function escapeAttribute(text: string): string {
  return xmlText(text).replace(/[&<>"\t\n\r]/g, (sign) => ESCAPES[sign] as string);
}

const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Without the characters that XML 1.0 has no way to write (production 2); half a pair becomes �. */
export function xmlText(text: string): string {
  return text.replace(UNWRITABLE, '').replace(/\p{Cs}/gu, '\ufffd');
}
