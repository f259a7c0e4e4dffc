import type { Command } from 'commander';
import { AppError } from '../base/errors.ts';
import { openEmbedder } from '../embeddings/open-embedder.ts';
import type { BuildProgress } from '../search/index/follow-papers.ts';
import { openKeeper } from '../search/index/keep-index.ts';
import { print, withApp, withExamples } from './command.ts';
import { createProgress } from './progress.ts';
import { stopSignal } from './stop-signal.ts';

export function addIndexCommand(program: Command): void {
  withExamples(
    program
      .command('index')
      .description('bring the search index up to date; a running server does it by itself')
      .option('--rebuild', 'make it anew beside the old one, and swap')
      .option('--json', 'print the result as JSON')
      .action(updateIndex),
    ['index', 'index --rebuild'],
  );
}

async function updateIndex(options: { rebuild?: boolean; json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const stopping = new AbortController();
    stopSignal().then((signal) => stopping.abort(new Interrupted(signal)));
    const embedder = await openEmbedder(app.config);
    const keeper = await openKeeper(
      { database: app.database, uri: app.config.search.uri },
      embedder,
      {
        signal: stopping.signal,
        onTrouble: (problem) => process.stderr.write(`${problem}\n`),
      },
    );
    if (!keeper) {
      throw new AppError(
        'conflict',
        'A running "broadsheet serve" or "broadsheet work" keeps this index up to date: stop it first, or leave it to it.',
      );
    }
    const progress = createProgress('Indexing', 'papers', options.json);
    try {
      if (keeper.reason !== undefined && !options.json) {
        process.stderr.write(`The index is made anew: ${keeper.reason}.\n`);
      }
      const onProgress = ({ papers, of, stage }: BuildProgress) =>
        progress.update(papers, stage === 'papers' ? (papers / of) * PAPERS_SHARE : PAPERS_SHARE);
      const isNew = await keeper.ensure({ isForced: options.rebuild ?? false, onProgress });
      const looked = await keeper.follow();
      await keeper.followVotes();
      while ((await keeper.fillVectors()) > 0);
      await keeper.compact();
      progress.stop();
      const papers = await keeper.countPapers();
      print(
        { papers, isNew, changed: looked, embedder: keeper.entry()?.embedder },
        [`The index holds ${papers.toLocaleString('en')} papers and is up to date.`],
        options.json,
      );
    } finally {
      progress.stop();
      await keeper.close();
      await embedder.close();
    }
  });
}

/** Of the time that a build takes, about so much goes into the papers; the rest into the indexes. */
const PAPERS_SHARE = 0.5;

class Interrupted extends AppError {
  constructor(signal: string) {
    super('unavailable', `Stopped by ${signal}: give the same command again and it goes on.`);
  }
}
