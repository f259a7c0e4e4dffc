// Where the words of a text stand, and which of them are the same word.
import { splitWords, stemOf } from '../../embeddings/static/words.ts';
import { STOP_WORDS } from '../index/papers-table.ts';

/** Longer words are compared as they stand. */
const MAX_STEMMED_LENGTH = 40;
const MAX_REMEMBERED = 50_000;

const LETTER = /[\p{L}\p{N}]/u;
const MARK = /\p{M}/u;
/** Scripts without spaces: every character is a word, and a word of theirs a phrase. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The first and the next index of each word, two numbers a word. */
export function findWords(text: string): number[] {
  const bounds: number[] = [];
  let start = -1;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    let length = 1;
    let isPart: boolean;
    let isAlone = false;
    if (code < 128) isPart = isAsciiWord(code);
    else {
      const character = String.fromCodePoint(text.codePointAt(at) as number);
      length = character.length;
      // An accent belongs to the letter before it; emoji have such signs too.
      isPart = LETTER.test(character) || (start >= 0 && MARK.test(character));
      isAlone = isPart && UNSPACED.test(character);
    }
    if (start >= 0 && (!isPart || isAlone)) {
      bounds.push(start, at);
      start = -1;
    }
    if (isAlone) bounds.push(at, at + length);
    else if (isPart && start < 0) start = at;
    at += length;
  }
  if (start >= 0) bounds.push(start, text.length);
  return bounds;
}

function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

const stems = new Map<string, string>();

/** Two words with the same one are the same word: without case and accents, by Porter's stem. */
export function wordStem(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    const folded = foldWord(word);
    stem = folded.length <= MAX_STEMMED_LENGTH ? stemOf(folded) : folded;
    if (stems.size >= MAX_REMEMBERED) stems.clear();
    stems.set(word, stem);
  }
  return stem;
}

const NOT_SEARCHED = new Set(STOP_WORDS);

/** Whether the word is not looked for, or says too little to be marked on its own. */
export function isStopWord(word: string): boolean {
  return NOT_SEARCHED.has(word.toLowerCase()) || splitWords(word)[0] === '';
}

function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
