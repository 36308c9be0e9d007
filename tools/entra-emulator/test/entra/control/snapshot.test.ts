import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from '../a-browser.ts';
import { ada, aDirectory, anApplication } from '../a-directory.ts';
import { openDoors } from '../doors.ts';
import { codeFor, refresh, tokensFor } from '../sign-in.ts';
import { answerIn, signInUrl } from '../sign-in-url.ts';

const doors = openDoors();
const scope = { scope: 'openid offline_access' };
beforeEach(() => {
  Object.assign(doors.directory, { users: aDirectory().users, registered: [anApplication()] });
  doors.directory.setPolicies({});
});

const silently = async (browser: ReturnType<typeof aBrowser>) =>
  answerIn((await browser.open(signInUrl(doors, { prompt: 'none' }))).url);

describe('a snapshot of the identity half', () => {
  it('brings back who was signed in, and no others', async () => {
    const [before, after] = [aBrowser(doors), aBrowser(doors)];
    await codeFor(doors, { browser: before });
    const restore = doors.entra.snapshot();
    await codeFor(doors, { browser: after });
    expect(await silently(after)).toHaveProperty('code');

    restore();

    expect(await silently(before)).toHaveProperty('code');
    expect(await silently(after)).toMatchObject({ error: 'login_required' });
  });

  it('brings back refresh tokens, and no others', async () => {
    const before = await tokensFor(doors, { authorize: scope });
    const restore = doors.entra.snapshot();
    const after = await tokensFor(doors, { authorize: scope });

    restore();

    expect(await refresh(doors, before['refresh_token'])).toHaveProperty('access_token');
    expect(await refresh(doors, after['refresh_token'])).toMatchObject({ error_codes: [70000] });
  });

  it('brings back what the administrators decided', async () => {
    const restore = doors.entra.snapshot();
    doors.entra.setSignInPolicies(doors.directory.tenant.id, { lockedUsers: [ada.id] });
    await expect(tokensFor(doors)).rejects.toThrow('no code');

    restore();

    expect(await tokensFor(doors)).toHaveProperty('id_token');
  });
});
