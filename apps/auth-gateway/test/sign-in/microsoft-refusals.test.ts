import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { JWK } from 'jose';
import { sendJson } from '@learnamp/testkit';
import { ada, aWorld, createBrowser, OTHER_TENANT_ID, type World } from '../fixtures/world.ts';

let world: World;

beforeAll(async () => {
  world = await aWorld();
}, 120_000);

afterAll(() => world.stop());

afterEach(() => {
  world.op.recipe = {};
  // What is known of the authority is an hour old at most, so each test asks anew.
  world.gateway.wait(3_601);
});

/** The page that follows when Microsoft answers the authorize step with an error. */
async function errorAnswer(parameters: Readonly<Record<string, string>>) {
  const browser = createBrowser();
  const state = new URL(await world.begin(browser)).searchParams.get('state') ?? '';
  return world.goBack(
    browser,
    `${world.central}/auth/callback?${new URLSearchParams({ state, ...parameters }).toString()}`,
  );
}

describe("Microsoft's refusal", () => {
  it.each([
    [50105, 'has not assigned you to the Learn Amp application'],
    [65001, 'has not approved Learn Amp yet'],
    [65004, 'choose Accept'],
    [50020, 'does not belong to Acme'],
    [53003, 'The security rules of Acme'],
    [700016, 'is not set up in Acme'],
    [50057, 'your account is disabled'],
    [50076, 'another proof that it is you'],
    [50011, 'address is not registered at Microsoft'],
  ])('AADSTS%i is explained in a sentence', async (number, sentence) => {
    const answer = await errorAnswer({ error: 'access_denied', error_description: `AADSTS${number}: Some words.` });

    expect(answer.body.replaceAll('&#39;', "'")).toContain(sentence);
    expect(world.gateway.log.at(-2)).toMatchObject({ msg: 'sign-in refused', reason: `AADSTS${number}` });
  });

  it.each([
    [7000215, 'could not prove itself to Microsoft'],
    [7000222, 'has expired'],
  ])('AADSTS%i of the token endpoint is explained in a sentence', async (number, sentence) => {
    const error_description = `AADSTS${number}: Some words.`;
    world.op.recipe = { token: (response) => sendJson(response, 401, { error: 'invalid_client', error_description }) };

    const answer = await world.signIn(createBrowser());

    expect([answer.status, answer.body]).toEqual([502, expect.stringContaining(sentence)]);
  });

  it('that is not known is explained in general, by the word of OAuth', async () => {
    expect((await errorAnswer({ error: 'access_denied' })).body).toContain('was cancelled');
    expect((await errorAnswer({ error: 'invalid_request' })).body).toContain('Microsoft did not sign you in');
  });

  it('is never repeated in its own words', async () => {
    const description = '<script>alert(1)</script> AADSTS99999 call 0800-SCAM';

    const { body } = await errorAnswer({
      error: 'invalid_request',
      error_description: description,
      error_uri: 'https://evil.example',
    });

    expect(body).toContain('You are not signed in');
    for (const word of ['alert(1)', 'SCAM', 'evil.example']) expect(body).not.toContain(word);
    for (const word of ['alert(1)', 'SCAM']) expect(JSON.stringify(world.gateway.log)).not.toContain(word);
  });
});

describe('an authority that is not right', () => {
  const begin = async () => createBrowser().post(`${world.home}/sign-in/microsoft`);

  it('is refused when it names another issuer', async () => {
    world.op.recipe = { metadata: (all) => ({ ...all, issuer: `${String(all['issuer'])}INVALID` }) };

    expect((await begin()).body).toContain('Microsoft did not answer');
  });

  it('is asked again once it is right', async () => {
    world.op.recipe = { metadata: () => ({}) };
    expect((await begin()).status).toBe(503);

    world.op.recipe = {};
    expect((await begin()).status).toBe(303);
  });

  it('is refused when its key may sign for another tenant only', async () => {
    const issuer = world.op.issuerOf(OTHER_TENANT_ID);
    world.op.recipe = { keys: (keys) => keys.map((key) => ({ ...key, issuer }) as JWK) };

    expect((await world.signIn(createBrowser())).body).toContain('was not a valid sign-in for Acme');
  });

  it('is believed when its keys name no issuer', async () => {
    world.op.recipe = { keys: (keys) => keys.map((key) => ({ ...key, issuer: undefined }) as JWK) };

    expect((await world.signIn(createBrowser())).location).toBe(`${world.home}/`);
  });

  it('is refused when its token endpoint answers with a page', async () => {
    world.op.recipe = {
      token: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>'),
    };

    expect((await world.signIn(createBrowser())).status).toBe(503);
  });

  it('is refused when it answers in the name of another issuer (RFC 9207)', async () => {
    const browser = createBrowser();
    const callback = world.op.authorize(await world.begin(browser), ada);
    const requests = world.op.tokenRequests.length;

    const answer = await world.goBack(
      browser,
      `${callback}&iss=${encodeURIComponent(world.op.issuerOf(OTHER_TENANT_ID))}`,
    );

    expect(answer.body).toContain('was not a valid sign-in for Acme');
    expect(world.op.tokenRequests).toHaveLength(requests);
  });
});
