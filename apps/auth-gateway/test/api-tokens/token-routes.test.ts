import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { verifyAudit } from '@learnamp/organisations';
import { type Answer, type Browser, exchange } from '@learnamp/testkit';
import { storeLearner } from '../fixtures/a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
let world: World;
let owner: Browser;
let ownerId: string;

beforeAll(async () => {
  world = await aWorld();
  ownerId = learnerIdOf(world.acme.id, 'microsoft', ada.oid);
  await world.gateway.roles.grant(world.acme.id, ownerId, 'Owner');
  await storeLearner(world.gateway, { organisationId: world.acme.id, personId: grace.oid, name: grace.name });
  owner = createBrowser();
  await world.signIn(owner);
}, 120_000);

afterAll(() => world.stop());

beforeEach(() => world.gateway.models.apiTokens.deleteMany({}));

interface Made {
  readonly token: string;
  readonly about: { readonly id: string; readonly expiresAt: string };
}

async function make(scopes = ['settings:read'], more = {}): Promise<Made> {
  const answer = await owner.postJson(`${world.home}/api/tokens`, { name: 'Reporting', scopes, ...more });
  expect(answer.status).toBe(201);
  return JSON.parse(answer.body) as Made;
}

/** As a program sends it: without cookies, and without saying where it comes from. */
const call = (token: string, path = '/api/settings', method = 'GET', body?: object, home = world.home) =>
  exchange(
    method,
    home + path,
    {
      ...{ host: new URL(home).host, authorization: `Bearer ${token}` },
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    body && JSON.stringify(body),
  );

const codeOf = ({ status, body }: Answer) => [status, (JSON.parse(body) as { code?: string }).code];
const listed = async () =>
  (JSON.parse((await owner.get(`${world.home}/api/tokens`)).body) as { tokens: { lastUsedAt: string | null }[] })
    .tokens;

describe('a token', () => {
  it('lets a program do what it is for, in the name of its maker', async () => {
    const { token } = await make(['settings:read', 'settings:write']);
    const { revision } = JSON.parse((await call(token)).body) as { revision: number };

    const change = { revision, singleSignOn: { guests: true } };
    expect((await call(token, '/api/settings', 'PATCH', change)).status).toBe(204);

    const changes = await call(token, '/api/settings/changes');
    expect(JSON.parse(changes.body)).toMatchObject({
      changes: [{ who: 'Ada Lovelace, by an API token', changes: [{ path: 'singleSignOn.guests', new: true }] }, {}],
    });
    const log = JSON.parse((await call(token, '/api/audit-log')).body) as { items: { who: string }[] };
    expect(log.items[0]?.who).toBe('Ada Lovelace, by an API token');
    expect(await verifyAudit(world.gateway.connection, world.acme.id)).toMatchObject({ problem: null });
  });

  it('is refused where its scope does not cover the route', async () => {
    const { token } = await make(['settings:read']);

    const answer = await call(token, '/api/sync-runs', 'POST', { mode: 'full' });

    expect(codeOf(answer)).toEqual([403, 'scope-missing']);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="provisioning:sync"');
  });

  it('is none at another organisation', async () => {
    const { token } = await make();

    const answer = await call(token, '/api/settings', 'GET', undefined, world.otherHome);

    expect(codeOf(answer)).toEqual([401, 'bad-token']);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('is not taken by routes that declare no scope, such as those that make tokens', async () => {
    const { token } = await make();

    expect(codeOf(await call(token, '/api/tokens'))).toEqual([401, 'no-tokens-here']);
    expect(codeOf(await call(token, '/api/sessions'))).toEqual([401, 'no-tokens-here']);
    expect((await call(token, '/settings')).status).toBe(401);
  });

  it('is refused together with the cookies of a session', async () => {
    const { token } = await make();
    const authorization = `Bearer ${token}`;

    expect(codeOf(await owner.get(`${world.home}/api/settings`, { authorization }))).toEqual([400, 'two-callers']);
    expect((await owner.get(`${world.home}/api/settings`)).status).toBe(200);
  });

  it('is refused when it has run out', async () => {
    const { token } = await make(undefined, { days: 1 });
    expect((await call(token)).status).toBe(200);

    const passed = new Date(Date.now() - 1);
    await world.gateway.models.apiTokens.updateMany({}, { $set: { expiresAt: passed } });

    expect(codeOf(await call(token))).toEqual([401, 'bad-token']);
  });

  it.each([
    ['deactivated', { active: false }],
    ['deactivated and active again', { sessionVersion: 9 }],
  ])('ends when its maker is %s', async (_what, change) => {
    const { token } = await make();
    const { learners } = world.gateway.models;
    expect((await call(token)).status).toBe(200);

    await learners.updateOne({ _id: ownerId }, { $set: change });
    const answer = await call(token);
    await learners.updateOne({ _id: ownerId }, { $set: { active: true, sessionVersion: 1 } });

    expect(codeOf(answer)).toEqual([401, 'bad-token']);
  });

  it('is refused while its maker is neither Owner nor Admin', async () => {
    const { token } = await make();
    const roles = world.gateway.connection.collection('roles');

    const role = await roles.findOneAndDelete({ learnerId: ownerId });
    const answer = await call(token);
    await roles.insertOne(role ?? {});

    expect(codeOf(answer)).toEqual([401, 'bad-token']);
    expect((await call(token)).status).toBe(200);
  });

  it.each([
    ['empty', ''],
    ['a prefix', 'learnamp_'],
    ['of a wrong checksum', 'learnamp_abcdefghijklmnopqrstuvwxyz012345000000'],
    ['very long', 'x'.repeat(4000)],
  ])('that is %s is refused', async (_what, token) => {
    expect((await call(token)).status).toBe(401);
  });

  it('is kept as a hash, and shown to nobody again', async () => {
    const { token } = await make();

    const kept = JSON.stringify(await world.gateway.models.apiTokens.find().lean());
    const shown = (await owner.get(`${world.home}/api/tokens`)).body + (await owner.get(`${world.home}/tokens`)).body;
    const said =
      JSON.stringify(await world.gateway.models.auditEntries.find().lean()) + JSON.stringify(world.gateway.log);

    expect([kept, shown, said].filter((text) => text.includes(token.slice(9, 30)))).toEqual([]);
    expect(shown).toContain('Reporting');
  });

  it('is listed with its last use, within a minute', async () => {
    const { token } = await make();
    expect((await listed())[0]?.lastUsedAt).toBeNull();

    await call(token);
    const first = (await listed())[0]?.lastUsedAt;
    await call(token);
    expect([typeof first, (await listed())[0]?.lastUsedAt]).toEqual(['string', first]);

    world.gateway.wait(61);
    await call(token);
    expect(new Date((await listed())[0]?.lastUsedAt ?? 0).getTime()).toBeGreaterThan(new Date(first ?? 0).getTime());
  });
});

describe('revoking', () => {
  it('ends a token at once, and is in the audit log, as its making is', async () => {
    const { token, about } = await make();
    expect((await call(token)).status).toBe(200);

    const answer = await owner.send('DELETE', `${world.home}/api/tokens/${about.id}`, {});

    expect([answer.status, await listed()]).toEqual([204, []]);
    expect(codeOf(await call(token))).toEqual([401, 'bad-token']);
    const entries = await world.gateway.models.auditEntries.find().sort({ sequence: -1 }).limit(2).lean();
    const terms = { scopes: ['settings:read'], until: about.expiresAt };
    expect(entries.map(({ action, changes }) => [action, changes[0]])).toEqual([
      ['API token revoked', { path: 'API token Reporting', old: terms, new: null }],
      ['API token made', { path: 'API token Reporting', old: null, new: terms }],
    ]);
  });

  it('is refused to learners, from another site, and for what is not there', async () => {
    const { token, about } = await make();
    const learner = createBrowser();
    await world.signIn(learner, grace);
    const revoke = (browser: Browser, id: string, headers = {}) =>
      browser.send('DELETE', `${world.home}/api/tokens/${id}`, {}, headers);

    expect(codeOf(await revoke(learner, about.id))).toEqual([403, 'not-an-administrator']);
    expect(codeOf(await revoke(owner, about.id, { 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'cross-site']);
    expect(codeOf(await revoke(owner, 'nobodys'))).toEqual([404, 'not-found']);

    expect((await call(token)).status).toBe(200);
  });
});

describe('making', () => {
  it.each([
    ['without a scope', { scopes: [] }],
    ['of an unknown scope', { scopes: ['everything'] }],
    ['without a name', { name: ' ' }],
    ['for ten years', { days: 3650 }],
  ])('a token %s is refused', async (_what, more) => {
    const body = { name: 'Reporting', scopes: ['settings:read'], ...more };

    expect((await owner.postJson(`${world.home}/api/tokens`, body)).status).toBe(400);
    expect(await listed()).toEqual([]);
  });
});
