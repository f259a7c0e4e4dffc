// Characters that are not seen but change what is: in a comment's source, and once more in what was
// made of it, because `&#x202e;` and percent signs bring them back.

const DROPPED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is dropped
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;
const HALF_CHARACTER = /\p{Surrogate}/gu;

/**
 * The text without control characters and without those that turn the direction of what follows, up
 * to other people's words; halves of characters become U+FFFD. Tabs and line ends stay.
 */
export function dropInvisible(text: string): string {
  return text.replace(DROPPED, '').replace(HALF_CHARACTER, '\ufffd');
}
