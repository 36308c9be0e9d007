import { type DirectoryFile, type Emulator, startEmulator } from '@learnamp/entra-emulator';
import type { Organisation } from '@learnamp/organisations';
import {
  freePort,
  openChromium,
  type OpenChromium,
  type RealMongo,
  startMongo,
  testCaDirectory,
} from '@learnamp/testkit';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { storeLearner } from '../fixtures/a-learner.ts';
import { type Gateway, startGateway } from '../fixtures/gateway.ts';

const TENANT_ID = '5c1d9a77-2f0b-4c58-9d8e-0f6f3f1b2a01';
const CLIENT_ID = '0b9c5e1a-7d43-4d0e-8f55-2f1c6f9e7a02';

export const ada = { id: 'a0000000-0000-4000-8000-00000000000a', name: 'Ada Lovelace', upn: 'ada@acme.example' };
export const mary = { id: 'b0000000-0000-4000-8000-00000000000b', name: 'Mary Somerville', upn: 'mary@acme.example' };
/** In the directory, but no learner. */
export const eve = { id: 'c0000000-0000-4000-8000-00000000000c', name: 'Eve Outsider', upn: 'eve@acme.example' };

/** A company with a directory, its home, and a browser. Ada is to be the first Owner; Mary is her manager. */
export interface Acme {
  readonly mongo: RealMongo;
  readonly chromium: OpenChromium;
  readonly emulator: Emulator;
  readonly gateway: Gateway;
  readonly organisation: Organisation;
  readonly home: string;
  stop(): Promise<void>;
}

export async function startAcme(): Promise<Acme> {
  const port = await freePort();
  const [mongo, chromium, emulator] = await Promise.all([
    startMongo(),
    openChromium(),
    startEmulator({ directory: directoryFor(port), certificateDirectory: testCaDirectory() }),
  ]);
  const { authorityHost } = emulator;
  const gateway = await startGateway(mongo.uri(), { port, clientId: CLIENT_ID, authorityHost, notified: false });
  const organisation = await gateway.organisation({ tenantId: TENANT_ID, firstOwner: ada.upn.toUpperCase() });
  await storePerson(gateway, organisation.id, mary);
  await storePerson(gateway, organisation.id, ada, { managerId: mary.id });
  return {
    mongo,
    chromium,
    emulator,
    gateway,
    organisation,
    home: `http://acme.localhost:${port}`,
    stop: async () => {
      await gateway.stop();
      await Promise.all([mongo.stop(), chromium.close(), emulator.stop()]);
    },
  };
}

function storePerson(gateway: Gateway, organisationId: string, { id, name, upn }: typeof ada, more = {}) {
  return storeLearner(gateway, { organisationId, personId: id, name, userPrincipalName: upn, ...more });
}

function directoryFor(port: number): DirectoryFile {
  const centralOrigin = `http://localhost:${port}`;
  return {
    tenant: { id: TENANT_ID, displayName: 'Acme', verifiedDomains: [{ name: 'acme.example', isDefault: true }] },
    users: [ada, mary, eve].map(({ id, name, upn }) => ({
      id,
      displayName: name,
      userPrincipalName: upn,
      accountEnabled: true,
      userType: 'Member',
    })),
    groups: [],
    applications: [
      {
        appId: CLIENT_ID,
        displayName: 'Learn Amp',
        passwordCredentials: [{ secretText: 'a-secret' }],
        web: {
          redirectUris: [`${centralOrigin}/auth/callback`, `${centralOrigin}/auth/signed-out`],
          logoutUrl: `${centralOrigin}/auth/front-channel-logout`,
        },
        appRoles: [],
        optionalClaims: { idToken: [{ name: 'sid' }, { name: 'login_hint' }] },
      },
    ],
  };
}

/** A window of its own, with nobody signed in. Collects what the browser complains about, such as a breach of the CSP. */
export async function inFreshWindow(
  { chromium }: Acme,
  work: (page: Page, complaints: string[]) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await chromium.browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await work(page, complaints).finally(() => context.close());
}

/** Signs in as people do: from the home page, by choosing an account at Microsoft. */
export async function signInAs({ home }: Acme, page: Page, name: string): Promise<void> {
  await page.goto(`${home}/`);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await page.getByRole('button', { name, exact: true }).click();
}
