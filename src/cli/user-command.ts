import type { Command } from 'commander';
import { deletePerson, LEFTOVERS } from '../accounts/delete-person.ts';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { changeRole } from '../people/change-role.ts';
import { createPerson } from '../people/create-person.ts';
import { findPeople, findPersonByName } from '../people/find-people.ts';
import type { Person } from '../people/person.ts';
import { parseName } from '../people/profile.ts';
import { isRole, ROLES, type Role } from '../people/roles.ts';
import { print, withApp, withExamples } from './command.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;
/** No rule of addresses, but enough to catch what is none. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MAX_EMAIL = 254;

type Json = { json?: boolean };

export function addUserCommand(program: Command): void {
  const user = program.command('user').description('see people, and say what they may do');
  withExamples(user, [
    'user list',
    'user promote ada@example.org administrator',
    'user create ada@example.org',
  ]);
  withExamples(
    user
      .command('list [words]')
      .description(
        'people, the newest accounts first; with words, those whose name, handle or e-mail holds them',
      )
      .option('--role <role>', `only those of a role: ${ROLES.join(', ')}`)
      .option('--limit <number>', 'how many at most', String(DEFAULT_LIMIT))
      .option('--json', 'print them as JSON')
      .action(list),
    ['user list', 'user list lovelace --json', 'user list --role administrator'],
  );
  withExamples(
    user
      .command('show <handle-or-email>')
      .description('one person')
      .option('--json', 'print it as JSON')
      .action((name: string, { json }: Json) =>
        withApp(async (app) => {
          const person = await getPerson(app, name);
          print(present(person), describe(person), json);
        }),
      ),
    ['user show ada-lovelace'],
  );
  withExamples(
    user
      .command('promote <handle-or-email> <role>')
      .description(`give somebody a role: ${ROLES.join(', ')}`)
      .option('--json', 'print the person as JSON')
      .action(promote),
    ['user promote ada-lovelace moderator', 'user promote ada@example.org administrator'],
  );
  withExamples(
    user
      .command('create <email>')
      .description('make an account; its owner signs in with a link to that address')
      .option('--role <role>', `its role: ${ROLES.join(', ')}`, 'member')
      .option('--name <name>', 'how others call them')
      .option('--json', 'print the person as JSON')
      .action(create),
    ['user create ada@example.org --role editor --name "Ada Lovelace"'],
  );
  withExamples(
    user
      .command('delete <handle>')
      .description('delete an account for good, and all that tells whose it was')
      .option(
        '--comments <how>',
        `what becomes of their comments: ${LEFTOVERS.join(' or ')}`,
        'tombstones',
      )
      .option('--force', 'yes, delete it')
      .option('--json', 'print the result as JSON')
      .action(remove),
    ['user delete ada-lovelace --force', 'user delete ada-lovelace --comments anonymous --force'],
  );
}

async function list(
  words: string | undefined,
  options: Json & { role?: string; limit: string },
): Promise<void> {
  const role = options.role === undefined ? undefined : parseRole(options.role);
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new AppError(
      'invalid',
      `--limit is a number from 1 to ${MAX_LIMIT.toLocaleString('en')}.`,
    );
  }
  await withApp(async ({ database }) => {
    const found = await findPeople(database.read, { words: words ?? '', role, limit });
    const lines = found.people.map(
      ({ handle, role: its, email, name, joinedAt }) =>
        `${handle.padEnd(30)} ${its.padEnd(13)} ${joinedAt.slice(0, 10)}  ${email}  ${name}`,
    );
    if (lines.length === 0) lines.push('Nobody was found.');
    if (found.hasMore) lines.push(`… and more: give --limit, or words to look for.`);
    const { people, hasMore } = found;
    print({ people: people.map(present), hasMore }, lines, options.json);
  });
}

async function promote(name: string, roleName: string, { json }: Json): Promise<void> {
  const role = parseRole(roleName);
  await withApp(async (app) => {
    const { id } = await getPerson(app, name);
    await app.database.transact((tx) => changeRole(tx, { personId: id, role, by: undefined }));
    const person = await getPerson(app, name);
    print(present(person), [`${person.handle} is ${person.role} now.`], json);
  });
}

async function create(
  address: string,
  options: Json & { role: string; name?: string },
): Promise<void> {
  const role = parseRole(options.role);
  const email = address.trim().toLowerCase();
  if (!EMAIL.test(email) || email.length > MAX_EMAIL) {
    throw new AppError(
      'invalid',
      `"${address}" is no e-mail address: write one such as ada@example.org.`,
    );
  }
  const name = options.name === undefined ? undefined : parseName(options.name);
  await withApp(async (app) => {
    await app.database.transact((tx) => createPerson(tx, { email, role, name }));
    const person = await getPerson(app, email);
    const line = `Made ${person.handle} (${person.role}): ${email} can sign in with a link.`;
    print(present(person), [line], options.json);
  });
}

async function remove(
  name: string,
  options: Json & { comments: string; force?: boolean },
): Promise<void> {
  const comments = LEFTOVERS.find((one) => one === options.comments);
  if (!comments) throw new AppError('invalid', `--comments is ${LEFTOVERS.join(' or ')}.`);
  await withApp(async (app) => {
    const person = await getPerson(app, name);
    if (!options.force) {
      throw new AppError(
        'conflict',
        `This deletes ${person.handle} (${person.email}) for good: give --force if you mean it.`,
      );
    }
    await app.database.transact((tx) =>
      deletePerson(tx, { personId: person.id, comments, by: undefined }),
    );
    print({ deleted: person.handle, comments }, [`Deleted ${person.handle}.`], options.json);
  });
}

async function getPerson(app: App, name: string): Promise<Person> {
  const person = await findPersonByName(app.database.read, name);
  if (person) return person;
  throw new AppError(
    'not-found',
    `There is nobody called ${name} here: look with "broadsheet user list".`,
  );
}

function parseRole(text: string): Role {
  if (isRole(text)) return text;
  throw new AppError('invalid', `"${text}" is no role: choose one of ${ROLES.join(', ')}.`);
}

function present(person: Person) {
  const { id, handle, name, email, role, joinedAt, barred } = person;
  return { id, handle, name, email, role, joinedAt, ...(barred ? { barred } : {}) };
}

function describe(person: Person): string[] {
  return Object.entries(present(person)).map(
    ([name, value]) =>
      `${name}: ${typeof value === 'object' ? `${value.by} until ${value.until}` : value}`,
  );
}
