// In which languages the dates of a digest can be written.
import { words } from '../language/words.ts';

const TAGS = [
  ...['ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'et', 'eu', 'fa'],
  ...['fi', 'fr', 'gl', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nb'],
  ...['nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi'],
  ...['zh-Hans', 'zh-Hant'],
];

export const DEFAULT_LANGUAGE = 'en';

type Named = { tag: string; name: string };
const known = new Map<string, Named[]>();

/** Those that this Node.js knows, each with its name in the language of the instance, in the order of names. */
export function dateLanguages(): Named[] {
  const inLanguage = known.get(words.tag);
  if (inLanguage) return inLanguage;
  const names = new Intl.DisplayNames(words.tag, { type: 'language' });
  const languages = Intl.DateTimeFormat.supportedLocalesOf(TAGS)
    .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
    .sort((one, other) => one.name.localeCompare(other.name, words.tag));
  known.set(words.tag, languages);
  return languages;
}
