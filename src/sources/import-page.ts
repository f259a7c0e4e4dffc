// Takes in the text of a saved page: its papers, and the page itself as an edition.
import { type Day, startOfDay } from '../base/calendar.ts';
import type { Database } from '../database/database.ts';
import { saveEdition } from '../days/edition-store.ts';
import { saveEntries } from '../days/entry-store.ts';
import { savePapers } from '../papers/save-papers.ts';
import { emptyReport, type ImportReport } from './import-records.ts';
import { parseSavedPage } from './page-text.ts';

/** Comments counted on a saved page, which does not say more of where it was. */
const ORIGIN = 'page';

/** In one transaction. `isListed` puts the papers on the day's list as well. */
export async function importPage(
  database: Database,
  text: string,
  { day, isListed }: { day: Day; isListed: boolean },
): Promise<ImportReport & { edition: string }> {
  const { edition, records } = parseSavedPage(text, day);
  const papers = records.map((record, index) => ({
    record,
    raw: JSON.stringify(record),
    place: edition.items[index],
  }));
  return database.transact(async (tx) => {
    const outcomes = await savePapers(tx, papers);
    const keys = outcomes.map((outcome) => outcome.key);
    await saveEdition(
      tx,
      edition,
      edition.items.map((item, index) => ({
        paperKey: keys[index] as number,
        position: item.position,
        comments: item.comments ?? 0,
      })),
    );
    const report = { ...emptyReport(), read: records.length, edition: edition.slug };
    for (const { status } of outcomes) report[status]++;
    if (isListed) {
      const entries = papers.map(({ record, place }, index) => ({
        paperKey: keys[index] as number,
        entry: {
          day,
          paperId: record.id,
          origin: ORIGIN,
          publishedAt: record.submittedAt ?? startOfDay(day),
          votes: 0,
          comments: place?.comments ?? 0,
        },
      }));
      report.entries = await saveEntries(tx, entries);
    }
    return report;
  });
}
