import { type Browser, createBrowser } from '@learnamp/testkit';
import type { Stage } from '../stage/stage.ts';
import { administrator, begin, type Claimant, connect, consented, disconnect, goHome, toProof } from './claimant.ts';

/** Who attacks, and whose tenant they want: the victim administers it, and has connected nothing yet. */
export interface Scene {
  readonly stage: Stage;
  readonly attacker: Claimant;
  readonly victim: Claimant;
}

/** A way to a tenant that isn't one's own to connect. */
export interface Attack {
  readonly name: string;
  readonly play: (scene: Scene) => Promise<unknown>;
}

const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Signs in at the attacker's own tenant, or by a token that says something else. */
const asAdministrator =
  (claims: (scene: Scene) => Readonly<Record<string, unknown>>, consent?: string): Attack['play'] =>
  async (scene) => {
    const { stage, attacker } = scene;
    const proof = await toProof(attacker, attacker.tenantId, consent);
    return goHome(attacker.owner, stage.op.authorize(proof, { ...administrator(), ...claims(scene) }));
  };

const stateOf = (address: string) => new URL(address).searchParams.get('state') ?? '';

/** A proof of the attacker's own tenant in place of the victim's. */
const ofOwnTenant = ({ attacker, victim }: Scene, proof: string) => proof.replace(victim.tenantId, attacker.tenantId);

/** Where the browser is handed over to when the victim's own proof comes back. */
async function handOverOf({ stage, victim }: Scene, browser: Browser): Promise<string> {
  const proof = await toProof(victim);
  return (await browser.get(stage.op.authorize(proof, administrator()))).location;
}

function withCookieOf(browser: Browser, from: Browser, host: string): void {
  const cookie = from.cookies(host).get('__Host-connect');
  if (cookie !== undefined) browser.cookies(host).set('__Host-connect', cookie);
}

const hostOf = ({ company }: Claimant) => new URL(company.home).host;

