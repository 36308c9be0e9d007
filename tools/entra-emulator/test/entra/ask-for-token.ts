import { anApplication, TENANT_ID } from './a-directory.ts';
import type { Doors } from './doors.ts';

const { appId, passwordCredentials } = anApplication();
export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';

export interface TokenAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A client credentials request of the usual application; `undefined` leaves a parameter out. */
export async function askForToken(
  doors: Doors,
  changes: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
  tenant = TENANT_ID,
): Promise<TokenAnswer> {
  const body = new URLSearchParams();
  const parameters = {
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: passwordCredentials[0]?.secretText,
    scope: GRAPH_SCOPE,
    ...changes,
  };
  for (const [name, value] of Object.entries<string | undefined>(parameters)) {
    if (value !== undefined) body.set(name, value);
  }
  const response = await doors.send(`${doors.https}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body, headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
