import { decodeJwt, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aCertificate } from './a-certificate.ts';
import { anApplication, TENANT_ID } from './a-directory.ts';
import { askForToken } from './ask-for-token.ts';
import { openDoors } from './doors.ts';

const doors = openDoors();
const application = anApplication();
const ask = askForToken.bind(undefined, doors);
afterEach(() => doors.moveClock(0));

describe('verifyAccessToken', () => {
  it('tells what the token allows', async () => {
    const { body } = await ask();

    expect(await doors.entra.verifyAccessToken(String(body['access_token']))).toEqual({
      tenantId: TENANT_ID,
      appId: application.appId,
      roles: ['User.Read.All'],
      scopes: [],
      expiresAt: (decodeJwt(String(body['access_token'])).exp ?? 0) * 1000,
    });
  });

  it('refuses a token after its life, by the injected clock', async () => {
    const { body } = await ask();
    const token = String(body['access_token']);

    doors.moveClock(3590_000);
    await expect(doors.entra.verifyAccessToken(token)).resolves.toMatchObject({ tenantId: TENANT_ID });
    doors.moveClock(3600_000);
    await expect(doors.entra.verifyAccessToken(token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  it('refuses a tampered token, one of another key and one that names no key of ours', async () => {
    const { body } = await ask();
    const [header = '', payload = '', signature = ''] = String(body['access_token']).split('.');
    const claims = { ...decodeJwt(`${header}.${payload}.${signature}`), roles: ['Directory.ReadWrite.All'] };
    const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'other' })
      .sign(aCertificate().privateKey);

    await expect(doors.entra.verifyAccessToken(forged)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
    await expect(doors.entra.verifyAccessToken(foreign)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    await expect(doors.entra.verifyAccessToken('nonsense')).rejects.toMatchObject({ code: 'ERR_JWS_INVALID' });
  });
});
