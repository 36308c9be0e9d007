import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { hashOf, newSecretToken } from '../../src/sessions/secret-token.ts';
import { anInvitation } from '../fixtures/an-invitation.ts';
import { type Acme, ada, inFreshWindow, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

const PASSWORD = 'correct horse battery staple';
let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
}, 120_000);

afterAll(() => acme.stop());

async function invite(): Promise<string> {
  const token = newSecretToken();
  const _id = learnerIdOf(acme.organisation.id, 'microsoft', ada.id);
  await acme.gateway.models.invitations.deleteMany({});
  const about = { _id, organisationId: acme.organisation.id, tokenHash: hashOf(token) };
  await acme.gateway.models.invitations.create(anInvitation(about));
  return `${acme.home}/invitation?token=${token}`;
}

it.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 360, height: 640 }],
])(
  'somebody who is invited chooses a password by the keyboard, on a %s screen, and comes back with it',
  async (_name, viewport) => {
    const link = await invite();
    await inFreshWindow(
      acme,
      async (page, complaints) => {
        await page.goto(link);
        expect(page.url()).toBe(`${acme.home}/invitation`);
        await page.getByLabel('Password', { exact: true }).focus();
        await page.keyboard.type('too short');
        await page.keyboard.press('Tab');
        await page.keyboard.type('too short');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').getByText('at least 15 characters').waitFor();
        const folder = process.env['SCREENSHOTS'];
        if (folder) await page.screenshot({ path: `${folder}/invitation-${viewport.width}.png`, fullPage: true });

        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.getByLabel('Password again').fill(PASSWORD);
        await page.getByRole('button', { name: 'Set password and sign in' }).click();
        await page.getByRole('heading', { name: `Hello, ${ada.name}` }).waitFor();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByText('You are signed out.').waitFor();

        await page.getByLabel('Email').fill(ada.upn);
        await page.getByLabel('Password').fill(PASSWORD);
        if (folder) await page.screenshot({ path: `${folder}/home-${viewport.width}.png`, fullPage: true });
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: `Hello, ${ada.name}` }).waitFor();
        const scrolled = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(scrolled).toBe(0);
        // The browser says so itself when a page is answered with 422.
        expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
      },
      { viewport },
    );
  },
);
