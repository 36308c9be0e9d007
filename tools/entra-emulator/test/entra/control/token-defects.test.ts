import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from '../a-browser.ts';
import { anApplication, TENANT_ID } from '../a-directory.ts';
import { askForToken } from '../ask-for-token.ts';
import { openDoors } from '../doors.ts';
import { redeem } from '../redeem.ts';
import { answerIn, signInUrl } from '../sign-in-url.ts';

const doors = openDoors();
const application = anApplication();
const other = anApplication({ appId: 'cccccccc-0000-4000-8000-000000000002', displayName: 'Other' });
beforeEach(() => void (doors.directory.registered = [application, other]));
afterEach(() => {
  doors.entra.clearFaults();
  doors.moveClock(0);
});

async function idToken(): Promise<string> {
  const browser = aBrowser(doors);
  const end = await browser.choose(await browser.open(signInUrl(doors)), 'Ada Lovelace');
  return String((await redeem(doors, answerIn(end.url)['code'] ?? ''))['id_token']);
}

/** As an application checks a token: signature by the published keys, issuer, audience, times. */
async function check(token: string): Promise<string> {
  const keys = await doors.send(`${doors.https}/${TENANT_ID}/discovery/v2.0/keys`);
  const issuer = `${doors.https}/${TENANT_ID}/v2.0`;
  return jwtVerify(token, createLocalJWKSet((await keys.json()) as JSONWebKeySet), {
    issuer,
    audience: application.appId,
    requiredClaims: ['oid'],
  }).then(
    ({ payload }) => (payload['nonce'] === 'the nonce' ? 'good' : 'another nonce'),
    (error: unknown) => {
      const { code, claim } = error as { code: string; claim?: string };
      return claim ?? code;
    },
  );
}

const accessToken = async (changes = {}) => String((await askForToken(doors, changes)).body['access_token']);
const heardByGraph = (token: string) =>
  doors.entra.verifyAccessToken(token).then(
    () => true,
    () => false,
  );

describe('spoilTokens', () => {
  it.each([
    ['bad-signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['unknown-kid', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['alg-none', 'ERR_JOSE_NOT_SUPPORTED'],
    ['wrong-issuer', 'iss'],
    ['wrong-audience', 'aud'],
    ['wrong-nonce', 'another nonce'],
    ['expired', 'exp'],
    ['not-yet-valid', 'nbf'],
    ['missing:oid', 'oid'],
  ] as const)('makes an id_token that is %s, and the next one good again', async (defect, found) => {
    doors.entra.spoilTokens({ defect, token: 'id_token', times: 1 });

    expect(await check(await idToken())).toBe(found);
    expect(await check(await idToken())).toBe('good');
  });

  it('leaves the rest of a spoilt token as it was', async () => {
    doors.entra.spoilTokens({ defect: 'alg-none', token: 'id_token' });

    const token = await idToken();

    expect(decodeProtectedHeader(token)).toEqual({ typ: 'JWT', alg: 'none' });
    expect(decodeJwt(token)).toMatchObject({ nonce: 'the nonce', tid: TENANT_ID });
  });

  it('spoils access tokens apart from id_tokens, and only those of the application named', async () => {
    doors.entra.spoilTokens({ defect: 'wrong-audience', token: 'access_token', appId: other.appId });

    expect(await check(await idToken())).toBe('good');
    expect(await heardByGraph(await accessToken())).toBe(true);
    expect(await heardByGraph(await accessToken({ client_id: other.appId }))).toBe(false);
  });

  it('ends at the moment that was named', async () => {
    doors.entra.spoilTokens({ defect: 'expired', token: 'access_token', until: new Date(Date.now() + 60_000) });

    expect(await heardByGraph(await accessToken())).toBe(false);
    doors.moveClock(61_000);
    expect(await heardByGraph(await accessToken())).toBe(true);
  });
});
