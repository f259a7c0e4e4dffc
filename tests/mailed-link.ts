// Signing in as people do, by the link that the instance mails. Without a mail server the mail is a file.
import fs from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A mail is composed and written after the page has answered. */
const MAIL_TIMEOUT_MS = 20_000;

/** `outbox` is the folder of the instance where its mails lie. */
export async function signInByMail(
  page: Page,
  { url, outbox }: { url: string; outbox: string },
  email: string,
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a sign-in link' }).click();
  await page.getByRole('heading', { name: 'Look at the server’s terminal' }).waitFor();
  const findLink = async () => (await mailsTo(outbox, email)).map(linkIn).findLast(Boolean);
  await expect.poll(findLink, { timeout: MAIL_TIMEOUT_MS }).toBeTruthy();
  const link = (await findLink()) as string;
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

/** Their texts, the oldest first. */
async function mailsTo(outbox: string, email: string): Promise<string[]> {
  if (!fs.existsSync(outbox)) return [];
  const names = fs.readdirSync(outbox).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    names.sort().map((name) => simpleParser(fs.readFileSync(path.join(outbox, name)))),
  );
  return mails
    .filter(({ to }) => [to].flat().some((one) => one?.text.includes(email)))
    .map(({ text }) => text ?? '');
}

function linkIn(text: string): string | undefined {
  return /http\S+\/sign-in\/link\S+/.exec(text)?.[0];
}
