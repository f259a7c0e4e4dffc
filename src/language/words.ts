// Every text of the pages and mails, in the language of the instance. A language is one value of type `Words`:
// en/ is the catalogue that says which texts there are; another language is a file that is made like it, and a line
// in LANGUAGES. Texts with something in them are functions, so that each language has its own order and plurals.
import * as en from './en/en.ts';

export type Words = typeof en;

const LANGUAGES: Record<string, Words> = { en };

/** What BROADSHEET_LANGUAGE may be. */
export const LANGUAGE_TAGS = Object.keys(LANGUAGES);

/**
 * The texts of the language that was chosen last. They are read where they are used: what a module takes out of it
 * while it loads stays English.
 */
export const words: Words = { ...en };

/** Throws for a language that is not there. */
export function chooseLanguage(tag: string): void {
  const language = LANGUAGES[tag];
  if (!language) throw new Error(`There is no language ${tag}`);
  Object.assign(words, language);
}
