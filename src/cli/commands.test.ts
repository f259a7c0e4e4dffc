import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addCommands, GROUPS } from './commands.ts';

test.each(GROUPS)('$names are loaded alone by any of their names', async ({ names }) => {
  for (const name of names) {
    const program = new Command();
    await addCommands(program, name);
    expect(program.commands.map((command) => command.name())).toEqual(names);
  }
});

test.each([undefined, '--help', 'help', 'sevre'])('for %s there are all of them', async (name) => {
  const program = new Command();
  await addCommands(program, name);
  expect(program.commands.map((command) => command.name())).toEqual(
    GROUPS.flatMap(({ names }) => names),
  );
});
