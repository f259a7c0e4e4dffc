// How a text becomes the words of the built-in embedder: the same when it learns and when it is used.
import { stemmer } from 'stemmer';

/** Names the rules of this file; a model made under others is refused. */
export const WORD_RULES = 'porter-1';

/** Longer runs are hashes, addresses or sequences; they carry no meaning that could be learned. */
const MAX_WORD_LENGTH = 40;

const STOP_WORDS = new Set(
  `a an and are as at be been but by can for from has have in into is it its no of on or our such
   that the their then there these they this to was we were which will with`.split(/\s+/),
);

/**
 * The runs of letters and digits of a text, lower-cased and without accents, in order; stop words
 * come as the empty string, so that what stood apart does not become neighbours.
 */
export function splitWords(text: string): string[] {
  const plain = foldText(text);
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at <= plain.length; at++) {
    if (at < plain.length && isWordCode(plain.charCodeAt(at))) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      if (at - start <= MAX_WORD_LENGTH) {
        const word = plain.slice(start, at);
        words.push(STOP_WORDS.has(word) ? '' : word);
      }
      start = -1;
    }
  }
  return words;
}

/** Porter's stem of a lower-cased word; words with other signs than a to z stay as they are. */
export function stemOf(word: string): string {
  return word.length > 2 && PLAIN_LETTERS.test(word) ? stemmer(word) : word;
}

const PLAIN_LETTERS = /^[a-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is anything beyond ASCII
const BEYOND_ASCII = /[^\u0000-\u007f]/;

function foldText(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return OTHER_LETTER.test(String.fromCharCode(code)) || (code >= 0xd800 && code <= 0xdfff);
}

const OTHER_LETTER = /[\p{L}\p{N}]/u;
