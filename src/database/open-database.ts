import { AppError } from '../base/errors.ts';
import type { Database } from './database.ts';

/**
 * Opens `sqlite:FILE` (`sqlite::memory:` for a passing one) or `postgres://…`; does not migrate.
 * Throws `unavailable` with one sentence when it cannot be reached or written to.
 */
export async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(url.slice('sqlite:'.length));
  }
  if (/^postgres(ql)?:/.test(url)) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(url);
  }
  throw new AppError(
    'invalid',
    `"${url}" names no database: use sqlite:/path/to/file or postgres://….`,
  );
}
