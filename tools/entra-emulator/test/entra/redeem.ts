import { anApplication, CALLBACK, TENANT_ID } from './a-directory.ts';
import type { Doors } from './doors.ts';
import { VERIFIER } from './sign-in-url.ts';

/** Redeems a code of the usual application; the body of the answer. */
export async function redeem(
  doors: Doors,
  code: string,
  changes: Record<string, string> = {},
  tenant = TENANT_ID,
): Promise<Record<string, unknown>> {
  const { appId, passwordCredentials } = anApplication();
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: appId,
    client_secret: passwordCredentials[0]?.secretText ?? '',
    redirect_uri: CALLBACK,
    code,
    code_verifier: VERIFIER,
    ...changes,
  });
  const response = await doors.send(`${doors.https}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  return (await response.json()) as Record<string, unknown>;
}
