import fs from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that the journeys drive: CHROMIUM_PATH, else where Debian and others put it. */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  return (chosen ? [chosen] : PLACES).find((file) => fs.existsSync(file));
}
