// Fills in the time zone of the browser where a form would otherwise take the instance's.

for (const field of document.querySelectorAll('[data-time-zone]')) {
  if (field.type === 'hidden') field.form.addEventListener('formdata', fillIn(field));
  else choose(field);
}

/** Where nobody sees it, when the form is sent: to ask for the zone keeps a slow phone busy. */
function fillIn({ name }) {
  return ({ formData }) => {
    const zone = zoneOfBrowser();
    if (zone) formData.set(name, zone);
  };
}

async function choose(field) {
  await pause();
  const zone = zoneOfBrowser();
  if (!zone) return;
  await pause();
  // The list may know the zone by an older name; the server understands both.
  const isMissing =
    field instanceof HTMLSelectElement && ![...field.options].some(({ value }) => value === zone);
  if (isMissing) field.append(new Option(zone, zone));
  field.value = zone;
}

/** The browser may answer the reader before it goes on. */
function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

function zoneOfBrowser() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
