import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseGroup } from '@learnamp/organisations';
import { aWorld, createBrowser, OTHER_TENANT_ID, type World } from '../fixtures/world.ts';
import {
  administrator,
  aNewcomer,
  beginConnecting,
  comeHome,
  connect,
  consented,
  NEW_TENANT_ID,
  type Newcomer,
  outcomeOf,
} from './an-administrator.ts';

let world: World;
let newcomer: Newcomer;
let other: Newcomer;

beforeAll(async () => {
  world = await aWorld();
  newcomer = await aNewcomer(world, 'initech');
  other = await aNewcomer(world, 'umbrella');
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  world.op.recipe = {};
  const both = { _id: { $in: [newcomer.organisation.id, other.organisation.id] } };
  await world.gateway.connection.collection('organisations').updateMany(both as object, { $set: { microsoft: null } });
});

const microsoftOf = async ({ organisation }: Newcomer) =>
  (await world.gateway.organisations.findById(organisation.id))?.microsoft ?? null;

/** Gives the address of the sign-in that proves the tenant. */
const proofOf = async (who: Newcomer, consent?: string) =>
  comeHome(who.owner, consented(await beginConnecting(who, consent)));

/** Begins by the API, at a page of the console. */
async function beginAt(returnTo: string): Promise<URL> {
  const wanted = { consent: 'sign-in', returnTo };
  const { body } = await newcomer.owner.post(`${newcomer.home}/api/microsoft/connections`, wanted);
  return new URL((JSON.parse(body) as { readonly location: string }).location);
}

describe('connecting a tenant', () => {
  it.each([
    ['sign-in', 'openid profile email'],
    ['provisioning', 'https://graph.microsoft.com/.default'],
  ])('for %s asks an administrator of any tenant for %s', async (consent, scope) => {
    const asked = await beginConnecting(newcomer, consent);

    expect(`${asked.origin}${asked.pathname}`).toBe(`${world.op.url}/organizations/v2.0/adminconsent`);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      scope,
      redirect_uri: `${world.central}/auth/callback`,
    });
  });

  it.each(['sign-in', 'provisioning'] as const)('for %s ends with the tenant of the administrator', async (consent) => {
    expect(await connect(world, newcomer, { consent })).toBe('connected');

    expect(await microsoftOf(newcomer)).toEqual({ tenantId: NEW_TENANT_ID, groupId: null, consents: [consent] });
  });

  it('does the second kind at the tenant that is connected', async () => {
    await connect(world, newcomer);

    const asked = await beginConnecting(newcomer, 'provisioning');
    expect(asked.pathname).toBe(`/${NEW_TENANT_ID}/v2.0/adminconsent`);
    expect(await connect(world, newcomer, { consent: 'provisioning' })).toBe('connected');

    expect((await microsoftOf(newcomer))?.consents).toEqual(['sign-in', 'provisioning']);
  });

  it.each(['/admin/setup', '/admin/microsoft'])('from %s comes back there', async (returnTo) => {
    const proof = await comeHome(newcomer.owner, consented(await beginAt(returnTo)));

    const end = await comeHome(newcomer.owner, world.op.authorize(proof, { ...administrator }));

    expect(end).toBe(`${newcomer.home}${returnTo}?microsoft=connected`);
  });

  it('from the console comes back there when it is declined, too', async () => {
    const declined = { error: 'access_denied' };
    const callback = consented(await beginAt('/admin/setup'), NEW_TENANT_ID, declined);

    expect(await comeHome(newcomer.owner, callback)).toBe(`${newcomer.home}/admin/setup?microsoft=declined`);
  });

  it.each(['https://evil.example/', '//evil.example', '/admin/people', '/admin/setup/../people', ''])(
    'comes back to no such place as "%s"',
    async (returnTo) => {
      const wanted = { consent: 'sign-in', returnTo };

      expect((await newcomer.owner.post(`${newcomer.home}/api/microsoft/connections`, wanted)).status).toBe(400);
    },
  );

  it('keeps no tenant in plain text, and logs none', async () => {
    const before = world.gateway.log.length;
    const proof = await proofOf(newcomer);
    const kept = JSON.stringify(await world.gateway.models.tenantClaims.find().lean());
    await world.gateway.models.tenantClaims.deleteMany({});

    expect(proof).toContain(NEW_TENANT_ID);
    expect(kept).toContain('proof');
    expect(kept).not.toContain(NEW_TENANT_ID);
    expect(JSON.stringify(world.gateway.log.slice(before))).not.toContain(NEW_TENANT_ID);
  });

  it('leaves nothing behind, and shows what is connected', async () => {
    await connect(world, newcomer);

    expect(await world.gateway.models.tenantClaims.countDocuments({ organisationId: newcomer.organisation.id })).toBe(
      0,
    );
    const { body } = await newcomer.owner.get(`${newcomer.home}/settings?microsoft=connected`);
    expect(body).toContain('Microsoft is connected.');
    expect(body).toContain('people sign in with Microsoft');
    expect(body).not.toContain(NEW_TENANT_ID);
    const api = await newcomer.owner.get(`${newcomer.home}/api/microsoft`);
    expect(JSON.parse(api.body)).toMatchObject({ connected: true, signIn: true, provisioning: false, groupId: null });
    expect(api.body).not.toContain(NEW_TENANT_ID);
  });
});

