// Lines out of a stream of bytes, without trust in their length.

const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * The lines in batches, without their ends; empty lines come too, so that they can be counted. A line
 * over 16 MiB comes as undefined. Throws what the stream throws.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<(string | undefined)[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let isFirst = true;
  const take = (last: Buffer): string | undefined => {
    const isTooLong = restBytes + last.length > MAX_LINE_BYTES;
    const line = isTooLong
      ? undefined
      : decodeUtf8(rest.length > 0 ? Buffer.concat([...rest, last]) : last, isFirst);
    rest = [];
    restBytes = 0;
    isFirst = false;
    return line;
  };
  for await (const chunk of chunks) {
    const lines: (string | undefined)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      lines.push(take(chunk.subarray(start, end)));
      start = end + 1;
    }
    const tail = chunk.subarray(start);
    restBytes += tail.length;
    // Beyond the limit only the length is kept.
    if (restBytes <= MAX_LINE_BYTES) rest.push(Buffer.from(tail));
    else rest = [];
    if (lines.length > 0) yield lines;
  }
  if (restBytes > 0) yield [take(Buffer.alloc(0))];
}

/** Text without a byte order mark and the carriage return of a line end. */
export function decodeUtf8(bytes: Buffer, mayHaveMark = true): string {
  const text = bytes.toString('utf8').replace(/\r$/, '');
  return mayHaveMark && text.startsWith('\ufeff') ? text.slice(1) : text;
}
