// XML as it arrives: the elements that are asked for, each as a small tree, while the rest of the
// document is still under way. Names are local names. Entities that a document declares itself are
// not expanded but are an error, so an answer cannot grow while it is read.
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { messageOf } from '../base/errors.ts';
import { SourceFailure } from './outside-request.ts';

export type XmlElement = {
  name: string;
  attributes: Record<string, string>;
  /** Of the element itself, without its children's. */
  text: string;
  children: XmlElement[];
};

const MAX_DEPTH = 60;

/**
 * Yields every outermost element with one of the names. Throws `SourceFailure` of kind `malformed`
 * when the text is not well-formed XML, is not UTF-8, or ends too early.
 */
export async function* readXml(
  chunks: AsyncIterable<Uint8Array>,
  names: readonly string[],
): AsyncGenerator<XmlElement> {
  const wanted = new Set(names);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let depth = 0;
  let ready: XmlElement[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    depth++;
    if (depth > MAX_DEPTH) throw new Error(`it is nested deeper than ${MAX_DEPTH} elements`);
    if (open.length === 0 && !wanted.has(tag.local)) return;
    const attributes: Record<string, string> = {};
    for (const attribute of Object.values(tag.attributes)) {
      attributes[attribute.local] = attribute.value;
    }
    open.push({ name: tag.local, attributes, text: '', children: [] });
  });
  const addText = (text: string) => {
    const current = open.at(-1);
    if (current) current.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    depth--;
    const closed = open.pop();
    if (!closed) return;
    const parent = open.at(-1);
    if (parent) parent.children.push(closed);
    else ready.push(closed);
  });
  try {
    for await (const chunk of chunks) {
      parser.write(decoder.decode(chunk, { stream: true }));
      if (ready.length === 0) continue;
      const elements = ready;
      ready = [];
      yield* elements;
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    // What the network or the reader threw is theirs.
    if (error instanceof SourceFailure || !isParserError(error)) throw error;
    throw new SourceFailure(
      'malformed',
      `The answer is not the XML it should be: ${messageOf(error)}.`,
      {
        cause: error,
      },
    );
  }
  yield* ready;
}

function isParserError(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  // saxes throws plain Errors ("1:5: …"); the decoder throws ERR_ENCODING_INVALID_ENCODED_DATA.
  return name === 'Error' || code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The child's text without white space around it; undefined where there is none. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  const text = childOf(element, name)?.text.trim();
  return text ? text : undefined;
}
