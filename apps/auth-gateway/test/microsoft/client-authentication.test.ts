import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { clientCertificate } from '@learnamp/service';
import { aCertificate } from '@learnamp/testkit';
import { aWorld, CLIENT_ID, createBrowser, TENANT_ID, type World } from '../fixtures/world.ts';

const aSecret = { kind: 'secret', secret: 'a-secret', expiresAt: null } as const;
let world: World | undefined;

afterEach(() => world?.stop());

describe('the credential of the application', () => {
  it('may be a secret', async () => {
    world = await aWorld({ clientCredentials: [{ ...aSecret, secret: 'a secret & more' }] });

    await world.signIn(createBrowser());

    expect(world.op.tokenRequests[0]?.get('client_secret')).toBe('a secret & more');
  }, 120_000);

  it('may be a certificate, whose key signs an assertion as Entra wants it', async () => {
    const { pem, certificate, publicKey } = aCertificate();
    world = await aWorld({ clientCredentials: [clientCertificate(pem)] });

    await world.signIn(createBrowser());

    const [request] = world.op.tokenRequests;
    const assertion = request?.get('client_assertion') ?? '';
    expect(request?.has('client_secret')).toBe(false);
    expect(decodeProtectedHeader(assertion)).toMatchObject({
      alg: 'PS256',
      'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
    });
    const expected = { issuer: CLIENT_ID, subject: CLIENT_ID, audience: `${world.op.url}/${TENANT_ID}/token` };
    await jwtVerify(assertion, publicKey, { ...expected, requiredClaims: ['jti', 'exp'] });
  }, 120_000);

  it('is the next one where Microsoft does not take the first, and nobody who signs in notices', async () => {
    const [old, next] = ['an-old-secret', 'a-new-secret'].map((secret) => ({ ...aSecret, secret }));
    world = await aWorld({ clientCredentials: [old ?? aSecret, next ?? aSecret] });
    world.op.secret = 'a-new-secret';

    const browsers = [createBrowser(), createBrowser()];
    for (const browser of browsers) await world.signIn(browser);

    const home = world.home;
    const answers = await Promise.all(browsers.map((browser) => browser.get(`${home}/api/sessions`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    // Once refused it is left alone: the second sign-in asks once.
    expect(world.op.tokenRequests.map((request) => request.get('client_secret'))).toEqual([
      ...['an-old-secret', 'a-new-secret', 'a-new-secret'],
    ]);
  }, 120_000);

  it('lets nobody in where Microsoft takes none of them, and says what an administrator can do', async () => {
    world = await aWorld({ clientCredentials: [aSecret, { ...aSecret, secret: 'another' }] });
    world.op.secret = 'a-third';
    const browser = createBrowser();

    const answer = await world.signIn(browser);

    expect(world.op.tokenRequests).toHaveLength(2);
    expect(answer.body).toContain('Reference');
    expect((await browser.get(`${world.home}/api/sessions`)).status).toBe(401);
  }, 120_000);
});
