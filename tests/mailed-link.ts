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
  const before = mailsIn(outbox).length;
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a sign-in link' }).click();
  await page.getByRole('heading', { name: 'Look at the server’s terminal' }).waitFor();
  await expect
    .poll(() => mailsIn(outbox).length, { timeout: MAIL_TIMEOUT_MS })
    .toBeGreaterThan(before);
  const newest = mailsIn(outbox).at(-1) as string;
  const mail = await simpleParser(fs.readFileSync(path.join(outbox, newest)));
  const link = /http\S+\/sign-in\/link\S+/.exec(mail.text ?? '')?.[0] as string;
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

/** The oldest first. */
function mailsIn(outbox: string): string[] {
  if (!fs.existsSync(outbox)) return [];
  return fs
    .readdirSync(outbox)
    .filter((name) => name.endsWith('.eml'))
    .sort();
}
