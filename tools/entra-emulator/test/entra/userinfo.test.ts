import { beforeEach, describe, expect, it } from '@jest/globals';
import { ada, anApplication } from './a-directory.ts';
import { askForToken } from './ask-for-token.ts';
import { openDoors } from './doors.ts';
import { tokensFor } from './sign-in.ts';

const doors = openDoors();
beforeEach(() => void (doors.directory.registered = [anApplication()]));

const userinfo = (authorization?: string) =>
  doors.send(`${doors.https}/oidc/userinfo`, { headers: authorization === undefined ? {} : { authorization } });
const read = async (token: unknown) =>
  (await (await userinfo(`Bearer ${String(token)}`)).json()) as Record<string, unknown>;

describe('GET /oidc/userinfo', () => {
  it('refuses in Graph’s words what is not the token of a person who signed in with openid', async () => {
    const [{ access_token: plain }, { body: app }] = [
      await tokensFor(doors, { authorize: { scope: 'User.Read' } }),
      await askForToken(doors),
    ];

    for (const authorization of [undefined, 'Bearer nonsense', plain, app['access_token']]) {
      const answer = await userinfo(authorization === undefined ? undefined : `Bearer ${String(authorization)}`);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
    }
  });

  it('gives names by the scope profile and the email by its own', async () => {
    const plain = await read((await tokensFor(doors, { authorize: { scope: 'openid' } }))['access_token']);
    const full = await read((await tokensFor(doors))['access_token']);

    expect(Object.keys(plain)).toEqual(['sub']);
    expect(full).toMatchObject({ name: 'Ada Lovelace', family_name: 'Lovelace', email: ada.mail, sub: plain['sub'] });
  });
});
