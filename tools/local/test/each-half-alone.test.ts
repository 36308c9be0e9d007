import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DirectoryFile } from '@learnamp/entra-emulator';
import { learnerModel, runModel } from '@learnamp/learners';
import { createBrowser, openChromium, type OpenChromium } from '@learnamp/testkit';
import type { Page } from 'playwright-core';
import { eventually } from './system/eventually.ts';
import { type Installation, startInstallation } from './system/installation.ts';
import { acceptInvitation, invitationTo, makeOrganisation, PASSWORD } from './system/owner.ts';

// Each test is a whole journey in a browser, on a busy machine.
jest.setTimeout(300_000);

const names = ['Ada', 'Grace', 'Mary'] as const;
const idOf = (tenant: number, n: number) => `8b00000${tenant}-0000-4000-8000-00000000000${n}`;
const upnOf = (name: string, domain: string) => `${name.toLowerCase()}@${domain}`;

/** A tenant of three, with a group of the last two; the first administers it. */
const aTenant = (tenant: number, domain: string): DirectoryFile => ({
  tenant: { id: idOf(tenant, 0), displayName: domain, verifiedDomains: [{ name: domain, isDefault: true }] },
  users: names.map((name, n) => ({
    ...{ id: idOf(tenant, n + 1), displayName: `${name} of ${domain}`, userPrincipalName: upnOf(name, domain) },
    ...{ mail: upnOf(name, domain), accountEnabled: true, userType: 'Member' },
  })),
  groups: [
    {
      id: idOf(tenant, 9),
      displayName: 'Learners',
      members: [2, 3].map((n) => ({ '@odata.type': '#microsoft.graph.user', id: idOf(tenant, n) })),
    },
  ],
});

const SIGN_IN_ONLY = 'signin.example';
const PROVISIONING_ONLY = 'people.example';
let installation: Installation;
let chromium: OpenChromium;

beforeAll(async () => {
  const tenants = [aTenant(1, SIGN_IN_ONLY), aTenant(2, PROVISIONING_ONLY)];
  [installation, chromium] = await Promise.all([startInstallation(tenants), openChromium()]);
}, 180_000);

afterAll(async () => {
  await chromium.close();
  await installation.stop();
});

/** An organisation whose Owner has accepted the invitation and stands before its settings. */
async function ownerAtSettings(subdomain: string): Promise<Page> {
  const link = await makeOrganisation(installation, [subdomain, `The ${subdomain}`, `owner@${subdomain}.example`]);
  const page = await (await chromium.browser.newContext()).newPage();
  await acceptInvitation(page, link);
  await page.getByRole('link', { name: 'Settings' }).click();
  return page;
}

async function agree(page: Page, administrator: string): Promise<void> {
  await page.getByRole('button', { name: administrator, exact: true }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
}

/** The home page of an organisation for somebody who is not signed in. */
async function visitor(subdomain: string): Promise<Page> {
  const page = await (await chromium.browser.newContext()).newPage();
  await page.goto(`${installation.homeOf(subdomain)}/`);
  return page;
}

async function organisationId(subdomain: string): Promise<string> {
  const found = await installation.connection.collection('organisations').findOne({ subdomain });
  return String(found?._id);
}

describe('single sign-on without provisioning', () => {
  const people = [
    'Email;Name',
    ...names.slice(0, 2).map((name) => `${upnOf(name, SIGN_IN_ONLY)};${name} by hand`),
  ].join('\n');

  it('lets people sign in with Microsoft whom a list brought, and reads nothing of the directory', async () => {
    const owner = await ownerAtSettings('signin');
    await owner.getByRole('button', { name: 'Connect for signing in' }).click();
    await agree(owner, `Ada of ${SIGN_IN_ONLY}`);
    await owner.getByText('Connected: people sign in with Microsoft.').waitFor();
    await owner.goto(`${installation.homeOf('signin')}/imports`);
    await owner
      .getByLabel('CSV file')
      .setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(people) });
    await owner.getByRole('button', { name: 'Read the file' }).click();
    await owner.getByRole('button', { name: 'Import 2 people' }).click();
    await owner.getByText('The import has ended.').waitFor({ timeout: 60_000 });

    const grace = await visitor('signin');
    await grace.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await grace.getByRole('button', { name: `Grace of ${SIGN_IN_ONLY}`, exact: true }).click();
    await grace.getByRole('heading', { name: 'Hello, Grace by hand' }).waitFor();

    const id = await organisationId('signin');
    expect(await runModel(installation.connection).countDocuments({ organisationId: id })).toBe(0);
    expect(await learnerModel(installation.connection).countDocuments({ organisationId: id })).toBe(3);
  });

  it('refuses somebody of the tenant whom no list brought, and makes nobody a learner', async () => {
    const mary = await visitor('signin');
    await mary.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await mary.getByRole('button', { name: `Mary of ${SIGN_IN_ONLY}`, exact: true }).click();
    await mary.getByText('Reference').waitFor();

    await mary.goto(`${installation.homeOf('signin')}/`);
    await mary.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
    const id = await organisationId('signin');
    expect(await learnerModel(installation.connection).countDocuments({ organisationId: id })).toBe(3);
  });
});

describe('provisioning without single sign-on', () => {
  it('lets people of the group sign in with the password that their invitation lets them choose', async () => {
    const owner = await ownerAtSettings('people');
    await owner.getByRole('checkbox', { name: 'Sign in with Microsoft, once it is connected' }).uncheck();
    await owner.getByRole('button', { name: 'Save settings' }).click();
    await owner.getByText('Your settings are stored.').waitFor();
    await owner.getByRole('button', { name: 'Connect for provisioning' }).click();
    await agree(owner, `Ada of ${PROVISIONING_ONLY}`);
    await owner.getByText('Connected: Learn Amp may read your directory.').waitFor();
    await owner.getByLabel('Object ID of a group, or how its name begins').fill(idOf(2, 9));
    await owner.getByRole('button', { name: 'Look for the group' }).click();
    await owner.getByText('2 people altogether').waitFor();
    await owner.getByRole('button', { name: 'Provision the people of this group' }).click();
    await owner.getByText('The group is chosen.').waitFor();

    await owner.goto(`${installation.homeOf('people')}/`);
    await allSynced();
    await owner.reload();
    await owner.getByRole('button', { name: `Send: Grace of ${PROVISIONING_ONLY}` }).click();
    await owner.getByText('The invitations are on their way.').waitFor();

    const address = upnOf('Grace', PROVISIONING_ONLY);
    const grace = await (await chromium.browser.newContext()).newPage();
    await acceptInvitation(grace, await invitationTo(installation.connection, address));
    await grace.getByRole('button', { name: 'Sign out' }).click();
    await grace.getByLabel('Email').fill(address);
    await grace.getByLabel('Password').fill(PASSWORD);
    await grace.keyboard.press('Enter');
    await grace.getByRole('heading', { name: `Hello, Grace of ${PROVISIONING_ONLY}` }).waitFor();
  });

  it('offers Microsoft to nobody, on the page or behind it', async () => {
    const page = await visitor('people');
    await page.getByLabel('Email').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in with Microsoft' }).count()).toBe(0);

    const answer = await createBrowser().post(`${installation.homeOf('people')}/sign-in/microsoft`);
    expect([answer.status, answer.location]).toEqual([403, '']);
  });

  async function allSynced(): Promise<void> {
    const active = { organisationId: await organisationId('people'), active: true, 'sources.microsoft.active': true };
    await eventually(
      'both people of the group are learners',
      async () => ((await learnerModel(installation.connection).countDocuments(active)) === 2 ? true : undefined),
      120_000,
    );
  }
});
