/** The day until which somebody is suspended or banned; undefined where that lasts. */
export function endOfBar(until: string): string | undefined {
  return until.startsWith('9999') ? undefined : until.slice(0, 10);
}
