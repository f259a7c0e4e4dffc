/** The text of a key that stood in an address: one of `texts`, or none. */
export function findText(
  texts: Record<string, string>,
  key: string | undefined,
): string | undefined {
  return key !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined;
}
