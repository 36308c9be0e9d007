import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type Acme, ada, inFreshWindow, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
}, 120_000);

afterAll(() => acme.stop());

it.each([
  ['wide', { width: 1280, height: 800 }, '20'],
  ['narrow', { width: 360, height: 640 }, '30'],
])('an Owner changes a limit by the keyboard alone, on a %s screen', async (_name, viewport, wanted) => {
  await inFreshWindow(
    acme,
    async (page, complaints) => {
      await signInAs(acme, page, ada.name);
      await page.getByRole('link', { name: 'Settings' }).press('Enter');
      const limits = page.getByRole('group', { name: 'Removals without approval' });
      await limits.getByLabel('But always up to so many people').focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(wanted);
      await page.keyboard.press('Enter');

      await page.getByText('Your settings are stored.').waitFor();
      await page.getByText(`provisioning.limits.removal.small:`).first().waitFor();
      const organisation = await acme.gateway.organisations.findById(acme.organisation.id);
      expect(organisation?.provisioning.limits.removal.small).toBe(Number(wanted));
      const scrolled = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([scrolled, complaints]).toEqual([0, []]);
      const folder = process.env['SCREENSHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/settings-${viewport.width}.png`, fullPage: true });
    },
    { viewport },
  );
});
