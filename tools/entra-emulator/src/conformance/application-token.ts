import type { Emulator } from '../emulator.ts';

/** A token for Graph by the secret of an application of the first tenant, or of its first one; undefined when refused. */
export async function applicationToken(
  { httpUrl, tenantId, applications }: Pick<Emulator, 'httpUrl' | 'tenantId' | 'applications'>,
  appId?: string,
): Promise<string | undefined> {
  const application = applications.find((candidate) => candidate.appId === appId) ?? applications[0];
  const response = await fetch(`${httpUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: application?.appId ?? '',
      client_secret: application?.passwordCredentials[0]?.secretText ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  return ((await response.json()) as { access_token?: string }).access_token;
}
