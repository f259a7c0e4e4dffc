// Takes the pictures of the documentation, of the demo edition with invented people in it:
// npm run screenshots -- [--only day,paper] [--scheme light] [--width 1440]
// Writes docs/screenshots/PAGE-WIDTH-SCHEME.webp. Needs Chromium (CHROMIUM_PATH, or where Debian puts it).
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from './build.js';
import { main, ROOT, Stop } from './command.js';
import { findChromium } from './find-chromium.js';
import { PROGRAM } from './measure.js';

const FOLDER = path.join(ROOT, 'docs', 'screenshots');
/** Width and height of the window. */
const WINDOWS = [
  [390, 844],
  [768, 1024],
  [1440, 900],
];
const SCHEMES = ['light', 'dark'];
const QUALITY = 82;
const MAX_BYTES = 250_000;
const MAX_BYTES_IN_ALL = 6_000_000;

/** Where each page is; a function is given the browser's page and leads it there. */
const PAGES = [
  { name: 'day', at: '/papers' },
  { name: 'paper', at: openFirstPaper },
  { name: 'week', at: '/papers/week' },
  { name: 'archive', at: '/papers/archive' },
  { name: 'trending', at: '/papers/trending' },
  { name: 'search', at: '/papers?q=teaching+robots+by+watching+videos' },
  { name: 'about', at: '/about' },
  { name: 'sign-in', at: '/sign-in' },
  { name: 'submit', at: '/papers/submit', isSignedIn: true },
  { name: 'digests', at: '/settings/digests/new', isSignedIn: true },
  { name: 'moderation', at: '/moderation', isSignedIn: true },
  { name: 'first-run', at: '/admin/first-run?welcome', isSignedIn: true },
];

const children = new Set();

await main(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      scheme: { type: 'string' },
      width: { type: 'string' },
    },
  });
  const pages = PAGES.filter(({ name }) => isChosen(values.only, name));
  const windows = WINDOWS.filter(([width]) => isChosen(values.width, String(width)));
  const schemes = SCHEMES.filter((scheme) => isChosen(values.scheme, scheme));
  const executablePath = findChromium();
  if (!executablePath) throw new Stop('There is no Chromium: install it, or set CHROMIUM_PATH.');
  await build();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-screenshots-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const { staff } = JSON.parse((await run(folder, ['seed', '--living', '--json'])).at(-1));
    await run(folder, ['work', '--until-idle']);
    const { url, linkFor } = await serve(folder);
    const session = await signIn(browser, url, linkFor, staff[0].email);
    fs.mkdirSync(FOLDER, { recursive: true });
    for (const scheme of schemes) {
      for (const [width, height] of windows) {
        for (const storageState of [undefined, session]) {
          const context = await browser.newContext({
            viewport: { width, height },
            colorScheme: scheme,
            reducedMotion: 'reduce',
            ...(storageState ? { storageState } : {}),
          });
          const shown = pages.filter(({ isSignedIn }) => Boolean(isSignedIn) === !!storageState);
          for (const { name, at } of shown) {
            await shoot(context, url, at, `${name}-${width}-${scheme}.webp`);
          }
          await context.close();
        }
      }
    }
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  checkSizes();
});

function isChosen(list, name) {
  return list === undefined || list.split(',').includes(name);
}

function start(folder, args) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      BROADSHEET_DATA: folder,
      BROADSHEET_OFFLINE: 'true',
      BROADSHEET_PORT: '0',
      BROADSHEET_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  child.on('close', () => children.delete(child));
  child.stdout.setEncoding('utf8');
  return child;
}

/** Resolves to the lines that it printed. */
async function run(folder, args) {
  const child = start(folder, args);
  let output = '';
  const ended = new Promise((resolve) => child.on('close', resolve));
  for await (const text of child.stdout) output += text;
  const code = await ended;
  if (code !== 0) throw new Stop(`broadsheet ${args.join(' ')} ended with ${code}.`);
  return output.trim().split('\n');
}

/** The address, and what gives the last sign-in link that was printed for somebody. */
async function serve(folder) {
  const child = start(folder, ['serve']);
  let output = '';
  let look = () => {};
  child.stdout.on('data', (text) => {
    output += text;
    look();
  });
  const shows = (pattern) =>
    new Promise((resolve, reject) => {
      look = () => {
        const match = pattern.exec(output);
        if (match) resolve(match[1]);
      };
      child.once('close', () => reject(new Stop('The server ended by itself.')));
      look();
    });
  const url = await shows(/ is at (http:\S+)/);
  return { url, linkFor: (email) => shows(new RegExp(`Sign-in link for ${email}: (\\S+)`)) };
}

/** Resolves to the cookies of a browser in which that person is signed in. */
async function signIn(browser, url, linkFor, email) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.fill('input[name="email"]', email);
  await page.click('main button[type="submit"]');
  await page.goto(await linkFor(email));
  await page.click('main button[type="submit"]');
  await page.waitForLoadState();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function openFirstPaper(page, url) {
  await page.goto(`${url}/papers`);
  const href = await page.locator('main article a[href^="/papers/"]').first().getAttribute('href');
  return page.goto(url + href.replace(/[#?].*$/, ''));
}

async function shoot(context, url, at, file) {
  const page = await context.newPage();
  const answer = typeof at === 'function' ? await at(page, url) : await page.goto(url + at);
  if (answer.status() === 404) {
    console.log(`${file.padEnd(32)} there is no such page`);
  } else {
    await page.evaluate(() => document.fonts.ready);
    const client = await context.newCDPSession(page);
    const picture = { format: 'webp', quality: QUALITY, optimizeForSpeed: false };
    const { data } = await client.send('Page.captureScreenshot', picture);
    const bytes = Buffer.from(data, 'base64');
    fs.writeFileSync(path.join(FOLDER, file), bytes);
    console.log(`${file.padEnd(32)} ${String(Math.round(bytes.length / 1000)).padStart(4)} kB`);
  }
  await page.close();
}

/** They are part of the repository, so they must stay small. */
function checkSizes() {
  const sizes = fs
    .readdirSync(FOLDER)
    .map((file) => ({ file, bytes: fs.statSync(path.join(FOLDER, file)).size }));
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const large = sizes.filter(({ bytes }) => bytes > MAX_BYTES).map(({ file }) => file);
  console.log(`${sizes.length} pictures, ${(all / 1_000_000).toFixed(1)} MB`);
  if (large.length > 0) throw new Stop(`Larger than ${MAX_BYTES} bytes: ${large.join(', ')}.`);
  if (all > MAX_BYTES_IN_ALL) throw new Stop('Together they are larger than 6 MB.');
}
