import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { clientAuthentication } from '../../src/microsoft/client-credential.ts';
import { aCertificate } from '../fixtures/a-certificate.ts';
import { aSigningKey } from '../fixtures/gateway.ts';
import { aWorld, CLIENT_ID, createBrowser, TENANT_ID, type World } from '../fixtures/world.ts';

let world: World | undefined;

afterEach(() => world?.stop());

describe('the credential of the application', () => {
  it('may be a secret', async () => {
    world = await aWorld({ clientCredential: { kind: 'secret', secret: 'a secret & more' } });

    await world.signIn(createBrowser());

    expect(world.op.tokenRequests[0]?.get('client_secret')).toBe('a secret & more');
  }, 120_000);

  it('may be a certificate, whose key signs an assertion as Entra wants it', async () => {
    const { pem, certificate, publicKey } = aCertificate();
    world = await aWorld({ clientCredential: { kind: 'certificate', pem } });

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

  it('is refused when the file is no certificate with its key, and nothing of it is shown', async () => {
    const [one, other] = [aCertificate(), aCertificate()];
    const files = ['rubbish', one.certificate.toString(), one.certificate.toString() + aSigningKey()];
    files.push(one.certificate.toString() + other.pem.slice(other.pem.indexOf('-----BEGIN PRIVATE')));

    for (const pem of files) {
      const refused = clientAuthentication({ kind: 'certificate', pem });
      await expect(refused).rejects.toThrow(
        /^the client certificate file needs a certificate and its RSA private key, in PEM$/,
      );
    }
  });
});
