import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { aRunningCompany, OWNER } from './a-company.ts';
import { violationsOf } from './accessibility.ts';
import { goTo, openWindow, signIn } from './console-window.ts';
import { type ConsolePage, consolePages } from './pages.ts';

// Every page three times over, in a browser on a busy machine.
jest.setTimeout(300_000);

const company = aRunningCompany();
let pages: ConsolePage[];

beforeAll(async () => {
  pages = await consolePages(company.watched);
}, 180_000);

const appearances: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
];

describe.each(appearances)('every page, %s', (appearance, options) => {
  it('is accessible by all of axe-core’s rules, fits its window, and keeps to the security policy', async () => {
    const { page, complaints, close } = await openWindow(company.chromium, options);
    const found: string[] = [];
    try {
      await signIn(page, company.system.homeUrl, OWNER);
      for (const { name, path, heading } of pages) {
        await goTo(page, company.system.homeUrl, path, heading);
        const violations = await violationsOf(page);
        const wider = await page.evaluate<number>(OVERFLOW);
        found.push(...violations.map((violation) => `${name}: ${violation}`));
        if (wider > 0) found.push(`${name}: wider than its window by ${wider} px`);
        const folder = process.env['SCREENSHOTS'];
        if (folder) await page.screenshot({ path: `${folder}/${name}-${appearance}.png`, fullPage: true });
      }
    } finally {
      await close();
    }
    expect([...found, ...complaints]).toEqual([]);
  });
});

const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

it('a page with an image that says nothing is found by the same look', async () => {
  const { page, close } = await openWindow(company.chromium);
  await signIn(page, company.system.homeUrl, OWNER);
  await goTo(page, company.system.homeUrl, '', 'Overview');
  await page.evaluate("document.querySelector('main').append(new Image())");

  const violations = await violationsOf(page);

  expect(violations.join()).toContain('image-alt');
  await close();
});
