// The text of a Daily Papers page as a browser saves or copies it. A card is a title, its abstract,
// a line `• N authors`, a line `·`, and a date with the number of comments behind it.
import { addDays, type Day, isDay, startOfDay } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import type { EditionItem, EditionRecord } from '../days/entry.ts';
import type { PaperRecord } from '../papers/paper.ts';
import { slugOf } from '../papers/paper-id.ts';

export type SavedPage = { edition: EditionRecord; records: PaperRecord[] };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE_LINE =
  /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (\d{1,2})(?:, ?(\d{4}))?(?:\s+(\d{1,6}))?$/;
const AUTHORS_LINE = /^[•·*]\s*(\d{1,5}) authors?$/;
const BYLINE = /^by\s?\S.{0,100}$/;
const HEADING_LINE = /^(?:\w+ )?papers$/i;
const MAX_TITLE = 300;
/** Shorter paragraphs are not taken for abstracts when a card has to be told from the next. */
const MIN_ABSTRACT = 200;
const SEPARATOR_LINE = /^[·•]$/;

/**
 * The papers of a saved page in its order, and the page as an edition of `day`. A date without a
 * year is of the page's year; one that would then be after the page is of the year before.
 * Throws `invalid` when the text holds no cards.
 */
export function parseSavedPage(text: string, day: Day): SavedPage {
  const lines = cleanText(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const records: PaperRecord[] = [];
  const items: EditionItem[] = [];
  const head = lines.findIndex((line) => DATE_LINE.test(line) && !isEndOfCard(lines, line));
  let body = lines.slice(head + 1);
  if (head < 0 || cardEnd(body) < 0) {
    body = lines.slice(lines.findIndex((line) => HEADING_LINE.test(line)) + 1);
    if (BYLINE.test(body[0] ?? '')) body = body.slice(1);
  }
  for (let end = cardEnd(body); end >= 0; end = cardEnd(body)) {
    for (const lines of splitCards(body.slice(0, end + 1))) {
      const card = parseCard(lines, day);
      records.push(card.record);
      items.push({ paperId: card.record.id, position: items.length + 1, comments: card.comments });
    }
    body = body.slice(end + 1);
  }
  if (records.length === 0) {
    throw new AppError(
      'invalid',
      'There are no papers in this text: save the whole page of a day as text, with titles, abstracts and the lines "• N authors" and "·".',
    );
  }
  const heading = lines.find((line) => HEADING_LINE.test(line)) ?? 'Daily Papers';
  const byline = lines.find((line) => BYLINE.test(line));
  return {
    records,
    edition: {
      slug: `${day}-page`,
      day,
      title: heading,
      ...(byline ? { byline: byline.replace(/^by(?=\S)/, 'by ') } : {}),
      items,
    },
  };
}

/** Whether the first line like this one stands where a card ends. */
function isEndOfCard(lines: string[], line: string): boolean {
  return SEPARATOR_LINE.test(lines[lines.indexOf(line) - 1] ?? '');
}

/** The index of the date line that ends the first card; -1 when there is none. */
function cardEnd(lines: string[]): number {
  return lines.findIndex(
    (line, index) =>
      index > 0 && DATE_LINE.test(line) && SEPARATOR_LINE.test(lines[index - 1] ?? ''),
  );
}

/** A card may lack its last three lines; then the next title, a short line after the abstract, ends it. */
function splitCards(lines: string[]): string[][] {
  const cards: string[][] = [];
  let card: string[] = [];
  lines.forEach((line, index) => {
    const next = lines[index + 1] ?? '';
    const isTitle =
      line.length <= MAX_TITLE &&
      !/[.:,;]$/.test(line) &&
      next.length > Math.max(line.length, MIN_ABSTRACT);
    if (card.length >= 2 && isTitle) {
      cards.push(card);
      card = [];
    }
    card.push(line);
  });
  return [...cards, card];
}

function parseCard(lines: string[], day: Day): { record: PaperRecord; comments: number } {
  const rest = lines.filter((line) => !SEPARATOR_LINE.test(line));
  const date = rest.length > 1 ? DATE_LINE.exec(rest.at(-1) as string) : null;
  if (date) rest.pop();
  const authors = rest.length > 1 ? AUTHORS_LINE.exec(rest.at(-1) as string) : null;
  if (authors) rest.pop();
  const title = oneLine(rest[0] as string);
  const abstract = rest.slice(1).join('\n\n');
  const publishedOn = date ? dateOf(date, day) : undefined;
  return {
    comments: Number(date?.[4] ?? 0),
    record: {
      id: `page:${slugOf(title)}`,
      source: 'page',
      title,
      ...(abstract ? { abstract } : {}),
      ...(authors ? { authorCount: Number(authors[1]) } : {}),
      ...(publishedOn ? { submittedAt: startOfDay(publishedOn) } : {}),
    },
  };
}

function dateOf(match: RegExpExecArray, day: Day): Day | undefined {
  const month = String(MONTHS.indexOf(match[1] as string) + 1).padStart(2, '0');
  const dayOfMonth = String(match[2]).padStart(2, '0');
  if (match[3]) {
    const full = `${match[3]}-${month}-${dayOfMonth}`;
    return isDay(full) ? full : undefined;
  }
  const year = Number(day.slice(0, 4));
  // A page may carry the date of the day after its own where clocks differ.
  const latest = addDays(day, 1);
  const candidates = [year, year - 1].map((y) => `${y}-${month}-${dayOfMonth}`).filter(isDay);
  return candidates.find((candidate) => candidate <= latest) ?? candidates[0];
}
