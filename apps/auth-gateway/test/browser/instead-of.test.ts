import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { hashPassword } from '../../src/passwords/password-hash.ts';
import { type Acme, ada, inFreshWindow, mary, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

const PASSWORD = 'correct horse battery staple';
let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
  const { gateway, organisation } = acme;
  const maryId = learnerIdOf(organisation.id, 'microsoft', mary.id);
  await gateway.roles.grant(organisation.id, maryId, 'Owner');
  const about = { organisationId: organisation.id, hash: await hashPassword(PASSWORD), setAt: new Date() };
  await gateway.models.passwords.create({ _id: maryId, ...about });
}, 120_000);

afterAll(() => acme.stop());

it.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 360, height: 640 }],
])(
  'an Owner tests signing in, switches passwords off, and brings them back, on a %s screen',
  async (name, viewport) => {
    const folder = process.env['SCREENSHOTS'];
    await inFreshWindow(
      acme,
      async (page, complaints) => {
        const shoot = async (what: string) =>
          folder && page.screenshot({ path: `${folder}/instead-of-${what}-${name}.png`, fullPage: true });
        await signInAs(acme, page, ada.name);
        await page.getByRole('link', { name: 'Settings' }).click();
        await page.getByRole('button', { name: 'Test sign-in' }).press('Enter');
        await page.getByRole('button', { name: ada.name, exact: true }).click();
        await page.getByRole('status').getByText('Signing in with Microsoft works').waitFor();

        await page.getByLabel('Allow email and password beside Microsoft').uncheck();
        await page.getByLabel('Owner who may use a password in an emergency').selectOption({ label: mary.name });
        await shoot('settings');
        await page.getByRole('button', { name: 'Save settings' }).click();
        await page.getByText('Your settings are stored.').waitFor();
        await page.getByText('passwords.enabled: true → false').first().waitFor();

        await inFreshWindow(acme, async (visitor, theirComplaints) => {
          await visitor.setViewportSize(viewport);
          await visitor.goto(`${acme.home}/`);
          expect(await visitor.getByLabel('Password').count()).toBe(0);
          if (folder) await visitor.screenshot({ path: `${folder}/instead-of-home-${name}.png`, fullPage: true });
          await visitor.getByRole('link', { name: 'Emergency sign-in' }).press('Enter');
          await visitor.getByRole('heading', { name: 'Emergency sign-in' }).waitFor();
          if (folder) await visitor.screenshot({ path: `${folder}/instead-of-emergency-${name}.png`, fullPage: true });
          await visitor.getByLabel('Email').fill(mary.upn);
          await visitor.getByLabel('Password').fill(PASSWORD);
          await visitor.keyboard.press('Enter');
          await visitor.getByRole('heading', { name: `Hello, ${mary.name}` }).waitFor();
          expect(theirComplaints).toEqual([]);
        });

        await page.reload();
        await page.getByText('emergency sign-in').first().waitFor();
        await page.getByLabel('Sign in with Microsoft, once it is connected').uncheck();
        await page.getByRole('button', { name: 'Save settings' }).click();
        await page.getByText('passwords.enabled: false → true').first().waitFor();
        expect(await page.getByLabel('Allow email and password beside Microsoft').isChecked()).toBe(true);
        await page.getByLabel('Sign in with Microsoft, once it is connected').check();
        await page.getByRole('button', { name: 'Save settings' }).click();
        await page.getByText('Your settings are stored.').waitFor();
        const scrolled = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect([scrolled, complaints]).toEqual([0, []]);
      },
      { viewport },
    );
  },
);
