import type { IDToken } from 'openid-client';
import { hashOf } from '../sessions/secret-token.ts';
import type { SignInCheck } from './checks.ts';

/** What an ID token's claims are held against, beyond what the library checks (signature, times, nonce). */
export interface ExpectedClaims {
  /** Hash of the issuer that the sign-in was begun with. */
  readonly begunWith: string;
  /** The issuer of the tenant that the organisation has now. */
  readonly issuer: string;
  readonly tenantId: string;
  readonly clientId: string;
}

type Check = (claims: IDToken, expected: ExpectedClaims) => boolean;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// The tenant of personal Microsoft accounts: nobody's organisation.
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';

const tenantIsStillTheSame: Check = (_claims, { begunWith, issuer }) => begunWith === hashOf(issuer);

const issuerIsTheTenants: Check = ({ iss }, { issuer }) => iss === issuer;

const tenantIsTheOrganisations: Check = ({ tid }, { tenantId }) =>
  typeof tid === 'string' && tid.toLowerCase() === tenantId.toLowerCase();

const tenantIsNotConsumers: Check = ({ tid }) => tid !== CONSUMERS;

// A token for several audiences could be replayed by the others (FAPI 2.0 security profile section 5.3.3.4).
const audienceIsUsAlone: Check = ({ aud }, { clientId }) => [aud].flat().every((audience) => audience === clientId);

const personIsNamed: Check = ({ oid }) => typeof oid === 'string' && GUID.test(oid);

const checks = {
  tenantIsStillTheSame,
  issuerIsTheTenants,
  tenantIsTheOrganisations,
  tenantIsNotConsumers,
  audienceIsUsAlone,
  personIsNamed,
} satisfies Partial<Record<SignInCheck, Check>>;

const names = Object.keys(checks) as (keyof typeof checks)[];

/** The name of the first check that fails; undefined when the claims are those of a person of the organisation's tenant. */
export function failingClaimsCheck(claims: IDToken, expected: ExpectedClaims): SignInCheck | undefined {
  return names.find((name) => !checks[name](claims, expected));
}
