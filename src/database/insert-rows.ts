/** SQLite takes 32,766 parameters a statement, PostgreSQL 65,535. */
const MAX_PARAMETERS = 16_000;

/**
 * Cuts rows of the same columns into runs that fit into one statement. Their lengths are powers of
 * two, so that the statements come again and are compiled once.
 */
export function* chunkedForInsert<T extends object>(rows: T[]): Generator<T[]> {
  const columns = Math.max(1, Object.keys(rows[0] ?? {}).length);
  let size = 2 ** Math.floor(Math.log2(MAX_PARAMETERS / columns));
  let start = 0;
  while (start < rows.length) {
    while (size > rows.length - start) size /= 2;
    yield rows.slice(start, start + size);
    start += size;
  }
}
