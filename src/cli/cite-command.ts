import { type Command, InvalidArgumentError } from 'commander';
import { AppError } from '../base/errors.ts';
import { type CitationForm, FORMATS, renderCitations } from '../citations/formats.ts';
import { referenceOf } from '../citations/reference.ts';
import { STYLES } from '../citations/style/styles.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { withApp, withExamples } from './command.ts';

const MACHINE_FORMATS = FORMATS.filter((format) => format !== 'text');
const NAMES = [...MACHINE_FORMATS, ...STYLES.map(({ id }) => id)];

export function addCiteCommand(program: Command): void {
  withExamples(
    program
      .command('cite <id...>')
      .description('print how to cite papers, in the order given')
      .option('--format <name>', `one of ${NAMES.join(', ')}`, formArgument, formArgument('bibtex'))
      .action(cite),
    ['cite 1706.03762', 'cite 2510.24668 doi:10.1000/182 --format apa'],
  );
}

async function cite(ids: string[], { format }: { format: CitationForm }): Promise<void> {
  await withApp(async (app) => {
    const papers: Paper[] = [];
    for (const id of ids) {
      const found = await findPaper(app.database.read, id);
      if (!found) throw new AppError('not-found', `There is no paper ${id} here: import it first.`);
      papers.push(found.paper);
    }
    const url = app.config.url ?? `http://${app.config.host}:${app.config.port}`;
    const references = papers.map((paper) => referenceOf(paper, url));
    process.stdout.write(await renderCitations(references, format));
  });
}

function formArgument(text: string): CitationForm {
  const format = MACHINE_FORMATS.find((one) => one === text);
  if (format) return { format, style: 'apa' };
  const style = STYLES.find(({ id }) => id === text)?.id;
  if (style) return { format: 'text', style };
  throw new InvalidArgumentError(`Write one of ${NAMES.join(', ')}.`);
}
