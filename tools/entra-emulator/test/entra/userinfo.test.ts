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
    const plain = await tokensFor(doors, { authorize: { scope: 'User.Read' } });
    const app = await askForToken(doors);
    const tokens = [plain, app.body].map(({ access_token }) => `Bearer ${access_token as string}`);

    for (const authorization of [undefined, 'Bearer nonsense', ...tokens]) {
      const answer = await userinfo(authorization);
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
