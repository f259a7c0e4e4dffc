import type { Command } from 'commander';
import { openApp } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { loadConfig, print, withExamples } from './command.ts';
import { loadDemoIfEmpty } from './demo.ts';
import { livingPeople } from './living/people.ts';
import { seedLiving } from './living/seed-living.ts';

export function addSeedCommand(program: Command): void {
  withExamples(
    program
      .command('seed')
      .description('fill an instance with invented people, votes and threads, to look at its pages')
      .option('--living', 'do it')
      .option('--force', 'do it although people have accounts here')
      .option('--json', 'print what was made as JSON')
      .action(seed),
    ['seed --living'],
  );
}

async function seed(options: { living?: boolean; force?: boolean; json?: boolean }): Promise<void> {
  if (!options.living) {
    throw new AppError('invalid', 'Write "broadsheet seed --living": there is no other kind.');
  }
  const app = await openApp(loadConfig());
  try {
    await loadDemoIfEmpty(app);
    const nowMs = Date.now();
    const report = await seedLiving(app.database, {
      today: app.today(),
      nowMs,
      isForced: options.force === true,
    });
    const staff = livingPeople(nowMs).slice(0, 6);
    const lines = [
      `${report.people} people, ${report.entries} papers on ${report.days} lists, ${report.votes} votes, ${report.comments} comments and ${report.reports} reports were made up.`,
      'Sign in as one of them; the server prints the link:',
      ...staff.map(({ email, role }) => `  ${email}  ${role}`),
    ];
    print(
      { ...report, staff: staff.map(({ email, role }) => ({ email, role })) },
      lines,
      options.json,
    );
  } finally {
    await app.close();
  }
}
