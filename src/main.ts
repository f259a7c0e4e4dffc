import { Command, CommanderError } from 'commander';
import { isAppError } from './base/errors.ts';
import { VERSION } from './base/version.ts';
import { addCommands } from './cli/commands.ts';

/** 0: done. 1: it failed. 2: the command or a setting was written wrongly. */
const FAILED = 1;
const MISUSED = 2;

async function main(argv: string[]): Promise<void> {
  const program = new Command('broadsheet')
    .description(
      'Research papers by day: chosen by people, ranked by votes, served from your own machine.',
    )
    .version(VERSION)
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(add --help for what can be written)');
  await addCommands(program, argv[2]);
  inheritExit(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Commander's settings do not reach commands that were added with `command()` before they were made. */
function inheritExit(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride();
    inheritExit(child);
  }
}

/** Says what went wrong, and returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
  if (isAppError(error)) {
    process.stderr.write(`${error.message}\n`);
    return isAppError(error, 'invalid') ? MISUSED : FAILED;
  }
  const failure = explainSystemError(error);
  if (failure) {
    process.stderr.write(`${failure}\n`);
    return FAILED;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.stderr.write('This is a defect of Broadsheet: please report it with the lines above.\n');
  return FAILED;
}

/** What a person can mend although no part of the program foresaw it: disks and permissions. */
function explainSystemError(error: unknown): string | undefined {
  const { code = '', path = 'A file', message = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return 'The disk is full: make room and give the same command again.';
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) {
    return `${path} cannot be read or written (${message}): check the name and its permissions.`;
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return 'The database is locked by another process: look for an import or a backup that hangs.';
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CORRUPT') {
    return `The database cannot be read or written (${message}): look at the disk, and restore a backup with "broadsheet restore FILE --force".`;
  }
  return undefined;
}

// A reader such as `head` that has seen enough is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}

await main(process.argv);
