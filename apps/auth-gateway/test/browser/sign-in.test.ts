import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DirectoryFile, type Emulator, startEmulator } from '@learnamp/entra-emulator';
import { openChromium, type OpenChromium, type RealMongo, startMongo, testCaDirectory } from '@learnamp/testkit';
import type { Page } from 'playwright-core';
import { storeLearner } from '../fixtures/a-learner.ts';
import { freePort } from '../fixtures/free-port.ts';
import { type Gateway, startGateway } from '../fixtures/gateway.ts';

const TENANT_ID = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';
const CLIENT_ID = '0b9c5e1a-7d43-4d0e-8f55-2f1c6f9e7a02';
const ada = { id: 'a0000000-0000-4000-8000-00000000000a', name: 'Ada Lovelace', upn: 'ada@acme.example' };
const mary = { id: 'b0000000-0000-4000-8000-00000000000b', name: 'Mary Somerville', upn: 'mary@acme.example' };
const eve = { id: 'c0000000-0000-4000-8000-00000000000c', name: 'Eve Outsider', upn: 'eve@acme.example' };

let mongo: RealMongo;
let chromium: OpenChromium;
let emulator: Emulator;
let gateway: Gateway;
let home: string;

beforeAll(async () => {
  const port = await freePort();
  const started = await Promise.all([startMongo(), openChromium(), startEmulator(emulatorOptions(port))]);
  [mongo, chromium, emulator] = started;
  gateway = await startGateway(mongo.uri(), {
    port,
    clientId: CLIENT_ID,
    authorityHost: emulator.authorityHost,
    notified: false,
  });
  home = `http://acme.localhost:${port}`;
  const { id } = await gateway.organisation({ tenantId: TENANT_ID, firstOwner: ada.upn.toUpperCase() });
  await storeLearner(gateway, { organisationId: id, personId: mary.id, name: mary.name, userPrincipalName: mary.upn });
  await storeLearner(gateway, {
    organisationId: id,
    personId: ada.id,
    name: ada.name,
    userPrincipalName: ada.upn,
    managerId: mary.id,
  });
}, 120_000);

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([mongo?.stop(), chromium?.close(), emulator?.stop()]);
});

function emulatorOptions(port: number) {
  const user = ({ id, name, upn }: typeof ada) => ({
    id,
    displayName: name,
    userPrincipalName: upn,
    accountEnabled: true,
    userType: 'Member',
  });
  const directory: DirectoryFile = {
    tenant: {
      id: TENANT_ID,
      displayName: 'Acme',
      verifiedDomains: [{ name: 'acme.example', isDefault: true }],
    },
    users: [ada, mary, eve].map(user),
    groups: [],
    applications: [
      {
        appId: CLIENT_ID,
        displayName: 'Learn Amp',
        passwordCredentials: [{ secretText: 'a-secret' }],
        web: {
          redirectUris: [`http://localhost:${port}/auth/callback`, `http://localhost:${port}/auth/signed-out`],
        },
        appRoles: [],
      },
    ],
  };
  return { directory, certificateDirectory: testCaDirectory() };
}

/** A window of its own, without anybody signed in. What the page logs as an error, and requests that fail, are kept. */
async function inFreshWindow(work: (page: Page, complaints: string[]) => Promise<void>): Promise<void> {
  const context = await chromium.browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await work(page, complaints).finally(() => context.close());
}

async function signInAs(page: Page, name: string): Promise<void> {
  await page.goto(`${home}/`);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await page.getByRole('button', { name, exact: true }).click();
}

describe('signing in with a browser', () => {
  it('leads from the home page by Microsoft to the own name, and out again', async () => {
    await inFreshWindow(async (page, complaints) => {
      await signInAs(page, mary.name);

      await page.getByRole('heading', { name: 'Hello, Mary Somerville' }).waitFor();
      expect(page.url()).toBe(`${home}/`);
      expect(await page.getByRole('heading', { name: 'Sync users' }).count()).toBe(0);

      await page.getByRole('button', { name: 'Sign out' }).click();

      await page.getByRole('status').getByText('You are signed out.').waitFor();
      await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
      expect(complaints).toEqual([]);
    });
  });
});
