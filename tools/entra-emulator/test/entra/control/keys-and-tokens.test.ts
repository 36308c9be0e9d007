import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anApplication, TENANT_ID } from '../a-directory.ts';
import { askForToken } from '../ask-for-token.ts';
import { openDoors } from '../doors.ts';

const doors = openDoors();
const application = anApplication();
beforeEach(() => void (doors.directory.registered = [application]));
afterEach(() => doors.moveClock(0));

const accessToken = async () => String((await askForToken(doors)).body['access_token']);
const heardByGraph = (token: string) =>
  doors.entra.verifyAccessToken(token).then(
    () => true,
    () => false,
  );
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
async function published(): Promise<unknown[]> {
  const answer = await doors.send(`${doors.https}/${TENANT_ID}/discovery/v2.0/keys`);
  return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
}

describe('rotateKeys', () => {
  it('signs with a key that was published before, and goes on publishing the old one until it is retired', async () => {
    const before = await published();
    const old = await accessToken();

    await doors.entra.rotateKeys();
    const fresh = await accessToken();

    expect(kidOf(fresh)).not.toBe(kidOf(old));
    expect(before).toContain(kidOf(fresh));
    expect(await published()).toContain(kidOf(old));
    expect(await heardByGraph(old)).toBe(true);
    doors.entra.retireKeys();
    expect(await published()).not.toContain(kidOf(old));
    expect(await heardByGraph(old)).toBe(false);
    expect(await heardByGraph(fresh)).toBe(true);
  });

  it('signs at once with a key that nobody has seen, and drops the old one, when it is immediate', async () => {
    const before = await published();
    const old = await accessToken();

    await doors.entra.rotateKeys('immediate');
    const fresh = await accessToken();

    expect(before).not.toContain(kidOf(fresh));
    expect(await published()).toContain(kidOf(fresh));
    expect(await published()).not.toContain(kidOf(old));
    expect(await heardByGraph(old)).toBe(false);
  });
});

describe('expireTokens', () => {
  it('ends the tokens issued so far, verified before or not, and none that follow', async () => {
    const [used, unused] = [await accessToken(), await accessToken()];
    expect(await heardByGraph(used)).toBe(true);

    doors.entra.expireTokens();

    await expect(doors.entra.verifyAccessToken(used)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    expect(await heardByGraph(unused)).toBe(false);
    expect(await heardByGraph(await accessToken())).toBe(true);
  });
});

describe('revokeConsent', () => {
  it('leaves tokens issued afterwards without roles', async () => {
    const before = await accessToken();

    doors.entra.revokeConsent(TENANT_ID, application.appId);

    expect(decodeJwt(before)).toHaveProperty('roles');
    expect(decodeJwt(await accessToken())).not.toHaveProperty('roles');
  });
});
