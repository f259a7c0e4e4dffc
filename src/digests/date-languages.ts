// In which languages the dates of a digest can be written.

const TAGS = [
  ...['ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'et', 'eu', 'fa'],
  ...['fi', 'fr', 'gl', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nb'],
  ...['nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi'],
  ...['zh-Hans', 'zh-Hant'],
];

export const DEFAULT_LANGUAGE = 'en';

let known: { tag: string; name: string }[] | undefined;

/** Those that this Node.js knows, each with its name in English, in the order of names. */
export function dateLanguages(): { tag: string; name: string }[] {
  if (known) return known;
  const names = new Intl.DisplayNames('en', { type: 'language' });
  known = Intl.DateTimeFormat.supportedLocalesOf(TAGS)
    .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  return known;
}
