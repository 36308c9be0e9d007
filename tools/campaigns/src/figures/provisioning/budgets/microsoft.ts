import {
  defaultApplication,
  type DirectoryFile,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '@learnamp/entra-emulator';
import { testCaDirectory } from '@learnamp/testkit';
import type { MicrosoftAddress } from '../processes/service-environment.ts';

/** Changes the directory of one tenant as any client of Graph would. */
export type Write = (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<void>;

/** Several tenants side by side, and one application that is registered in the first and installed in the others. */
export interface Tenants {
  readonly emulator: Emulator;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What services are told of it. */
  readonly address: MicrosoftAddress;
  writer(tenantId: string): Write;
}

/** Starts the local Microsoft with these directories. */
export async function startTenants(
  [first, ...others]: readonly [DirectoryFile, ...DirectoryFile[]],
  options: Partial<EmulatorOptions> = {},
): Promise<Tenants> {
  const registered = defaultApplication(first.tenant);
  const application = { ...registered, signInAudience: 'AzureADMultipleOrgs' as const };
  const installed = {
    appId: application.appId,
    displayName: application.displayName,
    appRoles: application.appRoles,
  };
  const emulator = await startEmulator({
    ...options,
    directory: { ...first, applications: [application] },
    otherTenants: others.map((file) => ({ ...file, servicePrincipals: [installed] })),
    certificateDirectory: testCaDirectory(),
  });
  const clientId = application.appId;
  const clientSecret = application.passwordCredentials[0]?.secretText ?? '';
  const { authorityHost, graphBaseUrl } = emulator;
  return {
    ...{ emulator, clientId, clientSecret },
    address: { authorityHost, graphBaseUrl, clientId, clientSecret },
    writer: (tenantId) => tenantWriter(emulator, tenantId, clientId, clientSecret),
  };
}

/** Changes the directory of a tenant with the permissions that the application has there. */
export function tenantWriter(
  { httpUrl }: Pick<Emulator, 'httpUrl'>,
  tenantId: string,
  clientId: string,
  clientSecret: string,
): Write {
  // By the emulator's clock, which jumps, a kept token would soon be too old.
  const token = async () => {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const body = new URLSearchParams({ ...form, scope: 'https://graph.microsoft.com/.default' });
    const answer = await fetch(`${httpUrl}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${httpUrl}/v1.0${path}`, { method, headers, ...sent });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
}