describe('connecting is refused', () => {
  const nobody = () => expect(microsoftOf(newcomer)).resolves.toBeNull();

  it.each([
    ['declined', { error: 'consent_required', error_description: 'AADSTS65004: no' }, 'declined'],
    [
      'asked of somebody who may not',
      { error: 'consent_required', error_description: 'AADSTS90094: no' },
      'consent-needs-administrator',
    ],
    ['answered with an error of Microsoft', { error: 'server_error' }, 'microsoft-unreachable'],
    ['answered with words that are no error code', { error: '<script>' }, undefined],
  ])('where consent is %s, though the answer has admin_consent and a tenant', async (_what, more, outcome) => {
    const callback = consented(await beginConnecting(newcomer), NEW_TENANT_ID, more);

    const end = await comeHome(newcomer.owner, callback);

    expect(end === '' ? undefined : outcomeOf(end)).toBe(outcome);
    await nobody();
  });

  it.each([
    ['is no administrator', { wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509'] }, 'not-an-administrator'],
    ['has roles that are not said', { wids: undefined }, 'roles-missing'],
    ['is of another tenant than the address said', { tid: OTHER_TENANT_ID }, 'token-refused'],
    ['comes from another issuer', { iss: `http://127.0.0.1/${NEW_TENANT_ID}/v2.0` }, 'token-refused'],
    ['has a token for two applications', { aud: ['another', '0b9c5e1a-7d43-4d0e-8f55-2f1c6f9e7a02'] }, 'token-refused'],
    ['is nobody', { oid: undefined }, 'token-refused'],
    ['has a token without a tenant', { tid: undefined }, 'token-refused'],
  ])('where the person who signed in %s', async (_what, claims, outcome) => {
    expect(await connect(world, newcomer, { person: { ...administrator, ...claims } })).toBe(outcome);

    await nobody();
  });

  it('where an application administrator connects for provisioning, which they may for signing in', async () => {
    const person = { ...administrator, wids: ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'] };

    expect(await connect(world, newcomer, { person, consent: 'provisioning' })).toBe('not-an-administrator');
    await nobody();
    expect(await connect(world, newcomer, { person })).toBe('connected');
  });

  it("where the tenant is another organisation's", async () => {
    await connect(world, other);

    expect(await connect(world, newcomer)).toBe('taken');
    await nobody();
  });

  it('where another tenant is connected already', async () => {
    await connect(world, newcomer);

    expect(await connect(world, newcomer, { tenantId: OTHER_TENANT_ID })).toBe('other-tenant');
    expect((await microsoftOf(newcomer))?.tenantId).toBe(NEW_TENANT_ID);
  });

  it("in another browser, at another organisation's home, and in another session, and is not used up there", async () => {
    const proof = await proofOf(newcomer);
    const handOver = (await createBrowser().get(world.op.authorize(proof, administrator))).location;

    expect((await createBrowser().get(handOver)).status).toBe(401);
    const elsewhere = handOver.replace(newcomer.home, other.home);
    expect(outcomeOf((await other.owner.get(elsewhere)).location)).toBe('lost');
    expect(await microsoftOf(other)).toBeNull();
    await nobody();

    expect(outcomeOf((await newcomer.owner.get(handOver)).location)).toBe('connected');
  });

  it('with the state or the answer of before', async () => {
    const asked = await beginConnecting(newcomer);
    await comeHome(newcomer.owner, consented(asked));
    const proof = await comeHome(newcomer.owner, consented(asked));
    expect(proof).toBe('');

    const callback = world.op.authorize(await proofOf(newcomer), administrator);
    const handOver = (await newcomer.owner.get(callback)).location;
    await newcomer.owner.get(handOver);
    expect(outcomeOf((await newcomer.owner.get(handOver)).location)).toBe('lost');
    expect((await newcomer.owner.get(callback)).location).not.toContain('handover');
  });

  it('with a code in place of consent, and with consent in place of a code', async () => {
    const asked = await beginConnecting(newcomer);
    const state = asked.searchParams.get('state') ?? '';
    expect(outcomeOf(await comeHome(newcomer.owner, `${world.central}/auth/callback?code=abc&state=${state}`))).toBe(
      'token-refused',
    );

    const proof = new URL(await proofOf(newcomer));
    expect(outcomeOf(await comeHome(newcomer.owner, consented(proof)))).toBe('token-refused');
    await nobody();
  });

  it('after ten minutes', async () => {
    const callback = consented(await beginConnecting(newcomer));
    world.gateway.wait(601);

    expect(await comeHome(newcomer.owner, callback)).toBe('');
  });

  it.each(['/settings/microsoft/connect', '/api/microsoft/connections'])(
    'at %s for a learner, for nobody, and from a page of another site',
    async (path) => {
      const form = { consent: 'sign-in' };
      const learner = createBrowser();
      await world.signIn(learner);

      expect((await createBrowser().post(`${newcomer.home}${path}`, form)).status).toBe(401);
      expect((await learner.post(`${world.home}${path}`, form)).status).toBe(403);
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      expect((await newcomer.owner.post(`${newcomer.home}${path}`, form, foreign)).status).toBe(403);
      expect((await newcomer.owner.post(`${newcomer.home}${path}`, { consent: 'everything' })).status).toBe(400);
    },
  );
});

describe('disconnecting', () => {
  it('says what it comes to, and then releases the tenant', async () => {
    await connect(world, newcomer);

    const { body } = await newcomer.owner.get(`${newcomer.home}/settings/microsoft/disconnect`);
    expect(body).toMatch(/All 1 active learners keep their accounts/);
    const answer = await newcomer.owner.post(`${newcomer.home}/settings/microsoft/disconnect`);

    expect(outcomeOf(answer.location)).toBe('disconnected');
    await expect(microsoftOf(newcomer)).resolves.toBeNull();
    expect(await connect(world, other)).toBe('connected');
  });
});

describe('choosing a group', () => {
  const group = { id: '6f1c9d2e-0000-4000-8000-000000000001', displayName: 'Learners', people: 3, nested: 0, tree: [] };
  const answered = async (answer: object = {}) => {
    const { id: organisationId } = newcomer.organisation;
    const { revision } = await world.gateway.organisations
      .findById(organisationId)
      .then((found) => found ?? { revision: 0 });
    const stored = {
      _id: `answer-${Math.random()}`,
      organisationId,
      at: new Date(),
      revision,
      question: 'group' as const,
      group,
      ...answer,
    };
    await world.gateway.models.directoryAnswers.create(stored);
    return stored._id;
  };
  const choose = (answerId: string, who = newcomer) =>
    who.owner.post(`${who.home}/settings/microsoft/group`, { answerId });

  it('takes one that the directory has shown', async () => {
    await connect(world, newcomer, { consent: 'provisioning' });

    expect(outcomeOf((await choose(await answered())).location)).toBe('group-chosen');
    expect((await microsoftOf(newcomer))?.groupId).toBe(group.id);
  });

  it.each([
    ['nobody has answered', 422, () => Promise.resolve('no-such-answer')],
    ['there is no such group', 422, () => answered({ group: null })],
    ['the answer is to another organisation', 422, () => answered({ organisationId: other.organisation.id })],
    ['the settings have changed since', 409, () => answered({ revision: 0 })],
  ])('takes none where %s', async (_what, status, answer) => {
    await connect(world, newcomer, { consent: 'provisioning' });

    expect((await choose(await answer())).status).toBe(status);
    expect((await microsoftOf(newcomer))?.groupId).toBeNull();
  });

  it('asks nothing and takes nothing without consent to provisioning', async () => {
    await connect(world, newcomer);

    expect((await choose(await answered())).status).toBe(409);
    const asked = await newcomer.owner.post(`${newcomer.home}/settings/microsoft/questions`, { about: group.id });
    expect(asked.status).toBe(409);
  });

  it('is needed no second time after the same is chosen', async () => {
    await connect(world, newcomer, { consent: 'provisioning' });
    const by = { actor: { kind: 'operator', id: 'a-test' }, at: new Date() } as const;
    await chooseGroup(world.gateway.connection, newcomer.organisation.id, group.id, by);
    const before = await microsoftOf(newcomer);

    await choose(await answered());

    expect(await microsoftOf(newcomer)).toEqual(before);
  });
});
