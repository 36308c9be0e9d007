import { learnerIdOf } from '@learnamp/learners';
import { createOrganisation, type Organisation } from '@learnamp/organisations';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { createBrowser, type World } from '../fixtures/world.ts';

export const NEW_TENANT_ID = '9e3f1c99-4b2d-4e7a-9fa0-2b8b5c3d4e03';
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** The claims of somebody who administers the tenant that they sign in to. */
export const administrator = {
  oid: 'd0000000-0000-4000-8000-00000000000d',
  name: 'Grace Hopper',
  wids: [GLOBAL_ADMINISTRATOR, 'b79fbf4d-3ef9-4689-8143-76b194e85509'],
};

/** An organisation without a tenant, and its Owner, signed in. */
export interface Newcomer {
  readonly organisation: Organisation;
  readonly home: string;
  readonly owner: Browser;
  readonly ownerId: string;
}

/** Signs the Owner in by a session of the gateway's own making: the organisation has no tenant, and no password is set. */
export async function aNewcomer(world: World, subdomain: string): Promise<Newcomer> {
  const { gateway } = world;
  const by = { actor: { kind: 'operator', id: 'a-test' }, at: new Date() } as const;
  const personId = `e0000000-0000-4000-8000-${subdomain
    .padEnd(12, '0')
    .slice(0, 12)
    .replace(/[^0-9a-f]/g, '1')}`;
  const ownerOf = (id: string) => learnerIdOf(id, 'microsoft', personId);
  const { organisationId, learnerId } = await createOrganisation(
    gateway.connection,
    { subdomain, name: subdomain, ownerOf },
    by,
  );
  await storeLearner(gateway, {
    organisationId,
    personId,
    name: 'Olga Owner',
    userPrincipalName: `olga@${subdomain}.example`,
  });
  const organisation = await gateway.organisations.findById(organisationId);
  if (!organisation) throw new Error('the organisation is gone');
  const home = `http://${subdomain}.localhost:${gateway.port}`;
  const owner = createBrowser();
  await signInByPassword(world, home, learnerId, owner);
  return { organisation, home, owner, ownerId: learnerId };
}

const PASSWORD = 'correct horse battery staple';

async function signInByPassword({ gateway }: World, home: string, learnerId: string, browser: Browser): Promise<void> {
  const { hashPassword } = await import('../../src/passwords/password-hash.ts');
  const learner = await gateway.models.learners.findById(learnerId).lean().orFail();
  const { organisationId } = learner;
  await gateway.models.passwords.create({
    _id: learnerId,
    organisationId,
    hash: await hashPassword(PASSWORD),
    setAt: new Date(),
  });
  const answer = await browser.post(`${home}/sign-in/password`, {
    email: learner.fields.email ?? '',
    password: PASSWORD,
  });
  if (answer.status !== 303) throw new Error(`signing in failed: ${answer.status}`);
}

/** Presses the button and gives the address of Microsoft's consent page. */
export async function beginConnecting({ home, owner }: Newcomer, consent = 'sign-in', browser = owner): Promise<URL> {
  const answer = await browser.post(`${home}/settings/microsoft/connect`, { consent });
  if (answer.status !== 303) throw new Error(`connecting did not begin: ${answer.status} ${answer.body}`);
  return new URL(answer.location);
}

/** What Microsoft answers to consent: the address that the browser is sent back to. */
export function consented(asked: URL, tenantId = NEW_TENANT_ID, more: Readonly<Record<string, string>> = {}): string {
  const state = asked.searchParams.get('state') ?? '';
  const answer = {
    admin_consent: 'True',
    tenant: tenantId,
    scope: asked.searchParams.get('scope') ?? '',
    state,
    ...more,
  };
  return `${asked.searchParams.get('redirect_uri') ?? ''}?${new URLSearchParams(answer).toString()}`;
}

/** Follows an answer home, in a browser; gives where it is sent from there. */
export async function comeHome(browser: Browser, callback: string): Promise<string> {
  const home = await browser.get(callback);
  return home.location === '' ? '' : (await browser.get(home.location)).location;
}

interface Connecting {
  readonly consent?: string;
  readonly tenantId?: string;
  readonly person?: Readonly<Record<string, unknown>>;
}

/** The whole way: consent, then a sign-in as `person`. Gives what came of it. */
export async function connect(
  world: World,
  newcomer: Newcomer,
  { consent = 'sign-in', tenantId = NEW_TENANT_ID, person = administrator }: Connecting = {},
): Promise<string> {
  const proof = await comeHome(newcomer.owner, consented(await beginConnecting(newcomer, consent), tenantId));
  if (!proof.startsWith(world.op.url)) return outcomeOf(proof);
  return outcomeOf(await comeHome(newcomer.owner, world.op.authorize(proof, { ...person })));
}

export const outcomeOf = (address: string) => new URL(address).searchParams.get('microsoft') ?? address;
