// What each kind of file holds, as units for `importRecords`.
import type { Day } from '../base/calendar.ts';
import { AppError, messageOf } from '../base/errors.ts';
import {
  listedDayOf,
  parseDailyItem,
  parseDailyLine,
  parsePaperDetail,
  parseUnlistedItem,
} from './daily-list.ts';
import type { ImportUnit } from './import-records.ts';
import { parsePaperLine } from './paper-lines.ts';

type Lines = AsyncIterable<(string | undefined)[]>;

/** Papers, one JSON object a line. */
export async function* paperUnits(lines: Lines): AsyncGenerator<ImportUnit[]> {
  for await (const run of lines) yield run.map(paperUnit);
}

/**
 * Recorded answers of a daily-papers API, one JSON value a line, or one value over all lines. `day` is
 * the list's day where neither the line nor the item says it.
 */
export async function* dailyUnits(
  lines: Lines,
  origin: string,
  day: Day | undefined,
): AsyncGenerator<ImportUnit[]> {
  for await (const run of joinDocument(lines)) {
    // One day is up to a hundred papers of up to 263 kB: not all lines of a run at once.
    for (const line of run) yield [dailyUnit(line, origin, day)];
  }
}

/** A file that is one JSON value printed over many lines, as `curl | jq` leaves it, becomes one line. */
async function* joinDocument(lines: Lines): AsyncGenerator<(string | undefined)[]> {
  let isFirst = true;
  let document: string[] | undefined;
  let length = 0;
  for await (const run of lines) {
    if (isFirst) {
      const first = run.find((line) => line !== undefined && line.trim() !== '');
      if (first === undefined) continue;
      isFirst = false;
      if (/^\s*[[{]\s*$/.test(first)) document = [];
    }
    if (!document) {
      yield run;
      continue;
    }
    for (const line of run) {
      document.push(line ?? '');
      length += line?.length ?? 0;
      if (length > MAX_DOCUMENT) {
        throw new AppError(
          'invalid',
          'The file is one JSON value of more than 64 MiB: cut it into lines.',
        );
      }
    }
  }
  if (document) yield [document.join('\n')];
}

const MAX_DOCUMENT = 64 * 1024 * 1024;
const TOO_LONG = { reason: 'the line is longer than 16 MiB', text: '' };

function paperUnit(line: string | undefined): ImportUnit {
  if (line === undefined) return { records: [], rejected: [TOO_LONG] };
  if (line.trim() === '') return { records: [], rejected: [] };
  try {
    return { records: [{ record: parsePaperLine(JSON.parse(line)), raw: line }], rejected: [] };
  } catch (error) {
    return { records: [], rejected: [{ reason: messageOf(error), text: line }] };
  }
}

function dailyUnit(line: string | undefined, origin: string, day: Day | undefined): ImportUnit {
  if (line === undefined) return { records: [], rejected: [TOO_LONG] };
  if (line.trim() === '') return { records: [], rejected: [] };
  try {
    const answer = parseDailyLine(JSON.parse(line));
    if (answer.kind === 'day') return listUnit(answer.items, origin, answer.day);
    if (answer.kind === 'items') return listUnit(answer.items, origin, day);
    const detail = parsePaperDetail(answer.paper, origin);
    return { records: [{ ...detail, raw: line }], rejected: [] };
  } catch (error) {
    return { records: [], rejected: [{ reason: messageOf(error), text: line }] };
  }
}

/** The items of one list; a malformed one is rejected by itself. */
export function listUnit(items: unknown[], origin: string, day: Day | undefined): ImportUnit {
  const unit: ImportUnit = { records: [], rejected: [] };
  for (const item of items) {
    const raw = JSON.stringify(item);
    const listedOn = day ?? listedDayOf(item);
    try {
      if (listedOn) unit.records.push({ ...parseDailyItem(item, listedOn, origin), raw });
      else unit.records.push({ ...parseUnlistedItem(item, origin), raw });
    } catch (error) {
      unit.rejected.push({ reason: messageOf(error), text: raw });
    }
  }
  return unit;
}
