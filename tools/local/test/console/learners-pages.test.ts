import { describe, expect, it, jest } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { violationsOf } from './accessibility.ts';
import { aRunningCompany } from './a-company.ts';
import { openWindow, signIn } from './console-window.ts';

// A few pages, in a browser on a busy machine.
jest.setTimeout(120_000);

const company = aRunningCompany();

const open: readonly (readonly [string, string])[] = [
  ['home', '/'],
  ['forgotten', '/password/forgotten'],
  ['new-password', '/password/new'],
  ['invitation', '/invitation'],
];
const own: readonly (readonly [string, string])[] = [
  ['own-home', '/'],
  ['profile', '/profile'],
  ['sessions', '/sessions'],
  ['refused', '/admin'],
];

const appearances: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
];

describe.each(appearances)('the pages of learners and strangers, %s', (appearance, options) => {
  it('are accessible by all of axe-core’s rules, and fit their window', async () => {
    const { system, chromium } = company;
    const { page, close } = await openWindow(chromium, options);
    const found: string[] = [];
    const look = async (name: string, path: string) => {
      await page.goto(`${system.homeUrl}${path}`);
      found.push(...(await violationsOf(page)).map((violation) => `${name}: ${violation}`));
      const wider = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (wider > 0) found.push(`${name}: wider than its window by ${wider} px`);
      const folder = process.env['SCREENSHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/learner-${name}-${appearance}.png`, fullPage: true });
    };
    for (const [name, path] of open) await look(name, path);
    await signIn(page, system.homeUrl, 'Imogen Harbour');
    for (const [name, path] of own) await look(name, path);
    await close();
    expect(found).toEqual([]);
  });
});
