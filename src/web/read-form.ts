import { AppError, isAppError } from '../base/errors.ts';
import type { WebContext } from './site.ts';

/** What a form sent; files are not looked at. */
export type Fields = {
  /** The first of that name, or nothing. */
  text(name: string): string;
  texts(name: string): string[];
  has(name: string): boolean;
  names(): string[];
};

/** Throws `invalid` for what is no form. */
export async function readFields(c: WebContext): Promise<Fields> {
  const form = await c.req.formData().catch(() => {
    throw new AppError('invalid', 'The form could not be read: send it again.');
  });
  const texts = (name: string) =>
    form.getAll(name).filter((value): value is string => typeof value === 'string');
  return {
    texts,
    text: (name) => texts(name)[0] ?? '',
    has: (name) => form.has(name),
    names: () => [...form.keys()],
  };
}

/** What is wrong with which field, in the words of what reads it; empty where nothing is. */
export function problemsOf<Field extends string>(
  readers: Record<Field, () => unknown>,
): Partial<Record<Field, string>> {
  const problems: Partial<Record<Field, string>> = {};
  for (const field of Object.keys(readers) as Field[]) {
    try {
      readers[field]();
    } catch (error) {
      if (!isAppError(error, 'invalid')) throw error;
      problems[field] = error.message;
    }
  }
  return problems;
}

export function isWrong(problems: object): boolean {
  return Object.keys(problems).length > 0;
}

/** The same as an object, the first of each name. */
export async function fieldsOf(c: WebContext): Promise<Record<string, string | undefined>> {
  const { text, names } = await readFields(c);
  return Object.fromEntries(names().map((name) => [name, text(name)]));
}
