import type { OpenChromium } from '@learnamp/testkit';
import type { BrowserContextOptions, Page } from 'playwright-core';

/** A window with nobody signed in yet, and what the browser complains about, such as a breach of the security policy. */
export interface ConsoleWindow {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openWindow(
  { browser }: OpenChromium,
  options: BrowserContextOptions = {},
): Promise<ConsoleWindow> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints, close: () => context.close() };
}

/** Signs somebody of the sample company in, from the home page, as people do. */
export async function signIn(page: Page, homeUrl: string, name: string): Promise<void> {
  await page.goto(homeUrl);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await page.getByLabel('Search people').fill(name);
  await page.getByLabel('Search people').press('Enter');
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
}

/** Goes to a page of the console and waits until it shows what it is for. */
export async function goTo(page: Page, homeUrl: string, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${homeUrl}/admin${path}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await settled(page);
}

/** Nothing on the page is still being loaded. */
export const settled = (page: Page) => page.locator('.loading').first().waitFor({ state: 'detached' });
