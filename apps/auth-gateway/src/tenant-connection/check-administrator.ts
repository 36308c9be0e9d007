import type { Consent } from '@learnamp/organisations';
import type { IDToken } from 'openid-client';

/** What the claims of a tenant's administrator are held against, beyond signature, times and nonce. */
export interface ExpectedAdministrator {
  readonly tenantId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly consent: Consent;
}

// Templates of roles, the same in every tenant (Microsoft Entra built-in roles). The last two may not agree to
// application permissions of Microsoft Graph.
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const PRIVILEGED_ROLE_ADMINISTRATOR = 'e8611ab8-c189-46e8-94e1-60213ab1f814';
const CLOUD_APPLICATION_ADMINISTRATOR = '158c047a-c907-4556-b7ef-446551a6b5f7';
const APPLICATION_ADMINISTRATOR = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3';

const forProvisioning = [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR];
const roles: Readonly<Record<Consent, readonly string[]>> = {
  provisioning: forProvisioning,
  'sign-in': [...forProvisioning, CLOUD_APPLICATION_ADMINISTRATOR, APPLICATION_ADMINISTRATOR],
};

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// The tenant of personal Microsoft accounts: nobody's organisation.
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';

type Check = (claims: IDToken, expected: ExpectedAdministrator) => boolean;

const checks: Readonly<Record<'token-refused' | 'roles-missing' | 'not-an-administrator', readonly Check[]>> = {
  'token-refused': [
    ({ iss }, { issuer }) => iss === issuer,
    ({ tid }, { tenantId }) => typeof tid === 'string' && tid.toLowerCase() === tenantId && tid !== CONSUMERS,
    ({ aud }, { clientId }) => [aud].flat().every((audience) => audience === clientId),
    ({ oid }) => typeof oid === 'string' && GUID.test(oid),
  ],
  'roles-missing': [({ wids }) => Array.isArray(wids)],
  'not-an-administrator': [
    ({ wids }, { consent }) => (wids as readonly unknown[]).some((role) => roles[consent].includes(String(role))),
  ],
};

export type AdministratorRefusal = keyof typeof checks;

/** Why the claims don't prove that somebody administers the tenant; undefined when they do. */
export function administratorRefusal(
  claims: IDToken,
  expected: ExpectedAdministrator,
): AdministratorRefusal | undefined {
  const kinds = Object.keys(checks) as AdministratorRefusal[];
  return kinds.find((kind) => !checks[kind].every((passes) => passes(claims, expected)));
}
