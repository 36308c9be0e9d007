import { createHmac, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, SignJWT } from 'jose';
import { KID, type Recipe, sendJson } from '@learnamp/testkit';
import { ada, aWorld, CLIENT_ID, createBrowser, OTHER_TENANT_ID, TENANT_ID, type World } from '../fixtures/world.ts';

let world: World;

beforeAll(async () => {
  world = await aWorld();
}, 120_000);

afterAll(() => world.stop());

afterEach(() => {
  world.op.recipe = {};
});

type Claims = Record<string, unknown>;
const claims = (change: (claims: Claims) => Claims): Recipe => ({ claims: change });
const without = (name: string) =>
  claims((all) => Object.fromEntries(Object.entries(all).filter(([claim]) => claim !== name)));
const seconds = () => Math.floor(Date.now() / 1000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const strangersKey = generateKeyPairSync('rsa', { modulusLength: 2048 });

const spoilt: Readonly<Record<string, () => Recipe>> = {
  'an issuer with one letter more': () => claims((all) => ({ ...all, iss: `${String(all['iss'])}1` })),
  "another tenant's issuer": () => claims((all) => ({ ...all, iss: world.op.issuerOf(OTHER_TENANT_ID) })),
  'the issuer as a template': () => claims((all) => ({ ...all, iss: `${world.op.url}/{tenantid}/v2.0` })),
  'the issuer of version 1 tokens': () => claims((all) => ({ ...all, iss: `https://sts.windows.net/${TENANT_ID}/` })),
  'no issuer': () => without('iss'),
  "another organisation's tenant": () => claims((all) => ({ ...all, tid: OTHER_TENANT_ID })),
  'an unknown tenant': () => claims((all) => ({ ...all, tid: '00000000-1111-4222-8333-444444444444' })),
  'a tenant that is no GUID': () => claims((all) => ({ ...all, tid: 'acme.example' })),
  'the tenant of personal accounts': () => claims((all) => ({ ...all, tid: '9188040d-6c67-4c5b-b112-36a304b66dad' })),
  'no tenant': () => without('tid'),
  'an audience with one letter more': () => claims((all) => ({ ...all, aud: `${CLIENT_ID}1` })),
  'a second audience': () => claims((all) => ({ ...all, aud: [CLIENT_ID, 'another'], azp: CLIENT_ID })),
  'no audience': () => without('aud'),
  'another nonce': () => claims((all) => ({ ...all, nonce: `${String(all['nonce'])}1` })),
  'no nonce': () => without('nonce'),
  'an expiry six minutes ago': () => claims((all) => ({ ...all, exp: seconds() - 360 })),
  'no expiry': () => without('exp'),
  'no time of issue': () => without('iat'),
  'no subject': () => without('sub'),
  'a beginning in ten minutes': () => claims((all) => ({ ...all, nbf: seconds() + 600 })),
  'no object id': () => without('oid'),
  'an object id that is no GUID': () => claims((all) => ({ ...all, oid: 'ada@acme.example' })),
  'an object id that is a query': () => claims((all) => ({ ...all, oid: { $ne: null } })),
  'no signature': () => ({ sign: (all) => `${encode({ alg: 'none' })}.${encode(all)}.` }),
  "a stranger's signature under our key id": () => ({
    sign: (all) => new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: KID }).sign(strangersKey.privateKey),
  }),
  'a signature by a key that the token brings along': () => ({
    sign: async (all) =>
      new SignJWT(all)
        .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(strangersKey.publicKey) })
        .sign(strangersKey.privateKey),
  }),
  'a signature of another algorithm by the right key': () => ({
    sign: (all) => new SignJWT(all).setProtectedHeader({ alg: 'PS256', kid: KID }).sign(world.op.signingKey),
  }),
  'a MAC made with the client secret': () => ({
    sign: (all) =>
      new SignJWT(all)
        .setProtectedHeader({ alg: 'HS256', kid: KID })
        .sign(createSecretKey(createHmac('sha256', 'a-secret').digest())),
  }),
  'an unknown critical header': () => ({
    sign: (all) =>
      new SignJWT(all)
        .setProtectedHeader({ alg: 'RS256', kid: KID, crit: ['exp2'], exp2: 1 })
        .sign(world.op.signingKey, { crit: { exp2: true } }),
  }),
};

const notSigned = (browser: ReturnType<typeof createBrowser>) =>
  expect(browser.cookies(new URL(world.home).host).has('__Host-session')).toBe(false);

describe('an ID token', () => {
  it('that is right signs the person in', async () => {
    const browser = createBrowser();

    const answer = await world.signIn(browser);

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/`]);
    expect((await browser.get(`${world.home}/`)).body).toContain('Hello, Ada Lovelace');
  });

  it('may have its audience as a list of one', async () => {
    world.op.recipe = claims((all) => ({ ...all, aud: [all['aud']] }));

    expect((await world.signIn(createBrowser())).location).toBe(`${world.home}/`);
  });

  it.each(Object.keys(spoilt))('with %s is refused', async (name) => {
    const browser = createBrowser();
    world.op.recipe = spoilt[name]?.() ?? {};

    const answer = await world.signIn(browser);

    expect(answer.status).toBe(403);
    expect(answer.body).toContain('was not a valid sign-in for Acme');
    notSigned(browser);
  });

  it('with the right address but another object id is not the learner', async () => {
    const browser = createBrowser();

    const answer = await world.signIn(browser, { ...ada, oid: 'f0000000-0000-4000-8000-00000000000f' });

    expect(answer.body).toContain('you are not among the people that Acme has given access');
    notSigned(browser);
  });

  it('is refused when there is none', async () => {
    world.op.recipe = {
      token: (response) => sendJson(response, 200, { token_type: 'Bearer', access_token: 'opaque' }),
    };
    const browser = createBrowser();

    expect((await world.signIn(browser)).body).toContain('was not a valid sign-in for Acme');
    notSigned(browser);
  });
});
