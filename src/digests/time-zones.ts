let known: string[] | undefined;

/** Names of the IANA database, in order, and UTC. */
export function timeZones(): string[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return known;
}

/**
 * The zone by the name that `timeZones` has for it: a browser may have a newer or an older one, such as
 * Asia/Kolkata for Asia/Calcutta. Undefined for what is no zone.
 */
export function findTimeZone(name: string): string | undefined {
  // Offsets such as +02:00 are zones to Intl, but know no summer time.
  if (!/^[A-Za-z][\w+/-]{0,60}$/.test(name)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZones().find((zone) => zone === name) ?? timeZone;
  } catch {
    return undefined;
  }
}
