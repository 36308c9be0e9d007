import type { DirectoryFile } from '../../src/index.ts';
import { aBrowser } from '../entra/a-browser.ts';
import { answerIn } from '../entra/sign-in-url.ts';
import type { Running } from './running-emulator.ts';

const CALLBACK = 'http://localhost:3000/auth/callback';

/** An application to which people may grant these delegated permissions, and an administrator has. */
export function withScopes(file: DirectoryFile, ...scopes: string[]): DirectoryFile {
  const application = {
    appId: '00000000-0000-4000-8000-0000000000a1',
    displayName: 'Test',
    passwordCredentials: [{ secretText: 'secret' }],
    web: { redirectUris: [CALLBACK] },
    appRoles: [],
    requiredScopes: ['openid', 'profile', ...scopes],
  };
  return { ...file, applications: [application] };
}

/** The access token of somebody who has signed in, by the whole code flow. */
export async function tokenOf({ emulator }: Running, displayName: string, ...scopes: string[]): Promise<string> {
  const { httpUrl, tenantId, applications } = emulator;
  const send = (url: string | URL, options: RequestInit = {}) => fetch(url, { ...options, redirect: 'manual' });
  const browser = aBrowser({ http: httpUrl, https: httpUrl, send } as Parameters<typeof aBrowser>[0]);
  const client = { client_id: applications[0]?.appId ?? '', redirect_uri: CALLBACK };
  const query = new URLSearchParams({
    ...client,
    response_type: 'code',
    scope: ['openid', 'profile', ...scopes].join(' '),
    state: 'state',
    nonce: 'nonce',
  });
  const page = await browser.open(`${httpUrl}/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`);
  const { code = '' } = answerIn((await browser.choose(page, displayName)).url);
  const answer = await send(`${httpUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...client, grant_type: 'authorization_code', client_secret: 'secret', code }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
