/** `1,234`. A catalogue writes its own numbers, for formats.ts reads the catalogue. */
export function numeral(value: number): string {
  return value.toLocaleString('en');
}
