import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type DirectoryFile, sampleCompany } from '@learnamp/entra-emulator';
import { learnerModel } from '@learnamp/learners';
import { openChromium, type OpenChromium } from '@learnamp/testkit';
import type { Page } from 'playwright-core';
import { expectedCounts } from './oracle/expected-counts.ts';
import { eventually } from './system/eventually.ts';
import { type Installation, startInstallation } from './system/installation.ts';
import { acceptInvitation, makeOrganisation } from './system/owner.ts';

// Everything in one go, on a busy machine.
jest.setTimeout(300_000);

const customer: DirectoryFile = sampleCompany();
let installation: Installation;
let chromium: OpenChromium;

beforeAll(async () => {
  [installation, chromium] = await Promise.all([startInstallation([customer]), openChromium()]);
}, 180_000);

afterAll(async () => {
  await chromium.close();
  await installation.stop();
});

/** Somebody who administers the customer's tenant. */
const administrator = customer.users.find(({ id }) =>
  customer.directoryRoles?.[0]?.members.some((member) => member.id === id),
);

/** Nothing is wider than the window. */
const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function shot(page: Page, name: string): Promise<void> {
  expect(await overflow(page)).toBe(0);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

it('an operator makes an organisation, and its Owner connects a tenant, chooses the group and syncs the people', async () => {
  const link = await makeOrganisation(installation, ['harbour', 'Harbour & Finch', 'olga@elsewhere.example']);
  const context = await chromium.browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();

  await acceptInvitation(page, link);
  await page.getByRole('link', { name: 'Settings' }).press('Enter');
  await shot(page, 'microsoft-none');

  await page.getByRole('button', { name: 'Connect for signing in' }).press('Enter');
  await page.getByRole('button', { name: String(administrator?.displayName), exact: true }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Microsoft is connected.').waitFor();
  await page.getByText('Connected: people sign in with Microsoft.').waitFor();

  await page.getByRole('button', { name: 'Connect for provisioning' }).press('Enter');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Connected: Learn Amp may read your directory.').waitFor();
  await shot(page, 'microsoft-connected');

  await page.getByRole('button', { name: 'Check the permissions' }).press('Enter');
  await page.getByText('Everything that is needed is granted.').waitFor();
  await shot(page, 'microsoft-permissions');
  await page.getByRole('link', { name: 'Back to the settings' }).press('Enter');

  await page.getByLabel('Object ID of a group, or how its name begins').fill('Learn Amp');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Learn Amp Users' }).press('Enter');
  await page.getByRole('heading', { name: 'Learn Amp Users' }).waitFor();
  await page.getByText(`${expectedCounts(customer).members} people altogether`).waitFor();
  await shot(page, 'microsoft-group');
  await page.getByRole('button', { name: 'Provision the people of this group' }).press('Enter');
  await page.getByText('The group is chosen.').waitFor();

  await page.goto(`${installation.homeOf('harbour')}/`);
  await page.getByRole('button', { name: 'Sync users' }).press('Enter');
  const { id } = await organisation('harbour');
  const active = { organisationId: id, active: true, 'sources.microsoft.active': true };
  const { created } = expectedCounts(customer);
  await eventually(
    'everybody is there',
    async () => ((await learnerModel(installation.connection).countDocuments(active)) === created ? true : undefined),
    120_000,
  );
  await context.close();
});

async function organisation(subdomain: string) {
  const found = await installation.connection.collection('organisations').findOne({ subdomain });
  if (!found) throw new Error(`there is no organisation ${subdomain}`);
  return { id: String(found._id) };
}

it('one of its people signs in with Microsoft, and nobody of it is seen elsewhere', async () => {
  const context = await chromium.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${installation.homeOf('harbour')}/`);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await page.getByRole('button', { name: String(administrator?.displayName), exact: true }).click();
  await page.getByRole('heading', { name: `Hello, ${String(administrator?.displayName)}` }).waitFor();

  const own = await page.goto(`${installation.homeOf('own')}/settings`);
  const nobodys = await page.goto(`${installation.homeOf('nobody')}/`);
  expect([own?.status(), nobodys?.status()]).toEqual([401, 404]);
  await context.close();
});
