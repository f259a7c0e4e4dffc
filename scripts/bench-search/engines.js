// Everything that is measured. An engine is
//   name, and `index`, the name of the engine whose index it asks, when that is another;
//   isInMemory: its index lives in the process that built it;
//   maxPapers: more are not tried;
//   prepare(folder), if there is something to do before that is no indexing; it is not timed;
//   build(folder, batches): indexes batches of papers, resolves to { bytes } on the disk;
//   open(folder): a function for each kind of question that it can answer (questions.js), which gives
//     ids of papers, or what idsOf(answer) turns into ids afterwards; and close(). With vectors also
//     vectorRecall(questions), and request(address) where there are pages.
import { broadsheet } from './broadsheet.js';
import { fts5, fts5AllWords, fts5WithoutStopWords } from './fts5.js';
import { minisearch } from './minisearch.js';
import { orama } from './orama.js';

export const ENGINES = [broadsheet, fts5, fts5WithoutStopWords, fts5AllWords, minisearch, orama];
