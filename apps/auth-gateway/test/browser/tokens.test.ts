import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { exchange } from '@learnamp/testkit';
import { type Acme, ada, inFreshWindow, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
}, 120_000);

afterAll(() => acme.stop());

it.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 360, height: 640 }],
])('an Owner makes a token and revokes it by the keyboard alone, on a %s screen', async (_name, viewport) => {
  await inFreshWindow(
    acme,
    async (page, complaints) => {
      const folder = process.env['SCREENSHOTS'];
      const shoot = async (name: string) => {
        if (folder) await page.screenshot({ path: `${folder}/tokens-${name}-${viewport.width}.png`, fullPage: true });
      };
      await signInAs(acme, page, ada.name);
      await page.getByRole('link', { name: 'Settings' }).press('Enter');
      await page.getByRole('link', { name: 'API tokens' }).press('Enter');
      await page.getByLabel('What is it for?').focus();
      await page.keyboard.type('Nightly report');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('Tick what the token is for.').waitFor();
      await shoot('refused');

      await page.getByRole('group', { name: 'What it may do' }).getByLabel('(settings:read)').press('Space');
      await page.getByLabel('(provisioning:decide)').press('Space');
      await page.getByLabel('How long it lives').press('Home');
      await page.getByRole('button', { name: 'Make a token' }).press('Enter');
      const shown = page.getByLabel('Token “Nightly report”');
      await shown.waitFor();
      const token = await shown.inputValue();
      await shoot('made');
      const headers = { host: new URL(acme.home).host, authorization: `Bearer ${token}` };
      expect((await exchange('GET', `${acme.home}/api/settings`, headers)).status).toBe(200);

      await page.getByRole('button', { name: 'Revoke: Nightly report' }).press('Enter');
      await page.getByRole('status').getByText('The token is revoked.').waitFor();
      expect((await exchange('GET', `${acme.home}/api/settings`, headers)).status).toBe(401);
      const scrolled = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      const real = complaints.filter((complaint) => !complaint.includes('status of 422'));
      expect([scrolled, real]).toEqual([0, []]);
    },
    { viewport },
  );
});
