import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type DirectoryFile, sampleCompany } from '@learnamp/entra-emulator';
import { learnerModel } from '@learnamp/learners';
import { openChromium, type OpenChromium } from '@learnamp/testkit';
import { expectedCounts } from '../oracle/expected-counts.ts';
import { eventually } from '../system/eventually.ts';
import { type Installation, startInstallation } from '../system/installation.ts';
import { acceptInvitation, makeOrganisation } from '../system/owner.ts';
import { openWindow } from './console-window.ts';

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
const administrator = String(
  customer.users.find(({ id }) => customer.directoryRoles?.[0]?.members.some((member) => member.id === id))
    ?.displayName,
);

it('an Owner goes from nothing to the first sync, step by step and by the keyboard alone', async () => {
  const link = await makeOrganisation(installation, ['harbour', 'Harbour & Finch', 'olga@elsewhere.example']);
  const { page, complaints, close } = await openWindow(chromium, { viewport: { width: 360, height: 740 } });
  await acceptInvitation(page, link);
  await page.getByRole('link', { name: 'Administration' }).press('Enter');
  await page.getByText('No tenant of Microsoft is connected yet.').waitFor();
  await page.getByRole('link', { name: 'Connect Microsoft' }).press('Enter');

  const onward = (step: string) => page.getByRole('link', { name: `Continue with ${step}` }).press('Enter');
  await page.getByRole('button', { name: 'Connect for provisioning' }).press('Enter');
  await page.getByRole('button', { name: administrator, exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Accept' }).press('Enter');
  await page.getByText('Microsoft is connected.').waitFor();

  await page.getByRole('button', { name: 'Check the permissions' }).press('Enter');
  await page.getByText('Everything that is needed is granted.').waitFor({ timeout: 60_000 });
  await onward('Group');

  await page.getByRole('button', { name: 'Wait until I go live' }).press('Enter');
  await page.getByText('Provisioning waits until you go live.').waitFor();
  await page.getByLabel('How the group’s name begins, or its Object ID').fill('Learn Amp');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /Learn Amp Users/u }).press('Enter');
  await page.getByText(`${expectedCounts(customer).members} people altogether`).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Provision the people of this group' }).press('Enter');
  await page.getByText('The group is chosen.').waitFor();
  for (const step of ['Mapping', 'Managers, photos, teams', 'Invitations', 'Preview']) await onward(step);

  await page.getByRole('button', { name: 'Make a preview' }).press('Enter');
  await page.getByRole('link', { name: 'Show it, person by person' }).waitFor({ timeout: 60_000 });
  await onward('Go live');

  await page.getByRole('button', { name: 'Go live' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Go live' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const { created } = expectedCounts(customer);
  await eventually(
    'everybody is there',
    async () => {
      const harbour = await installation.connection.collection('organisations').findOne({ subdomain: 'harbour' });
      const active = { organisationId: String(harbour?._id), active: true, 'sources.microsoft.active': true };
      return (await learnerModel(installation.connection).countDocuments(active)) === created ? true : undefined;
    },
    120_000,
  );
  expect(complaints).toEqual([]);
  await close();
});
