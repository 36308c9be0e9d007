import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type Acme, ada, eve, inFreshWindow, mary, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
}, 120_000);

afterAll(() => acme.stop());

/** Signs in in a window of its own, and gives the reference of the page where it ends, if it has one. */
async function triesAs(name: string): Promise<string> {
  let reference = '';
  await inFreshWindow(acme, async (page) => {
    await signInAs(acme, page, name);
    const text = await page.locator('main').innerText();
    [, reference = ''] = /Reference: (\S+)/.exec(text) ?? [];
  });
  return reference;
}

it.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 360, height: 640 }],
])('an Owner finds by a reference why somebody was refused, on a %s screen', async (name, viewport) => {
  const reference = await triesAs(eve.name);
  await triesAs(mary.name);
  const folder = process.env['SCREENSHOTS'];
  await inFreshWindow(
    acme,
    async (page, complaints) => {
      await signInAs(acme, page, ada.name);
      await page.getByRole('link', { name: 'Sign-ins' }).press('Enter');
      await page.getByRole('heading', { name: 'Sign-ins' }).waitFor();
      const rows = page.getByRole('row');
      expect(await rows.filter({ hasText: mary.name }).first().innerText()).toContain('Signed in');
      expect(await rows.filter({ hasText: reference }).innerText()).toContain('Refused: not a learner');
      if (folder) await page.screenshot({ path: `${folder}/sign-ins-${name}.png`, fullPage: true });

      await page.getByLabel('Reference').fill(reference.toLowerCase());
      await page.keyboard.press('Enter');

      await page.getByRole('heading', { name: `Sign-in ${reference}` }).waitFor();
      const outcomes = await page.getByRole('row').allInnerTexts();
      const at = outcomes.findIndex((text) => text.includes('refused'));
      expect(outcomes[at]).toContain('linked to that Object ID');
      expect(outcomes.slice(1, at).every((text) => text.includes('passed'))).toBe(true);
      expect(outcomes.slice(at + 1).every((text) => text.includes('not reached'))).toBe(true);
      if (folder) await page.screenshot({ path: `${folder}/sign-in-${name}.png`, fullPage: true });
      const scrolled = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([scrolled, complaints]).toEqual([0, []]);

      await page.goto(`${acme.home}/sign-ins?reference=nothing`);
      await page.getByRole('alert').getByText('There is no sign-in NOTHING').waitFor();
    },
    { viewport },
  );
});
