import type { Emulator } from '@learnamp/entra-emulator';

type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Changes the directory as any client of Graph would. A Buffer is sent as an image. */
export type Change = (method: Method, path: string, body?: object) => Promise<void>;

export function graphDriver({ httpUrl, tenantId, applications }: Emulator): Change {
  return async (method, path, body) => {
    const token = await askForToken(`${httpUrl}/${tenantId}/oauth2/v2.0/token`, applications[0]);
    const image = Buffer.isBuffer(body);
    const answer = await fetch(`${httpUrl}/v1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': image ? 'image/png' : 'application/json' },
      ...(body ? { body: image ? new Uint8Array(body) : JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
}

async function askForToken(url: string, application: Emulator['applications'][number] | undefined): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: application?.appId ?? '',
      client_secret: application?.passwordCredentials[0]?.secretText ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The body that adds a reference to a directory object. */
export const reference = (id: string) => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});

/** The path of a membership, as Graph's calls name it. */
export const membership = (groupId: string, memberId: string) => `/groups/${groupId}/members/${memberId}/$ref`;
