// Fills in the time zone of the browser where a form would otherwise take the instance's.

const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll('[data-time-zone]')) {
  if (!zone) break;
  // The list may know the zone by an older name; the server understands both.
  const isMissing =
    field instanceof HTMLSelectElement && ![...field.options].some(({ value }) => value === zone);
  if (isMissing) field.append(new Option(zone, zone));
  field.value = zone;
}
