import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aCertificate } from './a-certificate.ts';
import { anApplication, TENANT_ID } from './a-directory.ts';
import { askForToken } from './ask-for-token.ts';
import { openDoors } from './doors.ts';

const doors = openDoors();
const application = anApplication();
const ask = askForToken.bind(undefined, doors);

describe('a client assertion', () => {
  const certificate = aCertificate();
  beforeEach(() => void (doors.directory.registered = [anApplication({ keyCredentials: [certificate] })]));

  async function assertion(claims: Record<string, unknown> = {}, header: Record<string, string> = {}) {
    const now = Math.floor(Date.now() / 1000);
    const id = application.appId;
    const defaults = {
      aud: `${doors.https}/${TENANT_ID}/oauth2/v2.0/token`,
      iss: id,
      sub: id,
      jti: 'one',
      nbf: now,
      exp: now + 600,
    };
    return new SignJWT({ ...defaults, ...claims })
      .setProtectedHeader({ alg: 'PS256', 'x5t#S256': certificate.thumbprint('sha256'), ...header })
      .sign(certificate.privateKey);
  }
  const askBy = async (client_assertion: string) =>
    (
      await ask({
        client_secret: undefined,
        client_assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      })
    ).body;

  it('is accepted by PS256, and in the older form by RS256 and x5t', async () => {
    expect(await askBy(await assertion())).toHaveProperty('access_token');
    expect(
      await askBy(await assertion({}, { alg: 'RS256', 'x5t#S256': '', x5t: certificate.thumbprint('sha1') })),
    ).toHaveProperty('access_token');
  });

  it.each([
    ['for another audience', { aud: 'https://login.example/token' }, 700023],
    ['that is over', { nbf: 0, exp: 100 }, 700024],
    ['of another application', { iss: 'someone', sub: 'someone' }, 700027],
    ['that never ends', { exp: undefined }, 700027],
    ['without an id', { jti: undefined }, 700027],
  ])('is refused %s', async (_name, claims, number) => {
    expect(await askBy(await assertion(claims))).toMatchObject({ error: 'invalid_client', error_codes: [number] });
  });

  it('is refused when it is no JWT', async () => {
    expect(await askBy('nonsense')).toMatchObject({ error: 'invalid_client', error_codes: [50027] });
  });
});
