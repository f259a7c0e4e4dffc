// The commands, by the files that add them. A file is loaded when one of its commands is given: all of them together
// take a second to load.
import type { Command } from 'commander';

type Group = { names: string[]; add: (program: Command) => Promise<void> };

/** In the order of the help. */
export const GROUPS: Group[] = [
  {
    names: ['serve'],
    add: async (program) => (await import('./serve-command.ts')).addServeCommand(program),
  },
  {
    names: ['work'],
    add: async (program) => (await import('./work-command.ts')).addWorkCommand(program),
  },
  {
    names: ['import'],
    add: async (program) => {
      const { addImportCommands } = await import('./import-commands.ts');
      const { addArxivImports } = await import('./import-arxiv-commands.ts');
      addArxivImports(addImportCommands(program));
    },
  },
  {
    names: ['migrate', 'backup', 'restore', 'export', 'derive'],
    add: async (program) => (await import('./database-commands.ts')).addDatabaseCommands(program),
  },
  {
    names: ['search'],
    add: async (program) => (await import('./search-command.ts')).addSearchCommand(program),
  },
  {
    names: ['cite'],
    add: async (program) => (await import('./cite-command.ts')).addCiteCommand(program),
  },
  {
    names: ['index'],
    add: async (program) => (await import('./index-command.ts')).addIndexCommand(program),
  },
  {
    names: ['eval'],
    add: async (program) => (await import('./eval-command.ts')).addEvalCommand(program),
  },
  {
    names: ['model'],
    add: async (program) => (await import('./model-command.ts')).addModelCommand(program),
  },
  {
    names: ['settings'],
    add: async (program) => (await import('./settings-command.ts')).addSettingsCommand(program),
  },
  {
    names: ['user'],
    add: async (program) => (await import('./user-command.ts')).addUserCommand(program),
  },
  {
    names: ['channel'],
    add: async (program) => (await import('./channel-command.ts')).addChannelCommand(program),
  },
  {
    names: ['digest'],
    add: async (program) => {
      const { addDigestCommand } = await import('./digest-command.ts');
      const { addDigestSending } = await import('./digest-sending.ts');
      addDigestSending(addDigestCommand(program));
    },
  },
  {
    names: ['mail'],
    add: async (program) => (await import('./mail-command.ts')).addMailCommand(program),
  },
  {
    names: ['doctor'],
    add: async (program) => (await import('./doctor-command.ts')).addDoctorCommand(program),
  },
  {
    names: ['seed'],
    add: async (program) => (await import('./seed-command.ts')).addSeedCommand(program),
  },
];

/** Adds the command `name`, with its neighbours of one file; all of them where there is none of that name. */
export async function addCommands(program: Command, name: string | undefined): Promise<void> {
  const group = GROUPS.find(({ names }) => names.includes(name ?? ''));
  for (const { add } of group ? [group] : GROUPS) await add(program);
}