export const attacks: readonly Attack[] = [
  {
    name: "another's tenant in the address, and nothing more",
    play: async ({ attacker, victim }) => toProof(attacker, victim.tenantId),
  },
  {
    name: "another's tenant in the address, and a sign-in at one's own",
    play: async (scene) => {
      const proof = await toProof(scene.attacker, scene.victim.tenantId);
      const callback = scene.stage.op.authorize(ofOwnTenant(scene, proof), administrator());
      return goHome(scene.attacker.owner, callback);
    },
  },
  {
    name: "another's tenant in the address of the second trip",
    play: async ({ attacker, victim }) =>
      goHome(attacker.owner, consented(await toProof(attacker), { tenant: victim.tenantId })),
  },
  {
    name: "another's tenant beside a code",
    play: async ({ stage, attacker, victim }) => {
      const callback = stage.op.authorize(await toProof(attacker), { ...administrator(), wids: [] });
      return goHome(attacker.owner, `${callback}&tenant=${victim.tenantId}&admin_consent=True`);
    },
  },
  { name: "tid of another's tenant", play: asAdministrator(({ victim }) => ({ tid: victim.tenantId })) },
  {
    name: "tid and issuer of another's tenant",
    play: asAdministrator(({ stage, victim }) => ({ tid: victim.tenantId, iss: stage.op.issuerOf(victim.tenantId) })),
  },
  { name: 'no tid', play: asAdministrator(() => ({ tid: undefined })) },
  { name: 'a token of another application', play: asAdministrator(() => ({ aud: 'another' })) },
  { name: 'a nonce of another sign-in', play: asAdministrator(() => ({ nonce: 'another' })) },
  {
    name: 'somebody who administers nothing',
    play: asAdministrator(() => ({ wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509'] })),
  },
  { name: 'somebody of whom no roles are told', play: asAdministrator(() => ({ wids: undefined })) },
  { name: 'roles that are no list', play: asAdministrator(() => ({ wids: '62e90394-69f5-4237-9190-012177145e10' })) },
  {
    name: 'an application administrator, for provisioning',
    play: asAdministrator(() => ({ wids: ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'] }), 'provisioning'),
  },
  {
    name: 'an error beside a tenant, and a sign-in all the same',
    play: async ({ stage, attacker }) => {
      const answer = { tenant: attacker.tenantId, error: 'consent_required', error_description: 'AADSTS65004' };
      const next = await goHome(attacker.owner, consented(await begin(attacker), answer));
      return next.startsWith(stage.op.url) && goHome(attacker.owner, stage.op.authorize(next, administrator()));
    },
  },
  {
    name: 'two tenants in one address',
    play: async ({ attacker, victim }) => {
      const callback = consented(await begin(attacker), { tenant: attacker.tenantId });
      return goHome(attacker.owner, `${callback}&tenant=${victim.tenantId}`);
    },
  },
  {
    name: 'a name in place of a tenant',
    play: async ({ attacker }) => goHome(attacker.owner, consented(await begin(attacker), { tenant: 'common' })),
  },
  {
    name: 'the tenant of personal accounts',
    play: async ({ stage, attacker }) => {
      const proof = await toProof(attacker, CONSUMERS);
      return goHome(attacker.owner, stage.op.authorize(proof, administrator()));
    },
  },
  {
    name: 'a code in place of consent',
    play: async ({ stage, attacker }) => {
      const asked = await begin(attacker);
      return goHome(attacker.owner, `${stage.central}/auth/callback?code=abc&state=${stateOf(asked)}`);
    },
  },
  {
    name: "the state of another organisation's claim",
    play: async (scene) => {
      const asked = await begin(scene.victim);
      return goHome(scene.attacker.owner, consented(asked, { tenant: scene.attacker.tenantId }));
    },
  },
  {
    name: "another organisation's answer, at one's own home",
    play: async (scene) => {
      const { attacker, victim } = scene;
      const handOver = await handOverOf(scene, attacker.owner);
      return attacker.owner.get(handOver.replace(victim.company.home, attacker.company.home));
    },
  },
  {
    name: "another organisation's answer and cookie, at one's own home",
    play: async (scene) => {
      const { attacker, victim } = scene;
      const handOver = await handOverOf(scene, victim.owner);
      const cookie = victim.owner.cookies(hostOf(victim)).get('__Host-connect') ?? '';
      attacker.owner.cookies(hostOf(attacker)).set('__Host-connect', cookie);
      return attacker.owner.get(handOver.replace(victim.company.home, attacker.company.home));
    },
  },
  {
    name: 'an answer in a browser without a session',
    play: async (scene) => {
      const browser = createBrowser();
      const handOver = await handOverOf(scene, browser);
      withCookieOf(browser, scene.victim.owner, hostOf(scene.victim));
      return browser.get(handOver);
    },
  },
  {
    name: "an answer and its cookie in another Owner's session of the same organisation",
    play: async (scene) => {
      const { victim } = scene;
      const browser = createBrowser();
      await anotherOwner(scene, browser);
      const handOver = await handOverOf(scene, browser);
      withCookieOf(browser, victim.owner, hostOf(victim));
      return browser.get(handOver);
    },
  },
  {
    name: 'a code that was redeemed before',
    play: async ({ stage, victim, attacker }) => {
      const callback = stage.op.authorize(await toProof(victim), administrator());
      await goHome(victim.owner, callback);
      await disconnect(victim);
      await goHome(victim.owner, callback);
      const { searchParams } = new URL(callback);
      searchParams.set('state', stateOf(await toProof(attacker, victim.tenantId)));
      return goHome(attacker.owner, `${stage.central}/auth/callback?${searchParams.toString()}`);
    },
  },
  {
    name: 'a tenant that is connected to another organisation',
    play: async ({ stage, victim, attacker }) => {
      await connect(stage, victim);
      await connect(stage, { ...attacker, tenantId: victim.tenantId });
      const isKept = (await stage.organisations.findById(victim.company.id))?.microsoft?.tenantId === victim.tenantId;
      if (!isKept) throw new Error('the victim has lost their tenant');
      await disconnect(victim);
    },
  },
];

/** Connected for signing in, so that another Owner can have a session, and let go of again. */
async function anotherOwner({ stage, victim }: Scene, browser: Browser): Promise<void> {
  const { company, owner, tenantId } = victim;
  const proof = await toProof(victim, tenantId, 'sign-in');
  await goHome(owner, stage.op.authorize(proof, administrator()));
  const person = await company.learner('Owner');
  await company.signIn(browser, { ...person });
  await disconnect(victim);
}
