import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { hold } from '../fixtures/hold.ts';
import { syncRequestsOf } from '../fixtures/sync-requests.ts';
import { type Acme, ada, inFreshWindow, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

const flora = 'd0000000-0000-4000-8000-000000000001';
const gus = 'd0000000-0000-4000-8000-000000000002';
let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
  const about = { organisationId: acme.organisation.id, heldSince: '2026-01-01T10:00:00Z' };
  await hold(acme.gateway, { ...about, personId: flora, name: 'Flora' });
  await hold(acme.gateway, { ...about, personId: gus, name: 'Gus' });
}, 120_000);

afterAll(() => acme.stop());

const requests = () => syncRequestsOf(acme.gateway);

it.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 360, height: 640 }],
])('an Owner approves one person by the keyboard alone, on a %s screen', async (_name, viewport) => {
  const before = (await requests()).length;
  await inFreshWindow(
    acme,
    async (page, complaints) => {
      // The first sign-in makes Ada Owner.
      await signInAs(acme, page, ada.name);
      const section = page.getByRole('region', { name: 'Waiting for your approval' });
      await section.getByText('2 people would be deactivated').waitFor();
      const scrolled = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(scrolled).toBe(0);

      await section.getByRole('checkbox', { name: 'Gus' }).focus();
      await page.keyboard.press('Space');
      await section.getByRole('button', { name: 'Approve selected' }).focus();
      await page.keyboard.press('Enter');

      await page.getByText('Your answer is noted.').waitFor();
      expect((await requests()).slice(before)).toMatchObject([{ mode: 'approve', personIds: [gus] }]);
      expect(complaints).toEqual([]);
      const folder = process.env['SCREENSHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/held-${viewport.width}.png`, fullPage: true });
    },
    { viewport },
  );
});
